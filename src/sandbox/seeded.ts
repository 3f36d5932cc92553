// Repeatable chance: the same seed and the same key always give the same draw, in whatever order things happen.
import { createHash } from 'node:crypto';

/**
 * Returns a function of draws in [0, 1) that depends on nothing but `seed` and `key`.
 * @param seed the sandbox's seed
 * @param key what is being decided, for instance "chaos:3:1:7"
 */
export function drawsFor(seed: number, key: string): () => number {
  const digest = createHash('sha256').update(`${seed}|${key}`).digest();
  let state = digest.readUInt32LE(0);
  // mulberry32: 32 bits of state are plenty for a handful of draws per key.
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
