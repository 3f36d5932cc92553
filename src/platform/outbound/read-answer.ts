// Reads an answer of a stranger: its status, its wish to be left alone for a while, and the beginning of its body.
import type { IncomingMessage } from 'node:http';

/** what is read of an answer at most; the rest is cut off */
const MAX_BYTES = 64 * 1024;
const MAX_CHARACTERS = 1_000;
/** a character has at most four bytes in UTF-8 */
const KEPT_BYTES = 4 * MAX_CHARACTERS;

/** Reads to the end of the answer or to the limit. An answer whose body breaks off is as good as its status. */
export async function readAnswer(
  answer: IncomingMessage,
): Promise<{ status: number; response: string; retryAfterMs: number | null }> {
  const kept: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      if (bytes < KEPT_BYTES) kept.push(part.subarray(0, KEPT_BYTES - bytes));
      bytes += part.length;
      if (bytes >= MAX_BYTES) break;
    }
  } catch {
    // the status has been told
  }
  return {
    status: answer.statusCode ?? 0,
    response: readText(Buffer.concat(kept)),
    retryAfterMs: readRetryAfter(answer.headers['retry-after'], new Date()),
  };
}

/**
 * What can be kept and shown of what a stranger said: the beginning, without control characters and halves of
 * characters, some of which PostgreSQL refuses.
 */
export function readText(bytes: Buffer): string {
  const text = new TextDecoder('utf-8').decode(bytes);
  return text
    .replace(/[^\P{C}\n\t]|\ufffd/gu, '')
    .slice(0, MAX_CHARACTERS)
    .replace(/\p{Cs}$/u, '');
}

/**
 * Reads a Retry-After header (RFC 9110, 10.2.3): seconds, or a date.
 * @returns milliseconds from `now` on, not below 0; null when there is none or it cannot be read
 */
export function readRetryAfter(header: string | undefined, now: Date): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  if (!/^[A-Za-z]{3,9},/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
