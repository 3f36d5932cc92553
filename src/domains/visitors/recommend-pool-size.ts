// How many numbers a pool should have, by who came to it in the last 30 days and how long they kept their numbers. A number
// counts as taken until it has cooled: one that is given away before could bring another visitor's call.
import { z } from 'zod';
import { authorize } from '#domains/accounts/index.ts';
import { tenantSql } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput, notFound } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { lossOf, numbersFor } from './erlang.ts';
import { COOLING_MS, LEASE_MS } from './machine-pool.ts';
import { utilisationOf } from './read-pools.ts';

const DAYS = 30;
const DAY_MS = 86_400_000;
/** the latest leases, by which the time that numbers are held is measured */
const MEASURED = 1_000;

const lossError = 'targetLoss takes a share of visitors above 0 and below 1, such as 0.01.';
const shape = z.object({
  trackerId: z.uuid(),
  targetLoss: z.number(lossError).gt(0, lossError).lt(1, lossError),
});

/** What is recommended, and what it was worked out from. */
export interface PoolRecommendation {
  /** null while nobody has come yet */
  numbers: number | null;
  current: number;
  /** of the busiest hour of the last 30 days */
  peakArrivals: number;
  /** how long a number is another's, from the first sign of life to the end of its cooling */
  holdSeconds: number;
  offeredLoad: number;
  /** the share of visitors that the pool as it is loses at that load */
  currentLoss: number;
}

/**
 * Recommends a pool's size.
 * @param request.targetLoss the share of visitors that may find none free in the busiest hour
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND
 */
export async function recommendPoolSize(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<PoolRecommendation> {
  authorize(viewer, 'numbers.read');
  const { trackerId, targetLoss } = parseInput(shape, request);
  const { accountId } = viewer;
  const tracker = await db.prisma.tracker.findUnique({
    where: { accountId_id: { accountId, id: trackerId } },
    select: { companyId: true, type: true },
  });
  if (!tracker || !seesCompany(viewer, tracker.companyId)) throw notFound('trackerId', 'Tracker');
  if (tracker.type !== 'SESSION') {
    throw invalidInput(
      'trackerId',
      'trackerId takes a tracker of type SESSION: others have no pool.',
    );
  }
  const now = clock.now(accountId);
  const from = new Date(now.getTime() - DAYS * DAY_MS);
  const { _max } = await db.prisma.poolHour.aggregate({
    where: { accountId, trackerId, hour: { gte: from } },
    _max: { arrivals: true },
  });
  const peakArrivals = _max.arrivals ?? 0;
  const holdSeconds = (await meanLease(db, accountId, trackerId, now)) + COOLING_MS / 1_000;
  const offeredLoad = (peakArrivals * holdSeconds) / 3_600;
  // counted anew: a pool's own row is not there before its first visitor
  const current =
    (await utilisationOf({ db, clock }, viewer, [trackerId])).get(trackerId)?.total ?? 0;
  return {
    numbers: peakArrivals === 0 ? null : numbersFor(offeredLoad, targetLoss),
    current,
    peakArrivals,
    holdSeconds,
    offeredLoad,
    currentLoss: peakArrivals === 0 ? 0 : lossOf(offeredLoad, current),
  };
}

/** The mean of the latest leases that are over, in seconds; that of a visit without a heartbeat while there is none. */
async function meanLease(
  { pool }: Platform['db'],
  accountId: string,
  trackerId: string,
  now: Date,
): Promise<number> {
  const sql = tenantSql(accountId);
  const [row] = await sql`
    select avg(extract(epoch from latest.until - latest.leased_at))::float8 as seconds
      from (select l.leased_at, coalesce(l.leased_until, n.leased_until) as until
              from number_lease l
              left join pool_number n on n.account_id = l.account_id and n.lease_id = l.id
                                     and n.phone_number_id = l.phone_number_id
             where l.account_id = ${sql.account} and l.tracker_id = ${trackerId}::uuid
               and not l.is_overflow
             order by l.leased_at desc limit ${MEASURED}::int) latest
     where latest.until <= ${now}::timestamptz`.rows<{ seconds: number | null }>(pool);
  return row?.seconds ?? LEASE_MS / 1_000;
}
