// One exchange on a connection that stands: the body goes, whole or as it is made, and the answer is read.
import type { ClientRequest, IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** Sends the body and reads the answer. Rejects when there is none, or when the signal aborts before its end. */
export function converse<T>(
  sending: ClientRequest,
  body: string | Buffer | AsyncIterable<Uint8Array>,
  read: (answer: IncomingMessage) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => sending.destroy(new Error('The exchange was cut off.'));
    // an answer that switches protocols ends without an error
    const close = () => reject(new Error('The connection was closed without an answer.'));
    signal.addEventListener('abort', abort, { once: true });
    sending.on('close', () => signal.removeEventListener('abort', abort));
    sending.once('close', close);
    sending.on('error', reject);
    sending.on('response', (answer) => {
      sending.off('close', close);
      read(answer).then((told) => {
        answer.destroy();
        // an answer that dribbles until the time is up is no answer
        if (signal.aborted) reject(signal.reason);
        else resolve(told);
      }, reject);
    });
    if (signal.aborted) abort();
    else if (typeof body === 'string' || Buffer.isBuffer(body)) sending.end(body);
    // what breaks off here is told by the request's own events; an answer may come before the end of the body
    else pipeline(body, sending).catch(() => {});
  });
}

/** Headers by their names in lower case; several of one name are joined by commas. */
export function joined(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
