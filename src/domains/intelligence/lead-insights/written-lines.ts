// What was written, redacted as transcripts are before it goes anywhere.
import { numberWordsOf, readsAsEnglish, redactTranscript } from '#domains/transcripts/index.ts';
import type { RedactionClass } from '#values/redaction-classes.ts';

/** as if each was said for so long: a card number may go through several messages, or fields */
export const MS_PER_MESSAGE = 5_000;

/** A message, or a field of a form. */
export interface WrittenLine {
  speaker: 'AGENT' | 'CALLER';
  text: string;
  /** what it was redacted as: a BCP 47 tag; null = nobody knows, so that a number told in words may stand there */
  redactedAs: string | null;
}

/** What is redacted. */
interface Written {
  text: string;
  /** the company wrote it */
  isOurs: boolean;
  /** the words of the text that somebody chose; absent = all */
  words?: string;
}

/** Fewer tell no language. So many of one message tell it by themselves. */
const TELLING_WORDS = 8;
/** One may be a word of English, too: "once", "due", "cent". */
const MOST_FOREIGN = 1;
const OF_ANY = numberWordsOf(null);
const OF_ENGLISH = numberWordsOf('en');

const isForeignNumber = (word: string) => {
  const kind = OF_ANY(word);
  return (kind === 'SINGLE' || kind === 'MORE') && OF_ENGLISH(word) === null;
};

/** Whether words may be redacted as English: a few are, where they have no number in the words of another language. */
function mayBeEnglish(words: readonly string[]): boolean {
  if (readsAsEnglish(words)) return true;
  const plain = words.map((word) => word.toLowerCase().replace(/[^\p{L}]/gu, ''));
  const isFew = plain.length < TELLING_WORDS && plain.every((word) => /^[a-z]*$/.test(word));
  return isFew && plain.filter(isForeignNumber).length <= MOST_FOREIGN;
}

/** Whether all that each side wrote may be redacted as English. */
function isAllEnglish(messages: readonly Written[]): boolean {
  const lines = messages.map(({ text, words = text, isOurs }) => {
    return { isOurs, all: words.split(/\s+/).filter((word) => /\p{L}/u.test(word)) };
  });
  const sides = Map.groupBy(lines, ({ isOurs }) => isOurs).values();
  const long = lines.filter(({ all }) => all.length >= TELLING_WORDS);
  return [
    ...[...sides].map((side) => side.flatMap(({ all }) => all)),
    ...long.map(({ all }) => all),
  ].every(mayBeEnglish);
}

/**
 * Redacts messages in their order, in the language that the company says is spoken, in English where they read as that, else
 * in whatever it may be.
 */
export function redactWritten(
  messages: readonly Written[],
  { classes, language: declared }: { classes: readonly RedactionClass[]; language: string | null },
): WrittenLine[] {
  const language = declared ?? (isAllEnglish(messages) ? 'en' : null);
  const { segments } = redactTranscript(
    messages.map(({ text, isOurs }, at) => ({
      ...{ channel: isOurs ? 1 : 0, text, words: [] },
      ...{ startMs: at * MS_PER_MESSAGE, endMs: (at + 1) * MS_PER_MESSAGE },
    })),
    classes,
    language,
  );
  return segments.map(({ channel, text }) => ({
    speaker: channel === 1 ? 'AGENT' : 'CALLER',
    text,
    redactedAs: language,
  }));
}
