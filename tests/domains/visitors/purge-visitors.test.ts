// The purge: what is older than 25 months goes, what is younger stays, and a visitor who still comes is still known.
import { expect, it } from 'vitest';
import { purgeVisitors } from '#domains/visitors/purge-visitors.ts';
import { until } from '#tests/support/town.ts';
import { openWebsite } from './website.ts';

const web = await openWebsite();
const DAY = 86_400_000;

it('drops what is older than 25 months, chunk after chunk, and nothing else', async () => {
  const { browser, tracker, accountId, companyId, sessions, pageViews } = await web.settle();
  const { prisma } = web.db;
  await tracker({ size: 2 });
  const [old, faithful] = [browser(), browser()];
  await old.visits();
  await faithful.visits();
  const at = web.clock.now(accountId);
  const session = (await sessions())[0];
  await prisma.pageView.createMany({
    data: Array.from({ length: 1_200 }, (_, n) => ({
      accountId,
      companyId,
      id: `0190a1b2-0000-7000-8000-${String(n).padStart(12, '0')}`,
      sessionId: session?.id ?? '',
      at,
      url: 'https://www.garage.example/',
      referrer: '',
      title: '',
    })),
  });
  const day = new Date(at.getTime() - DAY);
  const ofDay = { accountId, companyId, day };
  await prisma.siteDay.create({ data: { ...ofDay, deniedVisits: 3 } });
  await prisma.siteSighting.create({ data: { ...ofDay, kind: 'HOST', value: 'a.b', times: 1 } });
  web.clock.advance(700 * DAY);
  await faithful.visits();
  await until('all visits are counted', async () => {
    const { _sum } = await prisma.siteDay.aggregate({
      where: { accountId },
      _sum: { visits: true },
    });
    return _sum.visits === 3;
  });
  web.clock.advance(70 * DAY);
  const signal = new AbortController().signal;
  expect(await purgeVisitors(web, signal)).toBeGreaterThan(1_200);
  expect((await sessions()).map(({ visitorId }) => visitorId)).toEqual([faithful.visitor]);
  expect(await pageViews()).toHaveLength(1);
  const visitors = await prisma.visitor.findMany({ where: { accountId } });
  expect(visitors.map(({ id }) => id)).toEqual([faithful.visitor]);
  const ofThen = { where: { accountId, day } };
  expect(await prisma.siteDay.count(ofThen)).toBe(0);
  expect(await prisma.siteSighting.count(ofThen)).toBe(0);
  // those of the faithful one's latest visit
  expect(await prisma.poolHour.count({ where: { accountId } })).toBe(1);
  expect(await prisma.numberLease.count({ where: { accountId } })).toBe(1);
  expect(await purgeVisitors(web, signal)).toBe(0);
  expect((await faithful.visits()).status).toBe(200);
});
