// A body that is a line of JSON and, behind it, a file: what it is for is judged before any of the file is read.
import type { IncomingMessage } from 'node:http';
import { CollectRefused } from '#domains/visitors/index.ts';
import { parseObject } from './page-requests.ts';

const LINE_END = 0x0a;

/**
 * Reads the line.
 * @returns its object, and the file as it comes. Throws CollectRefused TOO_LARGE, INVALID_INPUT.
 */
export async function readFirstLine(
  request: IncomingMessage,
  mostBytes: number,
): Promise<{ head: Record<string, unknown>; file: AsyncGenerator<Buffer, void> }> {
  const chunks = iteratorOf(request);
  let begun = Buffer.alloc(0);
  for (;;) {
    const end = begun.indexOf(LINE_END);
    if (end === -1 ? begun.length > mostBytes : end > mostBytes) {
      throw new CollectRefused('TOO_LARGE', `The first line takes at most ${mostBytes} bytes.`);
    }
    if (end !== -1) {
      const head = parseObject(begun.subarray(0, end));
      return { head, file: rest(begun.subarray(end + 1), chunks) };
    }
    const next = await chunks.next();
    if (next.done) {
      const message = 'The body is a line of JSON, and behind it the file.';
      throw new CollectRefused('INVALID_INPUT', message);
    }
    begun = Buffer.concat([begun, next.value]);
  }
}

/** A body as it comes. Whoever stops reading leaves the connection as it is, and can still answer. */
export function bytesOf(request: IncomingMessage): AsyncGenerator<Buffer, void> {
  return rest(Buffer.alloc(0), iteratorOf(request));
}

const iteratorOf = (request: IncomingMessage) =>
  (request as AsyncIterable<Buffer>)[Symbol.asyncIterator]();

async function* rest(first: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer, void> {
  if (first.length > 0) yield first;
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
}
