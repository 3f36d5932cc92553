// However little a filter leaves of a long log, one read looks at a bounded number of events and gets on.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { readEvents } from '#platform/events/reader.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { append, event, newAccount, numbers, openLog, settled, take } from './makers.ts';

const { db } = await freshDatabase();
const log = await openLog(db);
const never = new AbortController().signal;

it('a read, a page and a follower get to the few wanted events by short steps', async () => {
  const accountId = newAccount();
  const after = await log.head();
  const many = Array.from({ length: 60 }, (_, n) => event(n, { subject: `call:${n}` }));
  const wanted = event(99, { subject: 'call:59', companyId: randomUUID() });
  await append(db, log, accountId, [...many, wanted]);
  await settled(db);
  const filter = { companyIds: [wanted.companyId ?? ''] };
  const one = await readEvents(db.pool, { accountId, after, limit: 5, filter, scan: 10 });
  expect([one.events, one.more, one.reached.seq - after.seq]).toEqual([[], true, 10n]);
  // a page makes at most 20 such steps, then says how far it got
  const request = { accountId, after, limit: 5, filter };
  const short = await log.page({ ...request, scan: 2 });
  expect(short).toMatchObject({ events: [], hasMore: true });
  const rest = await log.page({ ...request, after: short.reached, scan: 2 });
  expect([numbers(rest.events), rest.hasMore]).toEqual([[99], false]);
  for (const asked of [request, { ...request, filter: { subjects: ['call:59'] } }]) {
    const follower = log.follow({ ...asked, signal: never, scan: 2 });
    const count = asked === request ? 1 : 2;
    expect(numbers(await take(follower, count))).toEqual([59, 99].slice(-count));
    await follower.return();
  }
});
