// New identifiers: UUIDv7 for rows (they sort by time), UUIDv5 where the same thing must get the same id twice.
import { v5, v7 } from 'uuid';

const NAMESPACE = 'b7f1c2de-3b0a-5f0e-9c44-5d2f6c1e8a70';

/** A new row id. */
export function newId(): string {
  return v7();
}

/** The same id for the same words: a carrier command's id is `stableId(callId, step, n)`. */
export function stableId(...words: (string | number)[]): string {
  return v5(words.join('\u0000'), NAMESPACE);
}
