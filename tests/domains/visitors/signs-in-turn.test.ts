// Page views and heartbeats of many accounts at once: they are written by as many connections as they are given.

import pLimit from 'p-limit';
import { expect, it } from 'vitest';
import { writeSigns } from '#domains/visitors/signs-of-life.ts';
import { until } from '#tests/support/town.ts';
import { openWebsite } from './website.ts';

const web = await openWebsite();

it('heartbeats of many accounts take no more connections than their share', async () => {
  const sessions = [];
  for (let n = 0; n < 5; n += 1) {
    const { browser, accountId, companyId } = await web.settle();
    const ada = browser();
    await ada.visits({ numbers: [] });
    sessions.push({ accountId, companyId, visitorId: ada.visitor, sessionId: ada.session() ?? '' });
  }
  const signs = sessions.map((one) => ({
    ...one,
    at: web.clock.now(one.accountId),
    pageView: null,
    dialled: null,
    shows: true,
  }));
  const inTurn = pLimit(2);
  const writing = await web.db.transaction(async (tx) => {
    await tx.$queryRawUnsafe('select from visitor_session for update');
    const written = writeSigns(web, signs, inTurn);
    await until('two of them wait for a session', async () => {
      const [row] = await tx.$queryRawUnsafe<{ waiting: number }[]>(
        `select count(*)::int as waiting from pg_locks where locktype = 'transactionid' and not granted`,
      );
      return row?.waiting === 2;
    });
    expect([inTurn.activeCount, inTurn.pendingCount]).toEqual([2, 3]);
    return { written };
  });
  expect(await writing.written).toEqual(signs.map(() => 'KEPT'));
});
