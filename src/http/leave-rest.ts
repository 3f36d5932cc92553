// What is left of a body that was refused: a sender who is still sending would not hear why, and one who goes on sending is
// not waited for.
import type { IncomingMessage } from 'node:http';

const MOST_MS = 5_000;

/**
 * Reads on, and keeps nothing of it, until the body ends; the connection is cut if that takes longer.
 * @param mostMs after the refusal, in milliseconds
 */
export function leaveRest(request: IncomingMessage, mostMs = MOST_MS): void {
  if (request.readableEnded || request.destroyed) return;
  const timer = setTimeout(() => request.destroy(), mostMs);
  for (const event of ['end', 'close']) request.once(event, () => clearTimeout(timer));
  // whoever read it chunk by chunk and stopped holds it back
  request.removeAllListeners('readable');
  request.on('data', () => {});
  request.resume();
}
