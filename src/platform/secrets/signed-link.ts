// Links that are themselves the right to fetch: the MAC covers the path and the time until which it is good.
import type { Secrets } from './open-secrets.ts';

const LIVES_MS = 15 * 60_000;

/**
 * A link that is good for 15 minutes, or as long as told.
 * @param publicUrl the server's root without a slash at its end
 * @param path from its first slash, without a query
 * @param purpose of the signature: kinds of links never stand in for each other
 */
export function signLink(
  { secrets, publicUrl }: { secrets: Secrets; publicUrl: string },
  path: string,
  purpose: string,
  now: Date,
  livesMs = LIVES_MS,
): string {
  const until = now.getTime() + livesMs;
  return `${publicUrl}${path}?until=${until}&mac=${secrets.sign(`${path}:${until}`, purpose)}`;
}

/** Judges a link by its signature, then by its time. */
export function judgeLink(
  secrets: Secrets,
  url: URL,
  purpose: string,
  now: Date,
): 'GOOD' | 'EXPIRED' | 'FORGED' {
  const until = url.searchParams.get('until') ?? '';
  const mac = url.searchParams.get('mac') ?? '';
  if (!secrets.verify(`${url.pathname}:${until}`, mac, purpose)) return 'FORGED';
  return Number(until) > now.getTime() ? 'GOOD' : 'EXPIRED';
}
