// A form with one file (RFC 7578), made while it is sent: the file's length is known, so the whole one's is.
import { randomUUID } from 'node:crypto';

/** The body, its length in bytes, and the header that tells its form. */
interface Multipart {
  contentType: string;
  bytes: number;
  body: AsyncGenerator<Uint8Array>;
}

/**
 * Makes a form.
 * @param fields name and value, as often as wanted
 * @param file what stands in the field `file`, with its length in bytes
 */
export function makeMultipart(
  fields: readonly (readonly [name: string, value: string])[],
  file: { name: string; type: string; bytes: number; body: AsyncIterable<Uint8Array> },
): Multipart {
  const boundary = `sound-${randomUUID()}`;
  const begin = (disposition: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; ${disposition}`;
  const head = Buffer.from(
    fields.map(([name, value]) => `${begin(`name="${name}"`)}\r\n\r\n${value}\r\n`).join('') +
      `${begin(`name="file"; filename="${file.name}"`)}\r\ncontent-type: ${file.type}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  async function* body() {
    yield head;
    yield* file.body;
    yield tail;
  }
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes: head.length + file.bytes + tail.length,
    body: body(),
  };
}
