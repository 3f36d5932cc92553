// A PNG with the chunks that draw it and no others: no texts, times, Exif, nor anything behind its end (PNG, third
// edition). Pure.
import type { CleanImage } from './clean-image.ts';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const DRAWN = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA sBIT sRGB cICP bKGD pHYs acTL fcTL fdAT'.split(' '),
);

/** @returns null for what is no whole PNG */
export function cleanPng(bytes: Buffer): CleanImage | null {
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) return null;
  const kept: Buffer[] = [SIGNATURE];
  let size: { width: number; height: number } | null = null;
  let frames = 1;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length) return null;
    const type = bytes.toString('latin1', at + 4, at + 8);
    if ((size === null) !== (type === 'IHDR')) return null;
    if (type === 'IHDR') {
      if (length !== 13) return null;
      size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    }
    if (type === 'fcTL') frames += 1;
    if (DRAWN.has(type)) kept.push(bytes.subarray(at, end));
    at = end;
    if (type !== 'IEND') continue;
    if (!size) return null;
    const framePixels = size.width * size.height * frames;
    return { ...size, framePixels, bytes: Buffer.concat(kept) };
  }
  return null;
}
