// The body of a stranger's answer, as it was before it was packed, up to a limit: packed or not, however it lies about
// its length, and however much a few bytes unpack to.
import type { IncomingMessage } from 'node:http';
import { Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';

/** What read of a body. */
export interface ReadBody {
  body: Buffer;
  /** there was more than was read, or it broke off */
  isCut: boolean;
}

const UNPACKERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  br: createBrotliDecompress,
};
/** The packings that can be read: for Accept-Encoding. */
export const PACKINGS = 'gzip, br';

/**
 * Reads a body to its end or its limit, before and after it is unpacked. One that breaks off, or cannot be unpacked
 * further, is as long as it came.
 * @param mostBytes of what is kept, and of what is received
 */
export async function readBody(answer: IncomingMessage, mostBytes: number): Promise<ReadBody> {
  const received = { bytes: 0 };
  const packing = answer.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  const unpack = Object.hasOwn(UNPACKERS, packing) ? UNPACKERS[packing] : undefined;
  if (!unpack && packing !== 'identity' && packing !== '')
    return { body: Buffer.of(), isCut: true };
  const wire = limited(answer, mostBytes, received);
  const parts = unpack ? unpacked(wire, unpack()) : wire;
  const kept: Buffer[] = [];
  let bytes = 0;
  let isCut = false;
  try {
    for await (const part of parts) {
      kept.push(part.subarray(0, mostBytes - bytes));
      bytes += part.length;
      if (bytes > mostBytes) break;
    }
  } catch {
    isCut = true;
  }
  answer.destroy();
  return {
    body: Buffer.concat(kept),
    isCut: isCut || bytes > mostBytes || received.bytes > mostBytes,
  };
}

async function* limited(
  answer: IncomingMessage,
  mostBytes: number,
  received: { bytes: number },
): AsyncGenerator<Buffer> {
  for await (const part of answer as AsyncIterable<Buffer>) {
    received.bytes += part.length;
    yield part;
    if (received.bytes > mostBytes) return;
  }
}

async function* unpacked(
  wire: AsyncGenerator<Buffer>,
  unpacker: Transform,
): AsyncGenerator<Buffer> {
  const source = Readable.from(wire);
  source.on('error', (error) => unpacker.destroy(error));
  try {
    yield* source.pipe(unpacker) as AsyncIterable<Buffer>;
  } finally {
    source.destroy();
    unpacker.destroy();
  }
}
