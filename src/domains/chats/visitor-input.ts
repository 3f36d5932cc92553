// What the chat of a page sends: the bodies of its door, field by field. Their senders are strangers, so every text is
// bounded and rid of what the database cannot hold.
import { z } from 'zod';
import { addressShape, countryShape, storable } from '#domains/visitors/index.ts';
import { isCountry, parseLocalNumber } from '#values/phone-number.ts';
import { MOST_FILES } from './store-files.ts';

export const MOST_CHARACTERS = 4_000;
const MAX_NAME = 200;
const MAX_EMAIL = 254;

const id = (field: string) => z.uuid(`${field} takes a UUID.`).toLowerCase();

/** What a message says: up to 4,000 characters. */
export const textShape = z
  .string('text takes what was written.')
  .transform((text) => storable(text).trim())
  .refine(
    (text) => text.length <= MOST_CHARACTERS,
    `text takes 1 to ${MOST_CHARACTERS} characters.`,
  );

/** Whether there is anything in a message: only one with files may say nothing. */
export const saysSomething: [
  (message: { text: string; files?: readonly string[] | null | undefined }) => boolean,
  { path: string[]; message: string },
] = [
  ({ text, files }) => text.length > 0 || (files?.length ?? 0) > 0,
  { path: ['text'], message: `text takes 1 to ${MOST_CHARACTERS} characters.` },
];

const messageShape = z
  .object(
    {
      id: id('message.id'),
      text: textShape,
      /** as the browser called them when it sent them */
      files: z
        .array(id('message.files'), 'message.files takes the ids of files.')
        .max(MOST_FILES, `A message takes at most ${MOST_FILES} files.`)
        .nullish(),
    },
    'message takes { id, text }.',
  )
  .refine(...saysSomething);

/** An e-mail address, in small letters. */
export const emailShape = z
  .string('email takes an e-mail address.')
  .trim()
  .toLowerCase()
  .pipe(z.email('email takes an e-mail address.').max(MAX_EMAIL, 'email is too long.'));

/** How a visitor can be reached; the number is E.164. */
export interface ToldPerson {
  name?: string | null | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
}

/** What a visitor tells of themself; what is no address or no number is refused, since they are there to be told so. */
const personShape = z
  .object({
    name: z
      .string('name takes a text.')
      .transform((text) => storable(text).trim().slice(0, MAX_NAME))
      .nullish(),
    email: emailShape.nullish(),
    phone: z
      .string('phone takes a telephone number.')
      .max(40, 'phone takes a telephone number.')
      .nullish(),
    /** of the page */
    country: countryShape,
  })
  .transform(({ phone: written, country, ...person }, context): ToldPerson => {
    if (written == null) return person;
    const phone = parseLocalNumber(written, country);
    if (phone) return { ...person, phone };
    const message = `phone takes a telephone number, with its country unless it is in ${isCountry(country) ? 'that of the page' : 'the US'}.`;
    context.addIssue({ code: 'custom', message, path: ['phone'] });
    return z.NEVER;
  });

export const openShape = z.object({
  /** of the conversation, made by the browser: the same however often it comes */
  id: id('id'),
  visitor: id('visitor').nullish(),
  session: id('session').nullish(),
  url: addressShape('url'),
  message: messageShape,
  person: personShape.nullish(),
});

const token = z
  .string('token takes what opening the chat answered.')
  .max(200, 'token is too long.');
const seq = (field: string) =>
  z
    .int(`${field} takes the number of a message.`)
    .min(0, `${field} takes the number of a message.`);

/** the line before a file */
export const fileShape = z.object({
  token,
  id: id('id'),
  name: z.string('name takes what the file is called.').max(1_000, 'name is too long.'),
});
export const tokenShape = z.object({ token });
export const sendShape = z.object({ token, message: messageShape });
export const readShape = z.object({ token, seq: seq('seq') });
export const typingShape = z.object({
  token,
  isTyping: z.boolean('isTyping takes true or false.'),
});
export const tellShape = z.object({ token, person: personShape });
export const transcriptShape = z.object({ token, id: id('id'), email: emailShape });
export const streamShape = z.object({ token, after: seq('after') });
