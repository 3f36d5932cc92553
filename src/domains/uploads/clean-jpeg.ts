// A JPEG without what cameras and programs write about its maker: place, time, device, thumbnails, comments, and whatever
// stands behind its end (ITU-T T.81, Annex B). How it is to be turned stays. Pure.
import type { CleanImage } from './clean-image.ts';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
/** start of frame, with the height and width */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** has no length behind it */
const isBare = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/** @returns null for what is no whole JPEG up to its first scan */
export function cleanJpeg(bytes: Buffer): CleanImage | null {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return null;
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | null = null;
  let isScanned = false;
  for (let at = 2; at + 1 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) {
      kept.push(bytes.subarray(at, at + 2));
      break;
    }
    if (isBare(marker)) {
      kept.push(bytes.subarray(at, at + 2));
      at += 2;
      continue;
    }
    if (at + 4 > bytes.length) return null;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end < at + 4 || end > bytes.length) return null;
    const segment = bytes.subarray(at, end);
    if (isFrame(marker)) {
      if (segment.length < 9) return null;
      size ??= { height: segment.readUInt16BE(5), width: segment.readUInt16BE(7) };
    }
    kept.push(...keptOf(marker, segment));
    at = end;
    if (marker !== SOS) continue;
    isScanned = true;
    const next = endOfScan(bytes, at);
    kept.push(bytes.subarray(at, next));
    at = next;
  }
  if (!size || !isScanned) return null;
  return { ...size, framePixels: size.width * size.height, bytes: Buffer.concat(kept) };
}

/** Where the next marker stands behind a scan; in its data each 0xff is followed by a zero, or restarts it. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && !isBare(next)) return at;
  }
  return bytes.length;
}

function keptOf(marker: number, segment: Buffer): Buffer[] {
  if (marker === 0xe1) return turned(orientationOf(segment));
  // colours need the profile and Adobe's word
  if (marker === 0xe2) return segment.includes('ICC_PROFILE\0') ? [segment] : [];
  const isTold = (marker >= 0xe3 && marker <= 0xef && marker !== 0xee) || marker === 0xfe;
  return isTold ? [] : [segment];
}

/** The orientation that an Exif segment tells, 1 to 8; 1 when it tells none (Exif 2.32, tag 0x0112). */
function orientationOf(segment: Buffer): number {
  if (segment.toString('latin1', 4, 10) !== 'Exif\0\0') return 1;
  const tiff = segment.subarray(10);
  if (tiff.length < 14) return 1;
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const start = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (start + 2 > tiff.length) return 1;
  const count = Math.min(short(start), Math.floor((tiff.length - start - 2) / 12));
  for (let n = 0; n < count; n += 1) {
    const entry = start + 2 + n * 12;
    if (short(entry) === 0x0112) return short(entry + 8);
  }
  return 1;
}

/** An Exif segment that tells the orientation and nothing else. */
function turned(orientation: number): Buffer[] {
  if (orientation < 2 || orientation > 8) return [];
  const hex = `ffe10022457869660000${'4d4d002a00000008'}0001011200030000000100${orientation
    .toString(16)
    .padStart(2, '0')}000000000000`;
  return [Buffer.from(hex, 'hex')];
}
