// Links to recordings that need no key but expire: ten minutes on the sandbox's clock, signed over id and expiry.
import { timingSafeEqual } from 'node:crypto';
import type { Carrier } from './carrier.ts';

const LIFETIME_MS = 10 * 60_000;

/** A fresh link to a recording's WAV file. */
export function recordingLink(carrier: Carrier, id: string): string {
  const expires = Math.floor(carrier.clock.now() + LIFETIME_MS);
  const signature = carrier.keys.signLink(`${id}|${expires}`);
  return `${carrier.baseUrl}/recordings/${id}.wav?expires=${expires}&signature=${signature}`;
}

/** True while a link is signed by this carrier and has not expired. */
export function isLinkGood(carrier: Carrier, id: string, query: URLSearchParams): boolean {
  const expires = query.get('expires') ?? '';
  const given = Buffer.from(query.get('signature') ?? '');
  const wanted = Buffer.from(carrier.keys.signLink(`${id}|${expires}`));
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return false;
  return Number(expires) >= carrier.clock.now();
}
