// What brings a lead, over several visits: whose call it is when its number has been another visitor's since, which source
// a known person's last visit stands for, and which visits are touchpoints.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { attributeInteractionHandler } from '#domains/attribution/index.ts';
import { ORIGIN, openWebsite } from '#tests/domains/visitors/website.ts';

const web = await openWebsite();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const AD = { url: `${ORIGIN}/?gclid=one` };
const job = attributeInteractionHandler(web);

type Site = Awaited<ReturnType<typeof web.settle>>;
const numberOf = (answer: { body: { swaps: { number: string }[] } }) =>
  answer.body.swaps[0]?.number;

/** A call of the pool's number reaches the company, and is judged. */
async function calls(site: Site, pool: { id: string }, from: string, to: string | undefined) {
  const { accountId, companyId } = site;
  web.clock.advance(1_000);
  const { id, leadId } = await site.arrives(from);
  await web.db.prisma.call.create({
    data: {
      ...{ accountId, id, companyId, trackerId: pool.id, from, to: to ?? '', machine: {} },
      ...{ direction: 'INBOUND', state: 'ENDED', carrierSessionId: randomUUID() },
      ...{ startedAt: web.clock.now(accountId), firstCall: true, priorCalls: 0 },
    },
  });
  return { ...(await judged(site, id)), leadId: leadId ?? '' };
}

/** What the job makes of an interaction. */
async function judged({ accountId, interaction }: Site, id: string) {
  await job.run({ accountId, interactionId: id }, {} as never);
  const attribution = await web.db.prisma.attribution.findUniqueOrThrow({
    where: { accountId_id: { accountId, id } },
  });
  const { sourceId } = await interaction(id);
  return { ...attribution, sourceName: await nameOf(accountId, sourceId) };
}

const nameOf = async (accountId: string, sourceId: string | null) =>
  (await web.db.prisma.source.findFirst({ where: { accountId, id: sourceId ?? '' } }))?.name;

/** The names of the sources of a lead's touchpoints, oldest first. */
async function touchesOf({ accountId }: Site, leadId: string) {
  const touches = await web.db.prisma.touchpoint.findMany({
    where: { accountId, leadId },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
  return Promise.all(touches.map(({ sourceId }) => nameOf(accountId, sourceId)));
}

it('a number that its caller has saved is theirs, though another visitor is shown it by now', async () => {
  const site = await web.settle();
  const pool = await site.tracker({ size: 1 });
  const [ann, bob] = [site.browser(), site.browser()];
  const number = numberOf(await ann.visits(AD));
  const first = await calls(site, pool, '+14155550134', number);
  expect(first).toMatchObject({ basis: 'NUMBER_HELD', sourceName: 'Google Ads' });
  web.clock.advance(4 * DAY);
  expect(numberOf(await bob.visits({ referrer: 'https://www.bing.com/' }))).toBe(number);

  const again = await calls(site, pool, '+14155550134', number);
  expect(again).toMatchObject({
    basis: 'CALLER_HISTORY',
    sessionId: ann.session(),
    confidence: 600_000,
    sourceName: 'Google Ads',
    candidates: [
      {
        sessionId: bob.session(),
        probability: 400_000,
        reasons: ['HELD_NUMBER', 'SAVED_NUMBER'],
      },
    ],
  });
  expect(await touchesOf(site, again.leadId)).toEqual(['Google Ads']);
  const known = await web.db.prisma.leadVisitor.findMany({ where: { leadId: again.leadId } });
  expect(known.map(({ visitorId }) => visitorId)).toEqual([ann.visitor]);

  // who was never shown it is taken for the visitor who is
  const stranger = await calls(site, pool, '+14155550135', number);
  expect(stranger).toMatchObject({ basis: 'NUMBER_HELD', sessionId: bob.session() });
});

it('a visitor whom campaigns brought twice does not compete with themself for the number', async () => {
  const site = await web.settle();
  const pool = await site.tracker({ size: 2 });
  const ann = site.browser();
  const number = numberOf(await ann.visits(AD));
  web.clock.advance(5 * 60_000);
  const news = { url: `${ORIGIN}/?utm_source=news&utm_medium=email` };
  expect(numberOf(await ann.visits(news))).toBe(number);
  expect(await site.sessions()).toHaveLength(2);

  const call = await calls(site, pool, '+14155550134', number);
  expect(call).toMatchObject({
    basis: 'NUMBER_HELD',
    sessionId: ann.session(),
    confidence: 1_000_000,
    sourceName: 'Google Ads',
    candidates: [{ sessionId: ann.session(), probability: 1_000_000, reasons: ['HELD_NUMBER'] }],
  });
  // they are known by their browser from now on, with all that brought them
  expect(await touchesOf(site, call.leadId)).toEqual(['Google Ads', 'news']);
});

it('direct visits and ones by the same click change nothing of where a person comes from', async () => {
  const site = await web.settle({ paidClickOverrides: true });
  const pool = await site.tracker({ size: 2 });
  const ann = site.browser();
  const number = numberOf(await ann.visits(AD));
  await calls(site, pool, '+14155550134', number);
  web.clock.advance(2 * DAY);
  await ann.visits();
  web.clock.advance(HOUR);
  // a tab of before wakes, once with nothing that tells so and once by an address without a click
  await ann.visits(AD);
  web.clock.advance(HOUR);
  const news = `${ORIGIN}/?utm_source=news&utm_medium=email`;
  await ann.visits({ url: news });
  web.clock.advance(HOUR);
  await ann.visits({ url: news, referrer: news });
  web.clock.advance(HOUR);
  await ann.visits();
  web.clock.advance(DAY);
  const [, unseen] = pool.numbers.toSorted((one) => (one === number ? -1 : 1));
  const later = await calls(site, pool, '+14155550134', unseen);
  expect(later).toMatchObject({ basis: 'CALLER_HISTORY', sourceName: 'Google Ads' });
  expect(await touchesOf(site, later.leadId)).toEqual(['Google Ads', 'news']);
  expect((await site.sessions()).map(({ setsSource }) => setsSource)).toEqual([
    true,
    ...Array(5).fill(false),
  ]);
});
