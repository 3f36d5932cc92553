// An answer in the form of OpenAI's transcriptions, as OpenAI, Telnyx, faster-whisper's and vLLM's servers give it: a text at
// least, stretches and words with their times at best.
import { z } from 'zod';
import { type HeardStretch, type HeardWord, stretchesOfWords } from './heard.ts';
import { tagOfLanguage } from './tag-of-language.ts';

const wordShape = z.object({
  word: z.string(),
  start: z.number(),
  end: z.number(),
  confidence: z.number().nullish(),
  probability: z.number().nullish(),
});
const segmentShape = z.object({
  start: z.number(),
  end: z.number(),
  text: z.string(),
  avg_logprob: z.number().nullish(),
  compression_ratio: z.number().nullish(),
  no_speech_prob: z.number().nullish(),
  words: z.array(wordShape).nullish(),
});
const answerShape = z.object({
  text: z.string(),
  language: z.string().nullish(),
  segments: z.array(segmentShape).nullish(),
  words: z.array(wordShape).nullish(),
});
type Segment = z.infer<typeof segmentShape>;

/** Whisper's own measures for a decoding that went wrong (its decode options' defaults). */
const LEAST_LOGPROB = -1;
const MOST_COMPRESSION = 2.4;
const MOST_NO_SPEECH = 0.6;

/** What such an answer tells; null when it has another form. */
export function readOpenAiAnswer(
  answer: unknown,
  lengthSeconds: number,
): { stretches: HeardStretch[]; language: string | null } | null {
  const parsed = answerShape.safeParse(answer);
  if (!parsed.success) return null;
  const { text, segments, words, language } = parsed.data;
  const heard = (words ?? []).map(readWord);
  return {
    language: tagOfLanguage(language ?? null),
    stretches: segments?.length
      ? segments.map((segment) => readSegment(segment, heard))
      : heard.length > 0
        ? stretchesOfWords(heard)
        : // a text without a single time: all that is known is that it was said somewhere in there
          [{ start: 0, end: lengthSeconds, text, words: [], isDoubtful: true }],
  };
}

function readSegment(segment: Segment, all: readonly HeardWord[]): HeardStretch {
  const { start, end, text } = segment;
  const middle = (word: HeardWord) => (word.start + word.end) / 2;
  return {
    ...{ start, end, text },
    words:
      segment.words?.map(readWord) ??
      all.filter((word) => middle(word) >= start && middle(word) < end),
    isDoubtful:
      (segment.avg_logprob ?? 0) < LEAST_LOGPROB ||
      (segment.compression_ratio ?? 0) > MOST_COMPRESSION ||
      (segment.no_speech_prob ?? 0) > MOST_NO_SPEECH,
  };
}

function readWord({ word, start, end, confidence, probability }: z.infer<typeof wordShape>) {
  return { text: word.trim(), start, end, confidence: confidence ?? probability ?? undefined };
}
