// An answer of Deepgram's /listen for a recording: utterances where there are any, else each channel's words.
import { z } from 'zod';
import { type HeardStretch, type HeardWord, stretchesOfWords } from './heard.ts';
import { tagOfLanguage } from './tag-of-language.ts';

const wordShape = z.object({
  word: z.string(),
  punctuated_word: z.string().nullish(),
  start: z.number(),
  end: z.number(),
  confidence: z.number().nullish(),
});
const answerShape = z.object({
  results: z.object({
    channels: z
      .array(
        z.object({
          detected_language: z.string().nullish(),
          alternatives: z.array(
            z.object({ transcript: z.string(), words: z.array(wordShape).nullish() }),
          ),
        }),
      )
      .min(1),
    utterances: z
      .array(
        z.object({
          start: z.number(),
          end: z.number(),
          channel: z.number().int().min(0),
          transcript: z.string(),
          confidence: z.number().nullish(),
          words: z.array(wordShape).nullish(),
        }),
      )
      .nullish(),
  }),
});

/** What such an answer tells, by channel; null when it has another form. `language` is that of whoever said most. */
export function readDeepgramAnswer(
  answer: unknown,
  { channels: count, lengthSeconds }: { channels: number; lengthSeconds: number },
): { channels: HeardStretch[][]; language: string | null } | null {
  const parsed = answerShape.safeParse(answer);
  if (!parsed.success) return null;
  const { channels, utterances } = parsed.data.results;
  const told = channels.map(({ alternatives, detected_language: language }) => ({
    transcript: alternatives[0]?.transcript ?? '',
    words: (alternatives[0]?.words ?? []).map(readWord),
    language: language ?? null,
  }));
  const [most] = told.toSorted((a, b) => b.words.length - a.words.length);
  return {
    language: tagOfLanguage(most?.language ?? null),
    channels: Array.from({ length: count }, (_, channel) => {
      const own = (utterances ?? []).filter((one) => one.channel === channel);
      if (own.length > 0) {
        return own.map(({ start, end, transcript: text, words }) => ({
          ...{ start, end, text, isDoubtful: false },
          words: (words ?? []).map(readWord),
        }));
      }
      const { transcript = '', words = [] } = told[channel] ?? {};
      if (words.length > 0) return stretchesOfWords(words);
      // a text without a single time: all that is known is that it was said somewhere in there
      return [{ start: 0, end: lengthSeconds, text: transcript, words: [], isDoubtful: true }];
    }),
  };
}

function readWord(given: z.infer<typeof wordShape>): HeardWord {
  const { word, punctuated_word: written, start, end, confidence } = given;
  return { text: written ?? word, start, end, confidence: confidence ?? undefined };
}
