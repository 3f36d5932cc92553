// Ends sockets whose client no longer reads. Their subscriptions wait meanwhile (graphql-ws sends the next answer only
// when the last one has left), so nothing is lost: the client reconnects and resumes behind its newest cursor.
import type { WebSocket, WebSocketServer } from 'ws';
import type { Log } from '#platform/log/index.ts';

/** The documented close code: you read too slowly; reconnect and resume. */
export const TOO_SLOW = 4010;

export interface StallLimits {
  /** more than this is dropped at the next look, unless it is draining */
  maxBufferedBytes: number;
  /** any buffered byte that has not drained for so long is a stall */
  stalledAfterMs: number;
  lookEveryMs: number;
  /** how long a dropped socket may take to read its close code */
  graceMs: number;
}

const LIMITS: StallLimits = {
  maxBufferedBytes: 1024 * 1024,
  stalledAfterMs: 30_000,
  lookEveryMs: 5_000,
  graceMs: 2_000,
};

/** Watches the sockets of a server until stop(). */
export function dropStalled(
  sockets: WebSocketServer,
  log: Log,
  limits: StallLimits = LIMITS,
): { stop(): void } {
  /** socket → its last buffered bytes, and since when they have not become fewer */
  const seen = new WeakMap<WebSocket, { bytes: number; sinceMs: number }>();

  const look = (socket: WebSocket): void => {
    const bytes = socket.bufferedAmount;
    const nowMs = performance.now();
    const before = seen.get(socket);
    if (bytes === 0 || !before || bytes < before.bytes) {
      seen.set(socket, { bytes, sinceMs: nowMs });
      return;
    }
    before.bytes = bytes;
    const stalledMs = nowMs - before.sinceMs;
    if (stalledMs < limits.stalledAfterMs && bytes <= limits.maxBufferedBytes) return;
    log.warn(
      { bytes, stalledMs: Math.round(stalledMs) },
      'a socket that does not read was dropped',
    );
    socket.close(TOO_SLOW, 'Too slow: resume behind your newest cursor');
    setTimeout(() => socket.terminate(), limits.graceMs).unref();
  };
  const timer = setInterval(() => {
    for (const socket of sockets.clients) if (socket.readyState === socket.OPEN) look(socket);
  }, limits.lookEveryMs).unref();
  return { stop: () => clearInterval(timer) };
}
