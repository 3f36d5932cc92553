// What a file is by its content, whatever its name and its sender say.
import { fileTypeFromBuffer } from 'file-type';

/** Only what browsers show without running anything of it; a drawing of XML is a program. */
const SHOWN = new Set([
  ...['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/heic', 'image/heif'],
  ...['image/bmp', 'image/tiff', 'image/avif'],
  ...['audio/mpeg', 'audio/amr', 'audio/ogg', 'audio/wav', 'audio/aac', 'audio/mp4', 'audio/x-m4a'],
  ...['audio/3gpp', 'audio/flac', 'audio/aiff', 'audio/midi'],
  ...['video/mp4', 'video/3gpp', 'video/3gpp2', 'video/quicktime', 'video/webm', 'video/mpeg'],
  'text/vcard',
]);

/**
 * The media type of a file that may go with a text: images, audio, video, vCards (L30).
 * @returns null when it is nothing of these
 */
export async function sniffMedia(bytes: Uint8Array): Promise<string | null> {
  const found = await fileTypeFromBuffer(bytes);
  return found && SHOWN.has(found.mime) ? found.mime : null;
}
