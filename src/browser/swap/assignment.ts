// What a browser keeps between pages, as one text that fits a cookie: who the visitor is, the session, the numbers it
// sees and until when. The same text is read and written on a server that renders pages. Pure.
import type { Swap } from '#values/telephone-text.ts';

export interface Assignment {
  /** UUID, made by the browser */
  visitor: string;
  /** the server's id of the session; empty before the first answer */
  session: string;
  /** seconds since 1970 until which the numbers hold without asking again */
  until: number;
  swaps: readonly Swap[];
}

const PAIR = /([1-9]\d{6,14})-([1-9]\d{6,14})(s?)/g;

/** version.visitor.session.until.target-number_target-numbers…, where s behind a number says that it takes texts. */
export function writeAssignment({ visitor, session, until, swaps }: Assignment): string {
  const pairs = swaps.map(
    ({ target, number, sms }) => `${target.slice(1)}-${number.slice(1)}${sms ? 's' : ''}`,
  );
  return `1.${visitor}.${session}.${until}.${pairs.join('_')}`;
}

/** Reads it again; null for anything else than what writeAssignment writes. */
export function readAssignment(text: string): Assignment | null {
  const [, visitor, session = '', until, pairs = ''] =
    /^1\.([\w-]+)\.([^.;]*)\.(\d+)\.([\ds_-]*)$/.exec(text) ?? [];
  if (!visitor) return null;
  const swaps = Array.from(pairs.matchAll(PAIR), ([, target, number, sms]) => ({
    target: `+${target}`,
    number: `+${number}`,
    sms: sms !== '',
  }));
  return { visitor, session, until: Number(until), swaps };
}

/** True for a telephone number as the server writes it. */
const isE164 = (number: string): boolean => /^\+[1-9]\d{6,14}$/.test(number);

/** True for two numbers of which one may stand for the other. */
export const isSwap = ({ target, number }: Swap): boolean => isE164(target) && isE164(number);

/** The value of a cookie in a Cookie header or document.cookie. */
export function cookieOf(cookies: string, name: string): string | undefined {
  for (const pair of cookies.split(/; */)) {
    if (pair.startsWith(`${name}=`)) return pair.slice(name.length + 1);
  }
  return undefined;
}
