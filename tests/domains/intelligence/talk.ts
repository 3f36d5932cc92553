// Talk as transcripts have it: "C: …" the caller, "A: …" the agent, "U: …" one channel for both, 400 ms a word.
import type { StoredKeyword } from '#domains/intelligence/keywords/keyword-set-shape.ts';
import { type SpokenSegment, scanTalk } from '#domains/intelligence/keywords/spotting/scan-talk.ts';

export const MS_PER_WORD = 400;
const SPEAKERS = { C: 'CALLER', A: 'AGENT', U: 'UNKNOWN' } as const;

/** @param pauseMs before each line but the first */
export function talkOf(lines: readonly string[], pauseMs = 0): SpokenSegment[] {
  let clockMs = 0;
  return lines.map((line, n) => {
    const speaker = SPEAKERS[line[0] as keyof typeof SPEAKERS];
    const text = line.slice(3);
    const startMs = clockMs + (n === 0 ? 0 : pauseMs);
    const words = text
      .split(/\s+/)
      .filter(Boolean)
      .map((word, i) => ({ text: word, startMs: startMs + i * MS_PER_WORD, endMs: 0 }));
    clockMs = startMs + words.length * MS_PER_WORD;
    return { n, speaker, startMs, endMs: clockMs, text, words };
  });
}

export const expression = (
  text: string,
  speaker: StoredKeyword['speaker'] = 'ANY',
): StoredKeyword => ({ text, match: 'EXPRESSION', speaker, tag: null });

/** The hits of one keyword as "segment:word+count". */
export async function placesOf(keyword: StoredKeyword, talk: readonly SpokenSegment[]) {
  const [scan] = await scanTalk([{ id: 'set', keywords: [keyword] }], talk);
  return (scan?.hits ?? []).map(({ n, wordIndex, wordCount }) => `${n}:${wordIndex}+${wordCount}`);
}
