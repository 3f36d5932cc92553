// Which search server the copy is on, in a word that tells nothing of it. Pure.
import { createHash } from 'node:crypto';

/** A digest of an address, without the credentials and the closing stroke that it may have: another one is another server. */
export function digestAddress(url: string): string {
  const { origin, pathname } = new URL(url);
  return createHash('sha256')
    .update(origin + pathname.replace(/\/+$/, ''))
    .digest('hex');
}
