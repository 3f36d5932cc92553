// The words of the mail with a chat's transcript. Plain text: whatever anybody wrote is read as text. Pure.
import type { ShownToVisitor } from './read-for-visitor.ts';

/** more messages are not read; a mail is no longer than so many characters beside its head */
export const MOST_TOLD = 1_000;
const MOST_CHARACTERS = 100_000;

type Told = Pick<ShownToVisitor, 'seq' | 'author' | 'name' | 'text' | 'at'> & {
  files: readonly { name: string; sizeBytes: number }[];
};

/**
 * The mail.
 * @param messages the newest, in their order
 */
export function transcriptLetter(
  company: { name: string; timeZone: string },
  messages: readonly Told[],
): { subject: string; text: string } {
  const name = oneLine(company.name);
  const parts: string[] = [];
  let room = MOST_CHARACTERS;
  for (const message of messages.toReversed()) {
    const part = partOf(message, name, company.timeZone);
    if (part.length > room && parts.length > 0) break;
    parts.unshift(part);
    room -= part.length;
  }
  const left = (messages.at(-1)?.seq ?? 0) - parts.length;
  const cut =
    left > 0
      ? `This is the end of the chat: its first ${left === 1 ? 'message is' : `${left} messages are`} left out, since the mail would be too long.\n\n`
      : '';
  return {
    subject: `Your chat with ${name}`,
    text: `Your chat with ${name}. Times are those of ${company.timeZone}.

${cut}${parts.join('\n\n')}

-- 
You get this once, since this address was given for it.
`,
  };
}

function partOf({ author, name, text, at, files }: Told, company: string, timeZone: string) {
  const time = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, year: 'numeric', month: 'short', day: 'numeric' },
    ...{ hour: 'numeric', minute: '2-digit' },
  }).format(at);
  const who = author === 'VISITOR' ? 'You' : author === 'AGENT' && name ? oneLine(name) : company;
  const lines = files.map(
    (file) =>
      `[File: ${oneLine(file.name)}, ${Math.max(1, Math.round(file.sizeBytes / 1_000))} KB]`,
  );
  return [`${who}, ${time}:`, ...(text ? [indented(text)] : []), ...lines].join('\n');
}

/** Names stand in one line. */
const oneLine = (text: string): string => printable(text).replaceAll(/\s+/g, ' ').trim();

/** What somebody wrote stands further in than any head: nobody can write one of another's. */
const indented = (text: string): string => `  ${printable(text).replaceAll('\n', '\n  ')}`;

/** Without what a terminal or a mail program might take for an order, or for another direction of writing. */
const printable = (text: string): string =>
  text
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/gu, '\n')
    .replaceAll(/[^\P{Cc}\n\t]|\p{Bidi_Control}/gu, '');
