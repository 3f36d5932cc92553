// A session gets a number of each pool that its page wants one of: the visitor's own, else the one that has been free
// longest, else the one that has cooled longest, else one of the next pool that fits, else none; that a pool has none is
// told. Pools are held against the others who ask, so no number has two holders.
import { createHash } from 'node:crypto';
import { readSwapTrackers, type SwapTracker } from '#domains/numbers/index.ts';
import { inOneTrip, type SqlTx, unawaited } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { poolExhausted, poolSubject, poolUtilisation } from './events.ts';
import { SESSION_IDLE_MS } from './machine.ts';
import { stepPool } from './machine-pool.ts';
import { writeGrant } from './store-grants.ts';
import { type AskedPool, askPool, noteOverflow, poolsHeldBy } from './store-leases.ts';
import { matchPoolNumbers, readNumbersKey, savePool } from './store-pools.ts';
import type { SessionRow } from './store-sessions.ts';

/** Who asks. */
export interface Asker {
  session: Pick<SessionRow, 'accountId' | 'companyId' | 'id' | 'visitorId' | 'askedPools'>;
  /** the session began with this visit: it holds nothing yet */
  isNew: boolean;
  /** writes the visit: see PlannedVisit */
  write: () => Promise<void>;
  /** what a pool answered when it was asked for a newcomer; null when none was, or the visitor is none */
  foreseen: ForeseenPool | null;
}

/** A pool that was asked before it was known that it is to be: nothing is written of it yet. */
export interface ForeseenPool {
  trackerId: string;
  asked: AskedPool;
}

/** What a pool gave: its number, E.164; null when it has none to show. */
export type Granted = Map<string, string | null>;

const HOUR_MS = 3_600_000;
const nothing = async (): Promise<void> => {};

/**
 * Writes the visit and leases its numbers. The caller holds the visitor and the pools (`holdVisit`); the session's row is
 * held before any number's, as heartbeats do, but for a newcomer's, of which nobody else knows yet.
 * @param wishes for each number of the page the session tracker that is for it, then those that stand in when that one has
 *   none to show
 * @returns what each that was asked gave, by its id
 */
export async function leaseNumbers(
  { events }: Pick<Platform, 'events'>,
  tx: SqlTx,
  asker: Asker,
  wishes: readonly (readonly SwapTracker[])[],
  now: Date,
): Promise<Granted> {
  const granted: Granted = new Map();
  const known = await ownPools(tx, asker, wishes, now);
  let write = asker.write; // along with the first question
  for (const wish of wishes) {
    // a page goes on to show what its visitor has seen: who was sent on to another pool stays there
    const isOwn = ({ id }: SwapTracker) => known.has(id);
    for (const tracker of [...wish.filter(isOwn), ...wish.filter((one) => !isOwn(one))]) {
      if (!granted.has(tracker.id)) {
        granted.set(tracker.id, await leaseOne(events, tx, { ...asker, write }, tracker, now));
        write = nothing;
      }
      if (granted.get(tracker.id)) break;
    }
  }
  // a page without numbers leaves the session those that its other pages show
  if (granted.size === 0) await unawaited(tx, write);
  return granted;
}

/** Where a wish has several pools: those of which the session holds a number already. */
async function ownPools(
  tx: SqlTx,
  { session, isNew }: Asker,
  wishes: readonly (readonly SwapTracker[])[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const ids = wishes.flatMap((wish) => (wish.length > 1 ? wish.map(({ id }) => id) : []));
  if (isNew || ids.length === 0) return new Set();
  return poolsHeldBy(tx, { accountId: session.accountId, sessionId: session.id }, ids, now);
}

async function leaseOne(
  events: Platform['events'],
  tx: SqlTx,
  asker: Asker,
  tracker: SwapTracker,
  now: Date,
): Promise<string | null> {
  const { accountId, companyId, id: sessionId, visitorId, askedPools } = asker.session;
  const key = { accountId, trackerId: tracker.id };
  const { pool, ended, slot } = await askFresh(tx, asker, tracker, now);
  const isCounted = slot?.isHeld && slot.leasedUntil > now;
  const held = pool.held - ended + (slot && !isCounted ? 1 : 0);

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
  const hour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
  const grant = {
    slot,
    session: { id: sessionId, visitorId },
    arrivedIn: askedPools.includes(tracker.id) ? null : hour,
    pool: {
      held,
      level: step.level,
      exhaustedAt: step.exhaustedAt,
      version: version + told.length,
    },
  };
  const happened = told.map((one, n) => ({
    ...one,
    companyId,
    subject: poolSubject(tracker.id),
    subjectVersion: version + n + 1,
    occurredAt: now,
  }));
  await unawaited(tx, () => writeGrant(tx, key, grant, now));
  await unawaited(tx, () => events.append(tx, accountId, happened));
  return slot ? slot.number : overflow(tx, asker, tracker, now);
}

/** The number that is shown when none is free, as the tracker's policy has it; null = the page's own. */
async function overflow(
  tx: SqlTx,
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

/** Asks the pool. The rows of its numbers are looked at anew only when the tracker's numbers have changed. */
async function askFresh(
  tx: SqlTx,
  { session, write, foreseen }: Pick<Asker, 'session' | 'write' | 'foreseen'>,
  tracker: SwapTracker,
  now: Date,
): Promise<AskedPool> {
  const key = { accountId: session.accountId, trackerId: tracker.id };
  const ask = () => askPool(tx, key, session.visitorId, now);
  const isForeseen = foreseen?.trackerId === tracker.id;
  if (isForeseen) await unawaited(tx, write);
  const asked = isForeseen ? foreseen.asked : (await inOneTrip(tx, write, ask))[1];
  if (asked?.pool.numbersKey === keyOf(tracker)) return asked;
  await matchPool(tx, session, tracker, now);
  const again = await ask();
  if (!again) throw new Error(`The pool of tracker ${tracker.id} is gone.`);
  return again;
}

async function matchPool(
  tx: SqlTx,
  { accountId, companyId }: Asker['session'],
  tracker: SwapTracker,
  now: Date,
): Promise<void> {
  const key = { accountId, trackerId: tracker.id };
  const known = await readNumbersKey(tx, key);
  // what is remembered of the tracker may be older than what another process has written
  const fresh = (await readSwapTrackers(tx, accountId, companyId)).find(
    ({ id }) => id === tracker.id,
  );
  const { numbers } = fresh ?? { numbers: [] };
  const numbersKey = keyOf({ numbers });
  if (known === numbersKey) return;
  const fields = { companyId, numbersKey, total: numbers.length };
  if (known === null) await savePool(tx, key, { ...fields, held: 0 });
  const ids = numbers.map(({ id }) => id);
  await savePool(tx, key, { ...fields, held: await matchPoolNumbers(tx, key, ids, now) });
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
