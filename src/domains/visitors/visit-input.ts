// What pages send: the bodies of the collect door, field by field. Their senders are strangers, so every text is bounded
// and rid of what the database cannot hold.
import { z } from 'zod';
import { parsePhoneNumber } from '#values/phone-number.ts';
import { CollectRefused } from './collect-refused.ts';

export const MAX_URL = 8_192;
const MAX_TITLE = 500;
export const MAX_NUMBERS = 50;
const MAX_COOKIE_VALUE = 1_000;
const MAX_COUNTRY = 10;

/** Without NUL, and with every surrogate in a pair. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}

const urlError = (field: string) =>
  `${field} takes an http or https address of at most ${MAX_URL} characters.`;

/** An address as the URL standard writes it, without a user's name and password. */
export const addressShape = (field: string) =>
  z
    .string(urlError(field))
    .max(MAX_URL, urlError(field))
    .transform((text, context) => {
      const url = URL.parse(text);
      if (url && /^https?:$/.test(url.protocol)) {
        url.username = '';
        url.password = '';
        return url.href;
      }
      context.addIssue(urlError(field));
      return z.NEVER;
    });

// apps send android-app://…, and some browsers an empty or cut one: what is no address is no referrer
export const referrerShape = z
  .string('referrer takes document.referrer, a text.')
  .max(MAX_URL, `referrer takes at most ${MAX_URL} characters.`)
  .transform((text) => URL.parse(text)?.href ?? '')
  .nullish()
  .transform((text) => text ?? '');

/** The country of a page's numbers, as its tag says it: a text, or whatever a page's own code gives; '' = none was said. */
export const countryShape = z
  .unknown()
  .optional()
  .transform((given) => (/^(?:string|number)$/.test(typeof given) ? `${given}` : ''))
  .transform((text) => text.slice(0, MAX_COUNTRY));

const id = (field: string) => z.uuid(`${field} takes a UUID.`).toLowerCase();
const at = z
  .number('at takes milliseconds since 1970.')
  .refine(Number.isFinite, 'at takes milliseconds since 1970.');
const title = z
  .string('title takes a text.')
  .nullish()
  .transform((text) => storable(text ?? '').slice(0, MAX_TITLE));

/** as they are spelt: the pages of a company show the same ones to all */
const read = new Map<string, string | null>();
const MOST_READ = 10_000;

function readNumber(text: string): string | null {
  const known = read.get(text);
  if (known !== undefined) return known;
  const number = parsePhoneNumber(text);
  if (read.size >= MOST_READ) read.clear();
  read.set(text, number);
  return number;
}

/** Numbers that a page shows; what is no telephone number that can be dialled is left out. */
export const shownNumbersShape = z
  .array(
    z
      .string('numbers takes telephone numbers in E.164.')
      .max(40, 'numbers takes telephone numbers in E.164.'),
  )
  .max(MAX_NUMBERS, `numbers takes at most ${MAX_NUMBERS} telephone numbers.`)
  .transform((given) => [...new Set(given.flatMap((one) => readNumber(one) ?? []))]);

const cookies = z
  .record(z.string(), z.unknown(), 'cookies takes an object of names and values.')
  .nullish()
  .transform((given) => given ?? {});

/** The version of the script that sends it (values/script-version.ts); those before the first one told none. */
const script = z
  .int('script takes the version of the script.')
  .min(0, 'script takes the version of the script.')
  .max(9_999, 'script takes the version of the script.')
  .nullish()
  .transform((version) => version ?? 0);

export const visitShape = z.object({
  visitor: id('visitor').nullish(),
  at,
  /** of the page view; none = the page tells of it later */
  id: id('id').nullish(),
  url: addressShape('url'),
  referrer: referrerShape,
  title,
  consent: z.enum(['granted', 'denied'], 'consent takes granted or denied.'),
  numbers: shownNumbersShape,
  cookies,
  script,
});
export type VisitBody = z.output<typeof visitShape>;

export const pageViewShape = z.object({
  visitor: id('visitor'),
  session: id('session'),
  id: id('id'),
  at,
  url: addressShape('url'),
  referrer: referrerShape,
  title,
});

export const heartbeatShape = z.object({
  visitor: id('visitor'),
  session: id('session'),
  at,
  /** scripts that do not say so may show one */
  shows: z
    .boolean('shows takes whether the page shows telephone numbers.')
    .nullish()
    .transform((shows) => shows ?? true),
  event: z.enum(['tel_click'], 'event takes tel_click, or is left out.').nullish(),
  number: z
    .string('number takes a telephone number in E.164.')
    .max(40, 'number takes a telephone number in E.164.')
    // what nobody can have dialled is no press
    .transform(parsePhoneNumber)
    .nullish(),
});

/** Reads a body. Throws CollectRefused INVALID_INPUT naming the first bad field. */
export function readBody<T>(shape: z.ZodType<T>, body: unknown): T {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const field = first?.path[0];
  throw new CollectRefused('INVALID_INPUT', first?.message ?? 'The body is malformed.', {
    ...(field === undefined ? {} : { field: String(field) }),
  });
}

/** The values of the cookies that the site asks for; a hostile page's other names are never looked at. */
export function pickCookies(
  given: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, string> {
  const picked = names.flatMap((name) => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    return typeof value === 'string' ? [[name, storable(value).slice(0, MAX_COOKIE_VALUE)]] : [];
  });
  return Object.fromEntries(picked) as Record<string, string>;
}
