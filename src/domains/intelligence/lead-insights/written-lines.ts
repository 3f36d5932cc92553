// What was written, redacted as transcripts are before it goes anywhere.
import { redactTranscript } from '#domains/transcripts/index.ts';
import type { RedactionClass } from '#values/redaction-classes.ts';

/** as if each was said for so long: a card number may go through several messages, or fields */
export const MS_PER_MESSAGE = 5_000;

/** A message, or a field of a form. */
export interface WrittenLine {
  speaker: 'AGENT' | 'CALLER';
  text: string;
}

/** Redacts messages in their order, in the language that the company says is spoken, else in English. */
export function redactWritten(
  /** `isOurs`: the company wrote it */
  messages: readonly { text: string; isOurs: boolean }[],
  { classes, language }: { classes: readonly RedactionClass[]; language: string | null },
): WrittenLine[] {
  const { segments } = redactTranscript(
    messages.map(({ text, isOurs }, at) => ({
      ...{ channel: isOurs ? 1 : 0, text, words: [] },
      ...{ startMs: at * MS_PER_MESSAGE, endMs: (at + 1) * MS_PER_MESSAGE },
    })),
    classes,
    language ?? 'en',
  );
  return segments.map(({ channel, text }) => ({
    speaker: channel === 1 ? 'AGENT' : 'CALLER',
    text,
  }));
}
