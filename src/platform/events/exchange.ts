// The wires between processes: one dedicated connection that LISTENs and NOTIFYs, apart from every writing transaction
// (a NOTIFY inside one takes a cluster-wide lock at commit). What is sent here may be lost; nothing depends on it.
import pg from 'pg';
import type { Db } from '#platform/db/index.ts';
import type { Log } from '#platform/log/index.ts';

/** One process's end of the wires. */
export interface Exchange {
  /**
   * Sends a text of under 8,000 bytes: to this process directly, to the others by at most one statement in 5 ms; up to
   * 1,000 texts wait meanwhile, more are lost.
   */
  send(channel: Channel, text: string): void;
  /** The same for a number, which joins one that still waits: only the greater one is sent. */
  sendGreatest(channel: Channel, number: bigint): void;
  /** Calls `hear` for what any process sends, this one included. Returns how to stop listening. */
  on(channel: Channel, hear: (text: string) => void): () => void;
  /** Calls `run` whenever the connection has been made anew: messages may have been lost. */
  onReconnect(run: () => void): () => void;
  release(): Promise<void>;
}

/** The channels that every process hears. */
export type Channel = 'switchboard_events' | 'switchboard_signals';

const CHANNELS: readonly Channel[] = ['switchboard_events', 'switchboard_signals'];
const NOTIFY = `
  select pg_notify(channel, text) from unnest($1::text[], $2::text[]) as new(channel, text)`;
const QUIET_MS = 5;
const WAITING_LIMIT = 1_000;
const LONGEST_PAUSE_MS = 2_000;

const open = new Map<
  Db,
  { exchange: Omit<Exchange, 'release'>; users: number; close(): Promise<void> }
>();

/**
 * The exchange of this process and database; the event log and the reactions share one connection.
 * @param db whose url the connection uses, and which must stay open until the last release
 */
export function shareExchange(db: Db, log: Log): Exchange {
  const entry = open.get(db) ?? { ...openExchange(db.url, log), users: 0 };
  entry.users += 1;
  open.set(db, entry);
  let released = false;
  return {
    ...entry.exchange,
    async release() {
      if (released) return;
      released = true;
      entry.users -= 1;
      if (entry.users > 0) return;
      open.delete(db);
      await entry.close();
    },
  };
}

function openExchange(url: string, log: Log) {
  const ears = new Map<Channel, Set<(text: string) => void>>(
    CHANNELS.map((channel) => [channel, new Set()]),
  );
  const reconnected = new Set<() => void>();
  let client: pg.Client | undefined;
  let waiting: { channel: string; text: string }[] = [];
  let busy = false;
  let pause: NodeJS.Timeout | undefined;
  let pauseMs = 50;
  let closed = false;

  function deliver(channel: Channel, text: string): void {
    for (const hear of ears.get(channel) ?? []) hear(text);
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'switchboard exchange',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    let lost = false;
    const lose = () => {
      if (lost) return;
      lost = true;
      if (client === next) client = undefined;
      next.end().catch(() => {});
      if (closed) return;
      pause = setTimeout(connect, pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    };
    next.on('error', (err) => {
      if (!closed) log.warn({ err }, 'the connection for notifications was lost');
      lose();
    });
    next.on('end', lose);
    next.on('notification', ({ channel, payload, processId }) => {
      // our own words were handed over directly
      if (processId !== pid(next)) deliver(channel as Channel, payload ?? '');
    });
    try {
      await next.connect();
      await next.query(CHANNELS.map((channel) => `listen ${channel}`).join('; '));
    } catch {
      return lose(); // the error listener has told, or the next attempt will
    }
    if (closed) return void next.end().catch(() => {});
    client = next;
    pauseMs = 50;
    for (const run of reconnected) run();
    flush();
  }

  function flush(): void {
    if (!client || waiting.length === 0 || busy) return;
    const batch = waiting;
    waiting = [];
    busy = true;
    const sent = client.query(NOTIFY, [
      batch.map((one) => one.channel),
      batch.map((one) => one.text),
    ]);
    Promise.allSettled([sent, new Promise((resolve) => setTimeout(resolve, QUIET_MS))]).then(() => {
      busy = false;
      flush();
    });
  }

  function send(channel: Channel, text: string): void {
    deliver(channel, text);
    if (waiting.length < WAITING_LIMIT) waiting.push({ channel, text });
    flush();
  }

  const connecting = connect();
  return {
    exchange: {
      send,
      sendGreatest(channel: Channel, number: bigint) {
        const other = waiting.find((one) => one.channel === channel);
        if (!other) return send(channel, `${number}`);
        if (BigInt(other.text) < number) other.text = `${number}`;
        deliver(channel, `${number}`);
      },
      on(channel: Channel, hear: (text: string) => void) {
        ears.get(channel)?.add(hear);
        return () => ears.get(channel)?.delete(hear);
      },
      onReconnect(run: () => void) {
        reconnected.add(run);
        return () => reconnected.delete(run);
      },
    },
    async close() {
      closed = true;
      clearTimeout(pause);
      await connecting;
      await client?.end().catch(() => {});
    },
  };
}

/** The server process behind a client; pg sets it when the connection is up, though its types say nothing of it. */
function pid(client: pg.Client): number | undefined {
  return (client as unknown as { processID?: number }).processID;
}
