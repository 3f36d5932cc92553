// The inbox: every signed webhook is stored once, under the carrier's own event id, before anybody acts on it.
import type { Pool } from 'pg';
import {
  isPassing,
  isStrained,
  prepare,
  runSql,
  type SqlTx,
  type Tx,
  writeTogether,
} from '#platform/db/index.ts';
import type { Log } from '#platform/log/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import { type ArrivedWebhook, storeWebhooks } from './store-webhooks.ts';
import type { WebhookHead } from './telnyx-events.ts';

/** A session that nobody stepped for this long was left by a crash. */
const LEFT_BEHIND_MS = 2_000;
/** The pause after a session's first failure; each further one doubles it. */
const FIRST_PAUSE_SECONDS = 1;
const LONGEST_PAUSE_SECONDS = 300;
/** With their pauses about a day: a database that is slow, or has no room, is seen to by somebody. */
const MOST_WHEN_STRAINED = 300;

export interface InboxRow {
  id: string;
  kind: string;
  attempts: number;
  body: unknown;
}

export interface CarrierInbox {
  /**
   * Stores a webhook, committed when this settles; those that arrive together share one INSERT.
   * @returns false when this event is here already: a second delivery
   */
  store(accountId: string, head: WebhookHead, body: string, receivedAt: Date): Promise<boolean>;
  /**
   * The events of a session that nobody has stepped yet, in the order in which they happened. The body is null of one that
   * was sealed under a key that is not there: it fails alone.
   */
  waiting(tx: SqlTx, accountId: string, session: string): Promise<InboxRow[]>;
  /**
   * When the carrier last told of somebody dialling each of these numbers, not before its `since`; whether or not a call
   * came of it.
   */
  lastDialled(
    accountId: string,
    numbers: readonly { number: string; since: Date }[],
  ): Promise<(Date | null)[]>;
  /** Marks what became of events. `error` goes with FAILED. */
  settle(
    tx: SqlTx,
    accountId: string,
    ids: readonly string[],
    state: 'DONE' | 'IGNORED' | 'FAILED',
    error?: string,
  ): Promise<void>;
  /**
   * Sessions with events that have waited for 2 s and more, the oldest first: what a crash left. Not those whose next
   * try lies ahead.
   * @param family of the kinds (familyOf): call, call.transcription, number_order
   */
  leftover(
    family: string,
    now: Date,
    limit: number,
  ): Promise<{ accountId: string; session: string }[]>;
  /** Events whose step failed for good, over all accounts, newest first: for the operator. */
  failed(
    limit: number,
  ): Promise<{ id: string; kind: string; receivedAt: Date; error: string | null }[]>;
  /** Puts a failed event (null: every one) back among those that wait; the sweeper steps it. Returns how many. */
  replay(id: string | null): Promise<number>;
  /**
   * Counts a failed attempt at a session, whose next try then waits twice as long as the last. Events that failed `most`
   * times, or far oftener where the database was too slow or too full, are kept as FAILED, without what was said, and the log
   * tells of them. What the same again may mend at once (isPassing) counts for nothing.
   */
  countFailure(
    accountId: string,
    session: string,
    failure: { error: unknown; most: number; now: Date },
  ): Promise<void>;
  /**
   * Has the events of a session that were IGNORED wait once more: what they belong to is known now. Those of an erased session
   * hold nothing by which that could be told.
   * @returns whether there were any
   */
  reopen(tx: SqlTx, accountId: string, session: string): Promise<boolean>;
  /** Has the sweeper leave a session alone until then. What arrives of it meanwhile is stepped at once, with all of it. */
  postpone(tx: Tx, accountId: string, session: string, until: Date): Promise<void>;
}

/** Bodies that hold what people say: only this server reads them, and none outlives its step. */
const SPEECH = 'carrier-speech';

const WAITING = prepare(`
  select id, kind, attempts, body from carrier_event
   where account_id = $1::uuid and session = $2 and state = 'RECEIVED' order by occurred_at, id`);
const REOPEN = prepare(`
  update carrier_event set state = 'RECEIVED', next_try_at = null
   where account_id = $1::uuid and session = $2 and state = 'IGNORED' and body <> '{}' returning id`);
const SETTLE = prepare(`
  update carrier_event set state = $3::carrier_event_state, error = $4, attempts = attempts + 1,
         body = case when body ? 'sealed' then '{}' else body end
   where account_id = $1::uuid and id = any($2::text[])`);

/** Opens the inbox. */
export function openInbox(
  db: { pool: Pool },
  secrets: Pick<Secrets, 'seal' | 'open'>,
  log: Pick<Log, 'error'>,
): CarrierInbox {
  const opened = (row: InboxRow): InboxRow => {
    const { sealed } = row.body as { sealed?: unknown };
    if (typeof sealed !== 'string') return row;
    try {
      return { ...row, body: JSON.parse(secrets.open(sealed, SPEECH)) };
    } catch {
      return { ...row, body: null };
    }
  };
  const kept = ({ isSpoken, isRead }: WebhookHead, body: string): string => {
    if (!isSpoken) return body;
    return JSON.stringify(isRead ? { sealed: secrets.seal(body, SPEECH) } : {});
  };
  const inserts = writeTogether((rows: readonly ArrivedWebhook[]) => storeWebhooks(db.pool, rows));
  return {
    store: (accountId, head, body, receivedAt) =>
      inserts.write({ accountId, head, body: kept(head, body), receivedAt }),
    waiting: async (tx, accountId, session) =>
      ((await runSql(tx, WAITING, [accountId, session])) as InboxRow[]).map(opened),
    async lastDialled(accountId, numbers) {
      const { rows } = await db.pool.query<{ at: Date | null }>({
        name: 'carrier-inbox-last-dialled',
        text: `select (select max(e.occurred_at) from carrier_event e
                        where e.account_id = $1 and e.dialled = wanted.number
                          and e.occurred_at >= wanted.since) as at
                 from unnest($2::text[], $3::timestamptz[]) with ordinality as wanted(number, since, n)
                order by wanted.n`,
        values: [
          accountId,
          numbers.map(({ number }) => number),
          numbers.map(({ since }) => since.toISOString()),
        ],
      });
      return rows.map(({ at }) => at);
    },
    async settle(tx, accountId, ids, state, error) {
      if (ids.length === 0) return;
      await runSql(tx, SETTLE, [accountId, [...ids], state, error ?? null]);
    },
    async leftover(family, now, limit) {
      const { rows } = await db.pool.query<{ account_id: string; session: string }>({
        name: 'carrier-inbox-leftover',
        text: `select account_id, session from carrier_event
               where state = 'RECEIVED' and received_at < $1
                 and (kind = $3 or (kind like $3 || '.%' and kind <> 'call.transcription'))
                 and (next_try_at is null or next_try_at <= $4)
               group by account_id, session order by min(received_at) limit $2`,
        values: [
          new Date(now.getTime() - LEFT_BEHIND_MS).toISOString(),
          limit,
          family,
          now.toISOString(),
        ],
      });
      return rows.map((row) => ({ accountId: row.account_id, session: row.session }));
    },
    async failed(limit) {
      const { rows } = await db.pool.query<{
        id: string;
        kind: string;
        received_at: Date;
        error: string | null;
      }>(
        `select id, kind, received_at, error from carrier_event
         where state = 'FAILED' order by received_at desc limit $1`,
        [limit],
      );
      return rows.map(({ received_at: receivedAt, ...row }) => ({ ...row, receivedAt }));
    },
    async replay(id) {
      const { rowCount } = await db.pool.query(
        `update carrier_event set state = 'RECEIVED', attempts = 0, error = null, next_try_at = null
         where state = 'FAILED' and ($1::text is null or id = $1)`,
        [id],
      );
      return rowCount ?? 0;
    },
    async countFailure(accountId, session, { error: err, most, now }) {
      if (isPassing(err)) return;
      const { rows } = await db.pool.query<{ id: string; state: string }>(
        // more than are allowed of this kind: they were of a strained database, and this one is the first of its own
        `update carrier_event set attempts = case when attempts >= $4 then 1 else attempts + 1 end, error = $3,
           state = case when attempts + 1 = $4 then 'FAILED'::carrier_event_state else state end,
           body = case when attempts + 1 = $4 and body ? 'sealed' then '{}' else body end,
           next_try_at = $5::timestamptz + least($6 * 2 ^ attempts, $7) * interval '1 second'
         where account_id = $1 and session = $2 and state = 'RECEIVED' returning id, state`,
        [
          accountId,
          session,
          String(err).slice(0, 2_000),
          isStrained(err) ? MOST_WHEN_STRAINED : most,
          now.toISOString(),
          FIRST_PAUSE_SECONDS,
          LONGEST_PAUSE_SECONDS,
        ],
      );
      const eventIds = rows.filter(({ state }) => state === 'FAILED').map(({ id }) => id);
      if (eventIds.length === 0) return;
      log.error(
        { err, accountId, eventIds },
        'carrier events are FAILED: they wait for npm run carrier-events -- replay <id|all>',
      );
    },
    async reopen(tx, accountId, session) {
      return (await runSql(tx, REOPEN, [accountId, session])).length > 0;
    },
    async postpone(tx, accountId, session, until) {
      await tx.carrierEvent.updateMany({
        where: { accountId, session, state: 'RECEIVED' },
        data: { nextTryAt: until },
      });
    },
  };
}
