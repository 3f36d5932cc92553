// As which language a transcript is redacted, and whether the words for numbers were known in it: where they were not, a number
// that was told in words may stand there, so no language model is shown it.
import type { Transcript, TranscriptSegment } from '#generated/prisma/client.ts';
import { mayWriteOthers } from '#platform/speech/index.ts';
import { readsAsEnglish } from './rules/redact-english.ts';
import { knowsNumberWords } from './rules/redact-number-words.ts';

type Written = Pick<Transcript, 'engine' | 'model' | 'language'>;

/** A BCP 47 tag; null where nobody knows what is spoken. What writes English only has written English. */
export function languageToRedact({ engine, model, language }: Written): string | null {
  if (language !== null) return language;
  return mayWriteOthers(engine ?? '', model ?? '') ? null : 'en';
}

/** Whether the words for numbers were known. @param segments as they were before or after redaction */
export function knewNumberWords(
  transcript: Written,
  segments: readonly Pick<TranscriptSegment, 'speaker' | 'text'>[],
): boolean {
  const language = languageToRedact(transcript);
  if (language !== null) return knowsNumberWords(language);
  const sides = Map.groupBy(segments, ({ speaker }) => (speaker === 'AGENT' ? 1 : 0)).values();
  return [...sides].every((side) => readsAsEnglish(side.flatMap(({ text }) => text.split(/\s+/))));
}
