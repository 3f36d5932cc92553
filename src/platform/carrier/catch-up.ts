// Webhooks that never reached us: the carrier gives up after a few tries, so after an outage its own log is asked, and
// what the inbox does not have is stored as if it had come by the door.
import type { Pool } from 'pg';
import type { Log } from '#platform/log/index.ts';
import type { CarrierInbox } from './inbox.ts';
import type { Carrier } from './port.ts';
import { readHead, type WebhookHead } from './telnyx-events.ts';

/** the carrier keeps its log for a day */
const LONGEST_MS = 24 * 3_600_000;
/** the log may be written a little after the event, and its clock may differ from ours */
const OVERLAP_MS = 5 * 60_000;
/** webhooks that are stored at once, which then share a commit */
const CHUNK = 200;

/**
 * Asks an account's carrier which webhooks it wrote since the last time, and stores those that are missing; the sweeper
 * steps them. Running twice, or beside another process, stores each once.
 * @param now business time
 * @param signal throws at the next webhooks once it has aborted
 * @returns how many were missing. Throws CarrierUnreachable, CarrierRefused: the next run begins at what this one has stored
 */
export async function catchUp(
  { pool, inbox, log }: { pool: Pool; inbox: CarrierInbox; log: Pick<Log, 'warn' | 'error'> },
  carrier: Carrier,
  accountId: string,
  now: Date,
  signal: AbortSignal,
): Promise<number> {
  const { rows } = await pool.query<{ heard_to: Date }>(
    'select heard_to from carrier_catch_up where account_id = $1',
    [accountId],
  );
  const heardTo = rows[0]?.heard_to;
  const since = sinceOf(heardTo?.getTime() ?? 0, now.getTime());
  const isAhead = heardTo !== undefined && heardTo.getTime() > now.getTime() + OVERLAP_MS;
  if (isAhead) {
    const about = { accountId, heardTo, now, since };
    log.warn(about, 'the clock had been ahead: webhooks are looked for from a day ago');
  }
  let missing = 0;
  const storeAll = async (heads: readonly Told[]): Promise<void> => {
    signal.throwIfAborted();
    const stored = await Promise.all(
      heads.map(({ head, text }) => inbox.store(accountId, head, text, now)),
    );
    missing += stored.filter((isNew) => isNew).length;
  };
  // this one first: it is not in the order of time, and short
  for await (const told of inChunks(carrier.lostTextWebhooks(since))) await storeAll(told);
  if (heardTo && heardTo.getTime() < since.getTime()) {
    const about = { accountId, from: heardTo, to: since };
    log.error(
      about,
      'webhooks of this span can be had no more: the carrier keeps its log for a day',
    );
  }
  // oldest first: what is stored needs not be asked for again, however this ends
  for await (const told of inChunks(carrier.sentWebhooks(since))) {
    await storeAll(told);
    const [from, to] = [told[0]?.head.occurredAt, told.at(-1)?.head.occurredAt];
    // were it told the latest first, what is older would be lost
    if (from && to && from <= to && to < now) await advance(pool, accountId, to, now);
  }
  await advance(pool, accountId, now, now);
  return missing;
}

/** From when the log is to be told, in ms; of a time that lies ahead nobody knows what was heard since. */
function sinceOf(heardToMs: number, nowMs: number): Date {
  const earliest = nowMs - LONGEST_MS;
  if (heardToMs > nowMs + OVERLAP_MS) return new Date(earliest);
  return new Date(Math.max(earliest, heardToMs - OVERLAP_MS));
}

/** A webhook as the inbox takes it. */
interface Told {
  head: WebhookHead;
  text: string;
}

/** The webhooks of a log that are ours, in its order, as many at once as are stored together. */
async function* inChunks(log: AsyncIterable<unknown>): AsyncGenerator<Told[]> {
  let told: Told[] = [];
  for await (const body of log) {
    const head = headOf(body);
    if (head) told.push({ head, text: JSON.stringify(body) });
    if (told.length < CHUNK) continue;
    yield told;
    told = [];
  }
  if (told.length > 0) yield told;
}

/** What was written while our clock was ahead does not stand: until then nothing would be asked for. */
async function advance(pool: Pool, accountId: string, heardTo: Date, now: Date): Promise<void> {
  await pool.query(
    `insert into carrier_catch_up as kept (account_id, heard_to) values ($1, $2)
     on conflict (account_id) do update set heard_to =
       case when kept.heard_to > $3::timestamptz then excluded.heard_to
            else greatest(kept.heard_to, excluded.heard_to) end`,
    [accountId, heardTo.toISOString(), new Date(now.getTime() + OVERLAP_MS).toISOString()],
  );
}

/** Null for a line of the log that is no webhook of ours. */
function headOf(body: unknown): WebhookHead | null {
  try {
    return readHead(body);
  } catch {
    return null;
  }
}
