// The jobs that ask the carriers for missed webhooks: one for each account, so that nobody waits behind those that hang.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { catchUpAccountHandler, catchUpHandler } from '#domains/calls/catch-up-webhooks.ts';
import { catchUpAccountJob, catchUpJob } from '#domains/calls/index.ts';
import { openInbox } from '#platform/carrier/index.ts';
import { openJobs } from '#platform/jobs/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { openTown } from '#tests/domains/interactions/town.ts';

const secrets = openSecrets(Buffer.alloc(32, 7));

const { db, clock, log } = await openTown();
const openOurs = () => openJobs({ db, log, definitions: [catchUpJob, catchUpAccountJob] });
const jobs = await openOurs();
afterAll(() => jobs.stop());
beforeEach(() => db.pool.query('delete from pgboss.job'));

const waiting = async () => {
  const { rows } = await db.pool.query<{ id: string }>(
    `select data->>'accountId' as id from pgboss.job where name = $1 and state = 'created'`,
    [catchUpAccountJob.name],
  );
  return rows.map(({ id }) => id).sort();
};

it('each account is given one, in more than one batch, and no second while the first waits', async () => {
  const ids = Array.from({ length: 450 }, () => randomUUID()).sort();
  await db.prisma.account.createMany({
    data: ids.map((id) => ({ id, name: 'One', mode: 'TEST', createdAt: clock.now(id) })),
  });
  const { run } = catchUpHandler({ db, jobs });
  const job = { id: 'try', attempt: 1, signal: new AbortController().signal };
  await run({}, job);
  expect(await waiting()).toEqual(ids);
  await run({}, job);
  expect(await waiting()).toEqual(ids);
});

it('an account is asked while the carrier of another hangs', async () => {
  const [hanging, other] = [randomUUID(), randomUUID()];
  const asked = new Set<string>();
  let letGo = () => {};
  const hangs = new Promise<void>((resolve) => (letGo = resolve));
  const lineOf = (accountId: string) => ({
    async *sentWebhooks() {
      asked.add(accountId);
      if (accountId === hanging) await hangs;
      yield* [];
    },
    async *lostTextWebhooks() {
      yield* [];
    },
  });
  const carriers = { publicKeyOf: async () => 'key', of: async (id: string) => lineOf(id) };
  const slice = { db, clock, log, inbox: openInbox(db, secrets, log), carriers: carriers as never };
  const working = await openOurs();
  await db.transaction((tx) =>
    working.enqueueAll(tx, catchUpAccountJob, [{ accountId: hanging }, { accountId: other }]),
  );
  await working.work([catchUpAccountHandler(slice), catchUpHandler({ db, jobs })]);
  await expect.poll(() => [...asked].sort(), { timeout: 10_000 }).toEqual([hanging, other].sort());
  letGo();
  await working.stop();
});

it('what a long outage left is stored together, and a run that is cut off is gone on with', async () => {
  const accountId = randomUUID();
  const nowMs = clock.now(accountId).getTime();
  const startMs = nowMs - 10 * 3_600_000;
  const log500 = Array.from({ length: 500 }, (_, n) => ({
    data: {
      ...{ id: randomUUID(), event_type: 'call.hangup' },
      occurred_at: new Date(startMs + n * 60_000).toISOString(),
      payload: { call_control_id: 'c', call_leg_id: 'l', call_session_id: randomUUID() },
    },
  }));
  const asked: Date[] = [];
  const stop = new AbortController();
  const line = {
    async *sentWebhooks(since: Date) {
      asked.push(since);
      for (const [n, one] of log500.entries()) {
        if (Date.parse(one.data.occurred_at) < since.getTime()) continue;
        if (n === 450 && asked.length === 1) stop.abort();
        yield one;
      }
    },
    async *lostTextWebhooks() {
      yield* [];
    },
  };
  let inserts = 0;
  const pool = {
    query: (...given: Parameters<typeof db.pool.query>) => {
      if (JSON.stringify(given).includes('insert into carrier_event')) inserts += 1;
      return db.pool.query(...given);
    },
  };
  const carriers = { publicKeyOf: async () => 'key', of: async () => line };
  const inbox = openInbox({ pool } as never, secrets, log);
  const slice = { db, clock, log, inbox, carriers: carriers as never };
  const { run } = catchUpAccountHandler(slice);
  const job = { id: 'try', attempt: 1, signal: stop.signal };
  await run({ accountId }, job);
  const stored = () => db.prisma.carrierEvent.count({ where: { accountId } });
  expect(await stored()).toBe(400);
  const again = { ...job, signal: new AbortController().signal };
  expect(await run({ accountId }, again)).toBe('missing 100');
  expect(await stored()).toBe(500);
  expect(inserts).toBe(3);
  // five minutes before the last webhook that was stored
  expect(asked[1]?.getTime()).toBe(startMs + 394 * 60_000);
});

/** An account that was heard last at that time, whose carrier is asked now: from when, and what the log says of it. */
async function askedAfter(heardTo: Date) {
  const accountId = randomUUID();
  await db.prisma.carrierCatchUp.create({ data: { accountId, heardTo } });
  const asked: Date[] = [];
  const line = {
    async *sentWebhooks(since: Date) {
      asked.push(since);
      yield* [];
    },
    async *lostTextWebhooks() {
      yield* [];
    },
  };
  const carriers = { publicKeyOf: async () => 'key', of: async () => line };
  const said: [string, object][] = [];
  const listening = {
    warn: (about: object) => said.push(['warn', about]),
    error: (about: object) => said.push(['error', about]),
  };
  const inbox = openInbox(db, secrets, log);
  const slice = { db, clock, log: listening, inbox, carriers } as never;
  const { run } = catchUpAccountHandler(slice);
  const job = { id: 'try', attempt: 1, signal: new AbortController().signal };
  expect(await run({ accountId }, job)).toBe('missing 0');
  const kept = await db.prisma.carrierCatchUp.findUniqueOrThrow({ where: { accountId } });
  return { accountId, since: asked[0], heardTo: kept.heardTo, said };
}
const HOUR_MS = 3_600_000;
const nowMs = () => clock.now('').getTime();
const hence = (ms: number) => new Date(nowMs() + ms);

it('after a clock that was ahead a whole day is asked for, and what it wrote is taken back', async () => {
  const ahead = hence(3 * HOUR_MS);
  const { accountId, since, heardTo, said } = await askedAfter(ahead);
  expect(since).toEqual(hence(-24 * HOUR_MS));
  expect(heardTo).toEqual(hence(0));
  expect(said).toEqual([
    ['warn', { accountId, heardTo: ahead, now: hence(0), since: hence(-24 * HOUR_MS) }],
  ]);
  // clocks of two machines differ a little
  const little = hence(60_000);
  expect(await askedAfter(little)).toMatchObject({
    ...{ since: hence(-4 * 60_000), heardTo: little, said: [] },
  });
});

it('an outage that was longer than the carrier keeps its log is told, with what is lost', async () => {
  const before = hence(-30 * HOUR_MS);
  const { accountId, since, heardTo, said } = await askedAfter(before);
  expect(since).toEqual(hence(-24 * HOUR_MS));
  expect(heardTo).toEqual(hence(0));
  expect(said).toEqual([['error', { accountId, from: before, to: hence(-24 * HOUR_MS) }]]);
  expect((await askedAfter(hence(-23 * HOUR_MS))).said).toEqual([]);
});
