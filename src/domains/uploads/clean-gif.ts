// A GIF with its pictures, their timing and how often they repeat, and nothing else: no comments, no XMP, nothing behind
// its end (GIF89a). Pure.
import type { CleanImage } from './clean-image.ts';

const IMAGE = 0x2c;
const EXTENSION = 0x21;
const TRAILER = 0x3b;
const CONTROL = 0xf9;
const APPLICATION = 0xff;
const REPEATS = ['NETSCAPE2.0', 'ANIMEXTS1.0'];

/** @returns null for what is no GIF with a picture, or has one that leaves its screen */
export function cleanGif(bytes: Buffer): CleanImage | null {
  if (!/^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6)) || bytes.length < 14) return null;
  const [width, height] = [bytes.readUInt16LE(6), bytes.readUInt16LE(8)];
  let at = 13 + sizeOfTable(bytes[10] as number);
  const kept: Buffer[] = [bytes.subarray(0, at)];
  let framePixels = 0;
  while (at < bytes.length && bytes[at] !== TRAILER) {
    const from = at;
    if (bytes[at] === IMAGE) {
      if (at + 11 > bytes.length) return null;
      const [left, top] = [bytes.readUInt16LE(at + 1), bytes.readUInt16LE(at + 3)];
      const [wide, high] = [bytes.readUInt16LE(at + 5), bytes.readUInt16LE(at + 7)];
      // a reader that makes room for it would make more than the screen tells of
      if (left + wide > width || top + high > height) return null;
      framePixels += wide * high;
      // the descriptor, its colours, and the size of the codes
      at = behindBlocks(bytes, at + 11 + sizeOfTable(bytes[at + 9] as number));
      kept.push(bytes.subarray(from, at));
    } else if (bytes[at] === EXTENSION) {
      const label = bytes[at + 1];
      const isRepeat =
        label === APPLICATION && REPEATS.includes(bytes.toString('latin1', at + 3, at + 14));
      at = behindBlocks(bytes, at + 2);
      if (label === CONTROL || isRepeat) kept.push(bytes.subarray(from, at));
    } else return null;
  }
  if (framePixels === 0) return null;
  return { width, height, framePixels, bytes: Buffer.concat([...kept, Buffer.of(TRAILER)]) };
}

/** Bytes of a table of colours, by the flags that tell of it. */
function sizeOfTable(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** Where a chain of blocks ends, each led by its length, the last one of none. */
function behindBlocks(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] as number);
  return Math.min(at + 1, bytes.length);
}
