// Visitors come and go by chance, thousands of them, through the real leases: as many find no number as Erlang's formula
// says, which is what pools are sized by.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { readSwapTrackers } from '#domains/numbers/index.ts';
import { lossOf } from '#domains/visitors/erlang.ts';
import { leaseNumbers } from '#domains/visitors/lease-numbers.ts';
import { newId } from '#platform/ids/index.ts';
import { seeded } from '#tests/support/seeded.ts';
import { openWebsite } from './website.ts';

const SEED = 20_260_302;
const NUMBERS = 5;
/** erlangs: 19.9 % are lost */
const LOAD = 4;
const MEAN_STAY_MS = 10 * 60_000;
const BATCHES = 30;
const A_BATCH = 200;
/** Student's t for 29 degrees of freedom, 95 % on both sides */
const T = 2.045;

const web = await openWebsite();
const random = seeded(SEED);
const exponential = (mean: number) => -mean * Math.log(1 - random());

it(`loses the share of visitors that Erlang's B tells (seed ${SEED})`, async () => {
  const { accountId, companyId, tracker, browser, sessions } = await web.settle();
  await tracker({ size: NUMBERS });
  // a source and a session to copy the others from
  await browser().visits({ numbers: [] });
  const [model] = await sessions();
  if (!model) throw new Error('The first visit made no session.');
  const wishes = (await readSwapTrackers(web.db, accountId, companyId)).map((pool) => [pool]);
  const { prisma } = web.db;

  const arrives = async (): Promise<boolean> => {
    const now = web.clock.now(accountId);
    const visitorId = randomUUID();
    const seen = { firstSeenAt: now, lastSeenAt: now };
    await prisma.visitor.create({ data: { accountId, companyId, id: visitorId, ...seen } });
    const id = newId();
    await prisma.visitorSession.create({
      data: { ...model, clickIds: {}, customCookies: {}, id, visitorId, startedAt: now },
    });
    const session = { accountId, companyId, id, visitorId, askedPools: [] };
    const granted = await web.db.transaction((tx) =>
      leaseNumbers(
        web,
        tx,
        { session, isNew: true, foreseen: null, write: async () => {} },
        wishes,
        now,
      ),
    );
    const isServed = [...granted.values()].every((number) => number !== null);
    // its heartbeats keep the number for as long as the visitor stays
    const leasedUntil = new Date(now.getTime() + Math.round(exponential(MEAN_STAY_MS)));
    if (isServed) {
      await prisma.poolNumber.updateMany({
        where: { accountId, sessionId: id },
        data: { leasedUntil },
      });
    }
    return isServed;
  };

  const shares: number[] = [];
  for (let batch = -1; batch < BATCHES; batch += 1) {
    let lost = 0;
    for (let n = 0; n < A_BATCH; n += 1) {
      web.clock.advance(Math.round(exponential(MEAN_STAY_MS / LOAD)));
      if (!(await arrives())) lost += 1;
    }
    // the first one only fills the pool
    if (batch >= 0) shares.push(lost / A_BATCH);
  }
  const mean = shares.reduce((sum, share) => sum + share, 0) / BATCHES;
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (BATCHES - 1);
  const halfWidth = T * Math.sqrt(variance / BATCHES);
  expect(halfWidth).toBeLessThan(0.05);
  expect(Math.abs(mean - lossOf(LOAD, NUMBERS))).toBeLessThanOrEqual(halfWidth);
  const pool = await prisma.numberPool.findFirstOrThrow({ where: { accountId } });
  const held = await prisma.poolNumber.count({ where: { accountId, isHeld: true } });
  expect(pool.held).toBe(held);
}, 600_000);
