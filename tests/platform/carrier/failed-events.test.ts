// Carrier events whose step fails: kept after the last attempt, shown to the operator, and stepped again on request.
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { countFailedEvents, openInbox } from '#platform/carrier/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { freshDatabase } from '#tests/support/database.ts';

const secrets = openSecrets(Buffer.alloc(32, 7));

const ACCOUNT = '0190a1b2-0000-7000-8000-00000000000a';
const { db } = await freshDatabase();
const logged: object[] = [];
const log = { error: (about: object) => logged.push(about) };
const inbox = openInbox(db, secrets, log as never);
beforeEach(() => logged.splice(0));
const at = new Date('2026-03-02T15:00:00.000Z');
const later = new Date('2026-03-02T15:00:05.000Z');

it('waits for the sweeper, fails for good at the last attempt, and waits again when replayed', async () => {
  const head = {
    id: 'event-1',
    kind: 'call.answered',
    session: 'session-1',
    occurredAt: at,
    dialled: null,
    isRead: true,
    isSpoken: false,
  };
  expect(await inbox.store(ACCOUNT, head, '{}', at)).toBe(true);
  expect(await inbox.leftover('call', at, 10)).toEqual([]);
  expect(await inbox.leftover('number_order', later, 10)).toEqual([]);
  const left = [{ accountId: ACCOUNT, session: 'session-1' }];
  expect(await inbox.leftover('call', later, 10)).toEqual(left);

  await inbox.countFailure(ACCOUNT, 'session-1', { error: 'it broke', most: 2, now: at });
  expect(await inbox.failed(10)).toEqual([]);
  expect(await countFailedEvents(db.pool)).toBe(0);
  expect(logged).toEqual([]);
  await inbox.countFailure(ACCOUNT, 'session-1', { error: 'it broke again', most: 2, now: at });
  expect(await inbox.failed(10)).toEqual([
    { id: 'event-1', kind: 'call.answered', receivedAt: at, error: 'it broke again' },
  ]);
  expect(await inbox.leftover('call', later, 10)).toEqual([]);
  expect(await countFailedEvents(db.pool)).toBe(1);
  expect(logged).toEqual([{ err: 'it broke again', accountId: ACCOUNT, eventIds: ['event-1'] }]);

  expect(await inbox.replay('another')).toBe(0);
  expect(await inbox.replay('event-1')).toBe(1);
  expect(await inbox.leftover('call', later, 10)).toEqual(left);
});

const error = async (work: Promise<unknown>) =>
  work.then(
    () => null,
    (thrown: unknown) => thrown,
  );

it('waits for a day where the database was too slow or too full, and spends nothing while it is away', async () => {
  const head = {
    ...{ id: 'event-2', kind: 'call.answered', session: 'session-2', occurredAt: at },
    ...{ dialled: null, isRead: true, isSpoken: false },
  };
  await inbox.store(ACCOUNT, head, '{}', at);
  onTestFinished(async () => {
    await db.prisma.carrierEvent.deleteMany({ where: { session: 'session-2' } });
  });
  const slow = await error(
    db.transaction(async (tx) => {
      await tx.$executeRaw`set local statement_timeout = 1`;
      await tx.$queryRaw`select pg_sleep(10)`;
    }),
  );
  const full = Object.assign(new Error('could not extend file'), { code: '53100' });
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const most = 8;
  const seen = () =>
    db.prisma.carrierEvent.findFirstOrThrow({
      where: { session: 'session-2' },
      select: { state: true, attempts: true },
    });
  await inbox.countFailure(ACCOUNT, 'session-2', { error: away, most, now: at });
  expect(await seen()).toEqual({ state: 'RECEIVED', attempts: 0 });
  const fail = async (errors: unknown[]) => {
    for (const error of errors) {
      await inbox.countFailure(ACCOUNT, 'session-2', { error, most, now: at });
    }
  };
  await fail(Array(10).fill(slow));
  expect(await seen()).toEqual({ state: 'RECEIVED', attempts: 10 });
  // one that has another cause is the first of its kind
  await fail(['it broke']);
  expect(await seen()).toEqual({ state: 'RECEIVED', attempts: 1 });
  await fail(Array(298).fill(full));
  expect(await seen()).toEqual({ state: 'RECEIVED', attempts: 299 });
  await inbox.countFailure(ACCOUNT, 'session-2', { error: slow, most, now: at });
  expect(await seen()).toEqual({ state: 'FAILED', attempts: 300 });
});

it('keeps nothing of what was said, and one that does not open holds up no other', async () => {
  const said = (id: string) => ({
    ...{ id, kind: 'call.transcription', session: 'said:1', occurredAt: at, dialled: null },
    ...{ isRead: true, isSpoken: true },
  });
  // the other test asks for all that failed
  onTestFinished(async () => {
    await db.prisma.carrierEvent.deleteMany({ where: { session: 'said:1' } });
  });
  const lost = openInbox(db, openSecrets(Buffer.alloc(32, 8)), log as never);
  await lost.store(ACCOUNT, said('said-1'), '{"n":1}', at);
  await inbox.store(ACCOUNT, said('said-2'), '{"n":2}', at);
  const rows = await db.transaction((tx) => inbox.waiting(tx, ACCOUNT, 'said:1'));
  expect(rows.map(({ body }) => body)).toEqual([null, { n: 2 }]);
  await db.transaction((tx) => inbox.settle(tx, ACCOUNT, ['said-1'], 'FAILED', 'it broke'));
  await inbox.countFailure(ACCOUNT, 'said:1', { error: 'it broke', most: 2, now: at });
  const bodyOf = async (id: string) =>
    (await db.prisma.carrierEvent.findFirstOrThrow({ where: { id } })).body;
  expect(await bodyOf('said-1')).toEqual({});
  expect(await bodyOf('said-2')).toHaveProperty('sealed');
  await inbox.countFailure(ACCOUNT, 'said:1', { error: 'it broke', most: 2, now: at });
  expect(await bodyOf('said-2')).toEqual({});
});
