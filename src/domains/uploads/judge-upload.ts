// What a file is that somebody sends, by its content and not by its name, and whether it is taken.
import { fileTypeFromBuffer } from 'file-type';
import { cleanImage, MOST_PIXELS } from './clean-image.ts';

/** of one file (L30) */
export const MOST_UPLOAD_BYTES = 5_000_000;
/** the types that are taken, with the endings that their names may have; the first stands for the type */
const UPLOAD_TYPES: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/gif': ['gif'],
  'application/pdf': ['pdf'],
  'text/plain': ['txt', 'csv', 'md', 'log'],
};
const MOST_NAME = 120;

const REFUSALS = {
  EMPTY: 'The file is empty.',
  TOO_LARGE: `A file takes at most ${MOST_UPLOAD_BYTES / 1_000_000} MB.`,
  TYPE_REFUSED:
    'By its content this is no JPEG, PNG or GIF picture, no PDF and no plain text in UTF-8.',
  BROKEN: 'The picture is broken, or did not come whole.',
  TOO_MANY_PIXELS: `The picture has too many pixels: at most ${MOST_PIXELS / 1_000_000} million are taken.`,
  BUSY: 'Too many files are being sent at once. Send it again in a moment.',
  GONE: 'What it was sent for is no longer there.',
} as const;

/** A file is not taken. */
export class UploadRefused extends Error {
  override name = 'UploadRefused';
  readonly code: keyof typeof REFUSALS;

  constructor(code: keyof typeof REFUSALS) {
    super(REFUSALS[code]);
    this.code = code;
  }
}

/** The file as it is kept. Throws UploadRefused EMPTY, TYPE_REFUSED, BROKEN, TOO_MANY_PIXELS. */
export async function judgeUpload(
  given: Buffer,
  name: string,
): Promise<{ bytes: Buffer; contentType: string; name: string }> {
  if (given.length === 0) throw new UploadRefused('EMPTY');
  const found = await fileTypeFromBuffer(given);
  const contentType = found ? found.mime : isText(given) ? 'text/plain' : '';
  if (!Object.hasOwn(UPLOAD_TYPES, contentType)) throw new UploadRefused('TYPE_REFUSED');
  const bytes = cleanImage(given, contentType);
  if (typeof bytes === 'string') throw new UploadRefused(bytes);
  return { bytes, contentType, name: nameOf(name, contentType) };
}

function isText(bytes: Buffer): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a text has not
    return !/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(text);
  } catch {
    return false;
  }
}

/** A name that a file manager shows as it is, with an ending that opens the file as what it is. */
export function nameOf(given: string, contentType: string): string {
  const [ending, ...others] = UPLOAD_TYPES[contentType] ?? ['bin'];
  const bare = given
    .toWellFormed()
    .normalize('NFC')
    .replace(/^.*[\\/]/s, '')
    // control and format characters: line ends, and those that turn the direction of writing
    .replace(/[\p{C}"<>:|?*]/gu, '')
    .trim();
  const dot = bare.lastIndexOf('.');
  const known = [ending, ...others].find((one) => bare.toLowerCase().endsWith(`.${one}`));
  const stem = (dot > 0 ? bare.slice(0, dot) : bare.replaceAll('.', '')).trim();
  return `${[...stem].slice(0, MOST_NAME).join('') || 'file'}.${known ?? ending}`;
}
