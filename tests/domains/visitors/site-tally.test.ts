// The tally of a process: counted exactly, also by several processes and over a database that is away; and bounded,
// whatever strangers send.
import { createHash, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { openCollector } from '#domains/visitors/index.ts';
import { rotateSiteKey } from '#domains/visitors/rotate-site-key.ts';
import { openTally } from '#domains/visitors/site-tally.ts';
import { DatabaseUnavailable } from '#platform/db/index.ts';
import { openLimits } from '#platform/limits/index.ts';
import { until } from '#tests/support/town.ts';
import { ORIGIN, openWebsite } from './website.ts';

const web = await openWebsite();
const { prisma } = web.db;

const daysOf = (accountId: string) =>
  prisma.siteDay.findMany({ where: { accountId }, orderBy: { day: 'asc' } });
const seenOf = async (accountId: string) =>
  (await prisma.siteSighting.findMany({ where: { accountId }, orderBy: { value: 'asc' } })).map(
    ({ kind, value, times }) => `${kind} ${value} ${times}`,
  );

it('adds up what several processes gathered, by day, and what a stop finds is written', async () => {
  const { accountId, companyId } = await web.settle();
  const tallies = [openTally(web), openTally(web)];
  const at = web.clock.now(accountId);
  const mark = { accountId, companyId, at, counts: ['visits'] as const };
  for (const tally of tallies) {
    for (let n = 0; n < 100; n += 1) tally.add(mark);
    tally.add({
      ...mark,
      counts: ['visits', 'targetVisits'],
      seen: [{ kind: 'HOST', value: 'a' }],
    });
    tally.add({ ...mark, at: new Date(at.getTime() + 86_400_000), counts: ['foreignVisits'] });
  }
  await Promise.all(tallies.map((tally) => tally.stop()));
  expect(await daysOf(accountId)).toMatchObject([
    { visits: 202, targetVisits: 2, deniedVisits: 0 },
    { visits: 0, foreignVisits: 2 },
  ]);
  expect(await seenOf(accountId)).toEqual(['HOST a 2']);
  const site = await prisma.site.findFirstOrThrow({ where: { accountId } });
  // to the minute
  expect(site.lastSeenAt?.getTime()).toBe(at.getTime() - (at.getTime() % 60_000));
});

it('keeps what could not be written, and writes it once', async () => {
  const { accountId, companyId } = await web.settle();
  let isAway = true;
  const db: typeof web.db = {
    ...web.db,
    transaction: (work) =>
      isAway ? Promise.reject(new DatabaseUnavailable('away')) : web.db.transaction(work),
  };
  const tally = openTally({ ...web, db });
  const seen = [{ kind: 'HOST', value: 'a' }] as const;
  const mark = { accountId, companyId, at: web.clock.now(accountId), counts: ['visits'] as const };
  tally.add({ ...mark, seen });
  await tally.stop();
  tally.add({ ...mark, seen });
  isAway = false;
  await tally.stop();
  expect(await daysOf(accountId)).toMatchObject([{ visits: 2 }]);
  expect(await seenOf(accountId)).toEqual(['HOST a 2']);
});

it('counts a visit that comes again, at once too, as one', async () => {
  const { accountId, visitBody } = await web.settle();
  const collector = openCollector({ ...web, limits: openLimits(web.db) });
  const body = visitBody();
  const page = {
    site: await collector.admit(body.key, ORIGIN),
    agent: { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0', isMobile: undefined },
    sender: { id: 'sender', bringsNewVisitor: async () => {} },
  };
  const other = { ...body, id: randomUUID() };
  await Promise.all([body, body, other].map((one) => collector.visit(page, one)));
  await collector.visit(page, body);
  await collector.stop();
  expect(await daysOf(accountId)).toMatchObject([{ visits: 2, deniedVisits: 0 }]);
});

it('loses one site’s count that cannot be written, and no other', async () => {
  const [mine, theirs] = [await web.settle(), await web.settle()];
  const tally = openTally(web);
  // longer than an index takes, however well it is compressed
  const value = Array.from({ length: 200 }, (_, n) =>
    createHash('sha256').update(`${n}`).digest('hex'),
  ).join('');
  for (const [{ accountId, companyId }, host] of [
    [mine, 'a'],
    [theirs, value],
  ] as const) {
    const at = web.clock.now(accountId);
    const seen = [{ kind: 'HOST', value: host }] as const;
    tally.add({ accountId, companyId, at, counts: ['visits'], seen });
  }
  await tally.stop();
  expect(await daysOf(mine.accountId)).toMatchObject([{ visits: 1 }]);
  expect(await daysOf(theirs.accountId)).toEqual([]);
});

it('a name that no host can have is refused and not noted', async () => {
  const { accountId, visitBody } = await web.settle();
  const origin = `https://${'a'.repeat(60)}.${'b'.repeat(240)}.example`;
  expect((await web.post('visit', visitBody(), { origin })).status).toBe(403);
  await until('it is counted', async () => (await daysOf(accountId)).length === 1);
  expect(await seenOf(accountId)).toEqual([]);
});

it('notes 20 foreign hosts of a day and counts all, and a key that ran out', async () => {
  const { accountId, companyId, viewer, visitBody } = await web.settle();
  const strangers = Array.from({ length: 30 }, (_, n) => `https://copy${n}.example`);
  for (const origin of strangers) {
    expect((await web.post('visit', visitBody(), { origin })).status).toBe(403);
  }
  await rotateSiteKey(web, viewer, { companyId, overlapSeconds: 60 });
  web.clock.advance(61_000);
  expect((await web.post('visit', visitBody())).body.code).toBe('UNKNOWN_KEY');
  const counts = await until('all are counted', async () => {
    const [day] = await daysOf(accountId);
    return day?.oldKeyVisits === 1 ? day : null;
  });
  expect(counts).toMatchObject({ visits: 0, foreignVisits: 30, oldKeyVisits: 1 });
  expect(await seenOf(accountId)).toHaveLength(20);
});
