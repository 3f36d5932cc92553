// One recording through the product: the engine, redaction, what is muted, keywords, insights. The pieces are those that the
// jobs of transcripts and intelligence use; only the database is left out.

import { openJudge } from '#domains/intelligence/insights/judge/judge-findings.ts';
import { readTalk } from '#domains/intelligence/insights/read-talk.ts';
import { listExpected } from '#domains/intelligence/keywords/expected-words.ts';
import { matchKeywords } from '#domains/intelligence/keywords/matching/match-keywords.ts';
import { startOfWord } from '#domains/transcripts/read-transcripts.ts';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { stretchesToMute } from '#domains/transcripts/redaction/redact-audio.ts';
import { createExtractive } from '#platform/ai/index.ts';
import type { Transcription } from '#platform/speech/index.ts';
import type { Hear } from './heard-before.ts';
import type { CallTruth } from './truth.ts';

type StoredWords = Parameters<typeof startOfWord>[0];

/** The recorded leg is the caller's, on the left. */
export const CHANNELS = ['CALLER', 'AGENT'] as const;

/** A recording as the product has it in the end; `raw` is what recognition wrote. */
export interface Heard {
  raw: Transcription['segments'];
  segments: Transcription['segments'];
  muted: { startMs: number; endMs: number }[];
  audioSeconds: number;
  tookSeconds: number;
}

/** Transcribes and redacts a recording. */
export async function hear(
  ear: Hear,
  file: string,
  vocabulary: readonly string[] = [],
): Promise<Heard> {
  const { heard, tookSeconds } = await ear(file, vocabulary);
  const { segments, redactions } = redactTranscript(heard.segments);
  const muted = stretchesToMute(heard.segments, redactions, heard.wordTimes);
  return { raw: heard.segments, segments, muted, audioSeconds: heard.audioSeconds, tookSeconds };
}

/** The words that the product would tell the engine to expect, had the company of a call one set of its keywords. */
export function expectedIn({ business, turns }: CallTruth): string[] {
  const texts = new Set(turns.flatMap(({ keywords }) => keywords.map(({ keyword }) => keyword)));
  const keywords = [...texts].map((text) => keywordOf(text));
  return listExpected(business, [{ companyId: business, keywords }]);
}

const keywordOf = (text: string) => ({
  text,
  ...{ match: 'STEM' as const, speaker: 'ANY' as const, tag: null },
});

/** Where keywords were found: by whom each was said, and when, in ms. */
export function spot({ segments }: Heard, keywords: readonly string[]) {
  const find = matchKeywords(keywords.map(keywordOf));
  return segments.flatMap((segment) => {
    const speaker = CHANNELS[segment.channel] ?? 'AGENT';
    return find({ speaker, text: segment.text }).map(({ keyword, wordIndex }) => ({
      keyword: keyword.text,
      speaker,
      startMs: startOfWord(segment as unknown as StoredWords, wordIndex),
    }));
  });
}

/** What the engine without a key draws from a recording, each item with the words that are shown for it. */
export async function draw({ segments }: Heard, business: string) {
  const turns = segments.map(({ channel, startMs, text }, n) => ({
    ...{ n, startMs, text },
    speaker: CHANNELS[channel] ?? ('UNKNOWN' as const),
  }));
  const conversation = { turns, language: 'en', business, rubric: [] };
  const judge = openJudge({ segments: turns, business });
  const { drawn } = await readTalk(createExtractive(), { conversation, judge });
  return drawn.flatMap(({ kind, items }) =>
    items.map(({ n, from, length, signal }) => ({
      kind,
      signal,
      quote: turns[n]?.text.slice(from, from + length) ?? '',
    })),
  );
}
