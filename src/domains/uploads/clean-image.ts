// A picture as it is passed on: without what it tells beside itself, and refused when it would take a reader's memory to
// show: a few kilobytes may unpack to gigabytes of pixels. Pure.
import { cleanGif } from './clean-gif.ts';
import { cleanJpeg } from './clean-jpeg.ts';
import { cleanPng } from './clean-png.ts';

export interface CleanImage {
  width: number;
  height: number;
  /** of all its frames together */
  framePixels: number;
  bytes: Buffer;
}

/** of one picture: what the largest telephones take */
export const MOST_PIXELS = 64_000_000;
/** of all frames together */
const MOST_FRAME_PIXELS = 1_000_000_000;

const CLEANERS: Record<string, (bytes: Buffer) => CleanImage | null> = {
  'image/jpeg': cleanJpeg,
  'image/png': cleanPng,
  'image/gif': cleanGif,
};

/**
 * Cleans a picture.
 * @param contentType by its content; what is none of JPEG, PNG and GIF stays as it is
 * @returns the bytes to pass on, or why they are not: BROKEN, TOO_MANY_PIXELS
 */
export function cleanImage(
  bytes: Buffer,
  contentType: string,
): Buffer | 'BROKEN' | 'TOO_MANY_PIXELS' {
  const clean = CLEANERS[contentType];
  if (!clean) return bytes;
  const image = clean(bytes);
  if (!image || image.width === 0 || image.height === 0) return 'BROKEN';
  const isTooLarge =
    image.width * image.height > MOST_PIXELS || image.framePixels > MOST_FRAME_PIXELS;
  return isTooLarge ? 'TOO_MANY_PIXELS' : image.bytes;
}
