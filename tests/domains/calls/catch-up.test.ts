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
  const slice = { db, clock, log, inbox: openInbox(db, secrets), carriers: carriers as never };
  const working = await openOurs();
  await db.transaction((tx) =>
    working.enqueueAll(tx, catchUpAccountJob, [{ accountId: hanging }, { accountId: other }]),
  );
  await working.work([catchUpAccountHandler(slice), catchUpHandler({ db, jobs })]);
  await expect.poll(() => [...asked].sort(), { timeout: 10_000 }).toEqual([hanging, other].sort());
  letGo();
  await working.stop();
});
