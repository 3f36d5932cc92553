// A session gets a number of each pool that its page wants one of: the visitor's own, else the one that has been free
// longest, else the one that has cooled longest, else none, which is told. Pools are held one by one against the others
// who ask, so no number has two holders.
import { createHash } from 'node:crypto';
import { readSwapTrackers, type SwapTracker } from '#domains/numbers/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { poolExhausted, poolSubject, poolUtilisation } from './events.ts';
import { SESSION_IDLE_MS } from './machine.ts';
import { stepPool } from './machine-pool.ts';
import {
  beginLease,
  endLeases,
  freeSlot,
  noteOverflow,
  ownSlot,
  renewLease,
} from './store-leases.ts';
import {
  countArrival,
  matchPoolNumbers,
  type PoolRow,
  readPool,
  savePool,
  writePool,
} from './store-pools.ts';
import { holdSession, type SessionRow, writeSession } from './store-sessions.ts';

/** Who asks. */
export interface Asker {
  session: Pick<SessionRow, 'accountId' | 'companyId' | 'id' | 'visitorId'>;
  /** the session began with this visit: counted as an arrival even when it gets nothing */
  isNew: boolean;
}

/** What a pool gave: its number, E.164; null when it has none to show. */
export type Granted = Map<string, string | null>;

const HOUR_MS = 3_600_000;

/**
 * Leases numbers, in a transaction of its own or in the caller's, whose subjects are locked already.
 * @param pools session trackers
 * @returns for each of them, by id, what it gave
 */
export async function leaseNumbers(
  { events }: Pick<Platform, 'events'>,
  tx: Tx,
  asker: Asker,
  pools: readonly SwapTracker[],
  now: Date,
): Promise<Granted> {
  const granted: Granted = new Map();
  const { accountId, id: sessionId } = asker.session;
  await events.lock(
    tx,
    accountId,
    pools.map(({ id }) => poolSubject(id)),
  );
  // before any number's row, as heartbeats do
  const session = await holdSession(tx, accountId, sessionId);
  if (!session) return granted;
  let leases = 0;
  for (const tracker of pools) {
    const given = await leaseOne(events, tx, asker, tracker, now);
    granted.set(tracker.id, given.number);
    if (given.isLeased) leases += 1;
  }
  if (leases !== session.leases) await writeSession(tx, accountId, sessionId, { leases });
  return granted;
}

async function leaseOne(
  events: Platform['events'],
  tx: Tx,
  asker: Asker,
  tracker: SwapTracker,
  now: Date,
): Promise<{ number: string | null; isLeased: boolean }> {
  const { accountId, companyId, id: sessionId, visitorId } = asker.session;
  const key = { accountId, trackerId: tracker.id };
  const pool = await providePool(tx, asker.session, tracker, now);
  let held = pool.held - (await endLeases(tx, key, now));
  const slot = (await ownSlot(tx, key, visitorId)) ?? (await freeSlot(tx, key, now));
  const isOwn = slot?.sessionId === sessionId;
  if (slot && isOwn) await renewLease(tx, key, slot, now);
  else if (slot) await beginLease(tx, key, slot, { id: newId(), sessionId, visitorId, now });
  if (slot && !slot.isHeld) held += 1;

  const isRefused = slot === null;
  const step = stepPool({ ...pool, held }, isRefused, now);
  const payload = { trackerId: tracker.id, total: pool.total, leased: held };
  const told = [
    ...(step.reached === null
      ? []
      : [{ definition: poolUtilisation, payload: { ...payload, levelPercent: step.reached } }]),
    ...(step.isExhausted ? [{ definition: poolExhausted, payload }] : []),
  ];
  const { version } = pool;
  await writePool(tx, key, {
    held,
    level: step.level,
    exhaustedAt: step.exhaustedAt,
    version: version + told.length,
  });
  if ((slot && !isOwn) || (isRefused && asker.isNew)) {
    const hour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
    await countArrival(tx, key, { hour, isRefused });
  }
  await events.append(
    tx,
    accountId,
    told.map((one, n) => ({
      ...one,
      companyId,
      subject: poolSubject(tracker.id),
      subjectVersion: version + n + 1,
      occurredAt: now,
    })),
  );
  if (slot) return { number: slot.number, isLeased: true };
  return { number: await overflow(tx, asker, tracker, now), isLeased: false };
}

/** The number that is shown when none is free, as the tracker's policy has it; null = the page's own. */
async function overflow(
  tx: Tx,
  { session }: Asker,
  tracker: SwapTracker,
  now: Date,
): Promise<string | null> {
  const [first] = tracker.numbers;
  if (tracker.overflow !== 'FIRST_NUMBER' || !first) return null;
  const { accountId, id: sessionId } = session;
  await noteOverflow(
    tx,
    { accountId, trackerId: tracker.id },
    {
      id: newId(),
      phoneNumberId: first.id,
      sessionId,
      now,
      until: new Date(now.getTime() + SESSION_IDLE_MS),
    },
  );
  return first.number;
}

/** The pool with the rows of its numbers. They are looked at anew only when the tracker's numbers have changed. */
async function providePool(
  tx: Tx,
  { accountId, companyId }: Asker['session'],
  tracker: SwapTracker,
  now: Date,
): Promise<PoolRow> {
  const key = { accountId, trackerId: tracker.id };
  const pool = await readPool(tx, key);
  if (pool?.numbersKey === keyOf(tracker)) return pool;
  // what is remembered of the tracker may be older than what another process has written
  const fresh = (await readSwapTrackers(tx, accountId, companyId)).find(
    ({ id }) => id === tracker.id,
  );
  const { numbers } = fresh ?? { numbers: [] };
  const numbersKey = keyOf({ numbers });
  if (pool?.numbersKey === numbersKey) return pool;
  const fields = { companyId, numbersKey, total: numbers.length };
  if (!pool) await savePool(tx, key, { ...fields, held: 0 });
  const ids = numbers.map(({ id }) => id);
  return savePool(tx, key, { ...fields, held: await matchPoolNumbers(tx, key, ids, now) });
}

const keys = new WeakMap<object, string>();

/** Tells one set of numbers from another. Made once for each tracker that is remembered. */
function keyOf(tracker: Pick<SwapTracker, 'numbers'>): string {
  const known = keys.get(tracker);
  if (known) return known;
  const ids = tracker.numbers.map(({ id }) => id).sort();
  const key = createHash('sha256').update(ids.join()).digest('base64url');
  keys.set(tracker, key);
  return key;
}
