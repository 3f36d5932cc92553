// Which lanes the sweeper finds: the heads that may go, whatever is queued behind others.
import { expect, it } from 'vitest';
import { openCommandLanes } from '#platform/carrier/index.ts';
import { stableId } from '#platform/ids/index.ts';
import { freshDatabase } from '#tests/support/database.ts';

const ACCOUNT = '0190a1b2-0000-7000-8000-00000000000a';
const { db } = await freshDatabase();
const now = new Date('2026-03-02T15:00:00Z');
const unused = () => Promise.reject(new Error('nothing is sent here'));
const lanes = openCommandLanes({
  db,
  now: () => now,
  send: unused,
  settled: unused,
  later: () => {},
});

/** The n-th command of a subject's lane, due in so many seconds. */
const write = (subject: string, n: number, seconds: number) =>
  db.transaction((tx) =>
    lanes.write(tx, ACCOUNT, [
      {
        id: stableId(subject, n),
        subject,
        lane: 'caller',
        n,
        command: { kind: 'hangUp', leg: 'leg', tag: { callId: 'c', leg: 'l', step: 's' } },
        createdAt: new Date(now.getTime() + seconds * 1_000),
        deadlineAt: new Date(now.getTime() + 60_000),
      },
    ]),
  );

it('the longest due come first, and blocked lanes hide nobody', async () => {
  for (const blocked of ['a', 'b', 'c']) {
    await write(blocked, 0, 30);
    await write(blocked, 1, -10);
  }
  await write('young', 0, -1);
  await write('old', 0, -5);
  const due = await lanes.due(now, 2);
  expect(due.map(({ subject }) => subject)).toEqual(['old', 'young']);
});
