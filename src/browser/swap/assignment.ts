// What a browser keeps between pages, as one text that fits a cookie: who the visitor is, the session, the numbers it
// sees and until when. The same text is read and written on a server that renders pages. Pure.
import type { Swap } from './telephone-text.ts';

export interface Assignment {
  /** UUID, made by the browser */
  visitor: string;
  /** the server's id of the session; empty before the first answer */
  session: string;
  /** seconds since 1970 until which the numbers hold without asking again */
  until: number;
  swaps: readonly Swap[];
}

const E164 = /^\+[1-9]\d{6,14}$/;
const ID = /^[\w-]{1,64}$/;

/** version.visitor.session.until.target-number_target-numbers…, where s behind a number says that it takes texts. */
export function writeAssignment({ visitor, session, until, swaps }: Assignment): string {
  const pairs = swaps.map(
    ({ target, number, sms }) => `${target.slice(1)}-${number.slice(1)}${sms ? 's' : ''}`,
  );
  return `1.${visitor}.${session}.${until}.${pairs.join('_')}`;
}

/** Reads it again; null for anything else than what writeAssignment writes. */
export function readAssignment(text: string): Assignment | null {
  const [version, visitor = '', session = '', until, pairs] = text.split('.');
  if (version !== '1' || !ID.test(visitor) || !until || pairs === undefined) return null;
  const swaps = pairs.split('_').map((pair) => {
    const [, target, number, sms] = /^(\d+)-(\d+)(s?)$/.exec(pair) ?? [];
    return readSwap(`+${target}`, `+${number}`, Boolean(sms));
  });
  return {
    visitor,
    session: ID.test(session) ? session : '',
    until: Number(until) || 0,
    swaps: swaps.filter((swap) => swap !== null),
  };
}

/** A swap out of parts of unknown kind; null unless both are E.164. */
export function readSwap(target: unknown, number: unknown, sms: unknown): Swap | null {
  return typeof target === 'string' &&
    typeof number === 'string' &&
    E164.test(target) &&
    E164.test(number)
    ? { target, number, sms: sms === true }
    : null;
}

/** The value of a cookie in a Cookie header or document.cookie. */
export function cookieOf(cookies: string, name: string): string | undefined {
  for (const pair of cookies.split(/; */)) {
    if (pair.startsWith(`${name}=`)) return pair.slice(name.length + 1);
  }
  return undefined;
}
