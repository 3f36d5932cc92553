// Carrier events whose step fails: kept after the last attempt, shown to the operator, and stepped again on request.
import { expect, it, onTestFinished } from 'vitest';
import { openInbox } from '#platform/carrier/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { freshDatabase } from '#tests/support/database.ts';

const secrets = openSecrets(Buffer.alloc(32, 7));

const ACCOUNT = '0190a1b2-0000-7000-8000-00000000000a';
const { db } = await freshDatabase();
const inbox = openInbox(db, secrets);
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
  await inbox.countFailure(ACCOUNT, 'session-1', { error: 'it broke again', most: 2, now: at });
  expect(await inbox.failed(10)).toEqual([
    { id: 'event-1', kind: 'call.answered', receivedAt: at, error: 'it broke again' },
  ]);
  expect(await inbox.leftover('call', later, 10)).toEqual([]);

  expect(await inbox.replay('another')).toBe(0);
  expect(await inbox.replay('event-1')).toBe(1);
  expect(await inbox.leftover('call', later, 10)).toEqual(left);
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
  const lost = openInbox(db, openSecrets(Buffer.alloc(32, 8)));
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
