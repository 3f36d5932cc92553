// A subscriber whose connection is cut again and again: it comes back behind the last cursor that it saw, and keeps the
// id of every event that it was told.
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { openWire } from '#tests/support/wire.ts';

const QUERY = 'subscription($after: Cursor) { events(after: $after) { id cursor } }';
const BACK_AFTER_MS = 25;
/** what a client may be told while a server starts, stops or has lost its database; else it would have to give up */
const PASSING = new Set(['SERVICE_UNAVAILABLE']);
/** going away, no status, broken off, restart, try again later: those at which the client of graphql-ws comes back */
const PASSING_CLOSES = new Set([1001, 1005, 1006, 1012, 1013]);

interface Told {
  data?: { events: { id: string; cursor: string } } | null;
  errors?: readonly { message: string; extensions?: { code?: string } }[];
}

export interface Reader {
  way: 'socket' | 'sse';
  /** ids of events, in the order in which they came */
  seen: string[];
  /** what no client should have been told */
  faults: string[];
  /** connections that were taken by the server */
  lives: number;
  /** taken by the server, and not broken off since */
  isConnected(): boolean;
  /** Cuts the connection where it is. @returns whether there was one */
  cut(): boolean;
  stop(): Promise<void>;
}

/**
 * Begins to read.
 * @param server.url its own address; the reader connects through a wire of its own
 * @param start the cursor behind which it begins
 */
export async function openReader(
  way: Reader['way'],
  server: { url: string; authorization: string },
  start: string,
): Promise<Reader> {
  const wire = await openWire(server.url);
  const over = new AbortController();
  const seen: string[] = [];
  const faults: string[] = [];
  let after = start;
  let lives = 0;
  let connected = false;

  const arrive = () => {
    lives += 1;
    connected = true;
  };
  const hear = ({ data, errors }: Told) => {
    for (const { message, extensions } of errors ?? []) {
      if (!PASSING.has(extensions?.code ?? '')) faults.push(message);
    }
    if (!data) return;
    seen.push(data.events.id);
    after = data.events.cursor;
  };

  async function liveOnSocket(): Promise<void> {
    const client = createClient({
      url: new URL('/graphql', wire.url.replace('http', 'ws')).href,
      connectionParams: { authorization: server.authorization },
      retryAttempts: 0,
      on: { connected: arrive },
    });
    over.signal.addEventListener('abort', client.terminate, { once: true });
    try {
      const told = client.iterate({ query: QUERY, variables: { after } });
      for await (const one of told) hear(one as Told);
    } catch (error) {
      const { code } = error as { code?: number };
      if (Array.isArray(error)) hear({ errors: error });
      else if (code !== undefined && !PASSING_CLOSES.has(code)) faults.push(`closed with ${code}`);
    } finally {
      over.signal.removeEventListener('abort', client.terminate);
      client.terminate();
    }
  }

  async function liveOnSse(): Promise<void> {
    const response = await fetch(new URL('/graphql', wire.url), {
      method: 'POST',
      signal: over.signal,
      headers: {
        authorization: server.authorization,
        'content-type': 'application/json',
        accept: 'text/event-stream',
        'last-event-id': after,
      },
      body: JSON.stringify({ query: QUERY, variables: { after: start } }),
    }).catch(() => null);
    if (!response?.body) return;
    if (response.status !== 200) {
      if (response.status !== 503) faults.push(`status ${response.status}`);
      await response.body.cancel().catch(() => {});
      return;
    }
    arrive();
    let text = '';
    const decoder = new TextDecoder();
    try {
      for await (const part of response.body) {
        text += decoder.decode(part, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const json = /^data: (.+)$/m.exec(block)?.[1];
          if (json) hear(JSON.parse(json));
        }
      }
    } catch {
      // cut in the middle of a message, which is told again
    }
  }

  const live = way === 'socket' ? liveOnSocket : liveOnSse;
  const running = (async () => {
    while (!over.signal.aborted) {
      await live();
      connected = false;
      await pause(BACK_AFTER_MS);
    }
  })();

  return {
    way,
    seen,
    faults,
    get lives() {
      return lives;
    },
    isConnected: () => connected,
    cut() {
      connected = false;
      return wire.snap() > 0;
    },
    async stop() {
      over.abort();
      wire.cut();
      await running;
    },
  };
}
