// What an interaction of somebody who comes back shows of how they came: the source, its words and its page go together,
// and a click is not lost behind the source that came before it (product.md 4.2). The reports file it by the same.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { attributeInteractionHandler } from '#domains/attribution/index.ts';
import { countInteractions } from '#domains/reports/count-interactions.ts';
import { countAll } from '#domains/reports/index.ts';
import { schema } from '#schema';
import { ORIGIN, openWebsite } from '#tests/domains/visitors/website.ts';
import { runOperation } from '#tests/support/operation.ts';
import { encodeGlobalId } from '#values/global-id.ts';

const web = await openWebsite();
const jobs = { enqueue: async () => {}, enqueueAll: async () => {} } as never;
const attributing = attributeInteractionHandler(web);
const DAY = 86_400_000;
const GOOGLE = 'https://www.google.com/';
const AD = { url: `${ORIGIN}/oak?gclid=one&utm_term=Oak+Doors`, referrer: GOOGLE };
const NEWS = { url: `${ORIGIN}/spring?utm_source=news&utm_medium=email`, referrer: '' };

type Site = Awaited<ReturnType<typeof web.settle>>;

/** The caller dials the number that the page shows; what comes of it is judged and counted. */
async function calls(site: Site, pool: { id: string }, from: string, to: string) {
  const { accountId, companyId } = site;
  web.clock.advance(1_000);
  const { id } = await site.arrives(from);
  const startedAt = web.clock.now(accountId);
  await web.db.prisma.call.create({
    data: {
      ...{ accountId, id, companyId, trackerId: pool.id, from, to, machine: {}, startedAt },
      ...{ direction: 'INBOUND', state: 'ENDED', outcome: 'ANSWERED', endedAt: startedAt },
      ...{ carrierSessionId: randomUUID(), firstCall: true, priorCalls: 0 },
    },
  });
  await attributing.run({ accountId, interactionId: id }, {} as never);
  await web.db.transaction((tx) => countInteractions(tx, { jobs }, accountId, [id]));
  return id;
}

const ask = async (site: Site, source: string, variables: object = {}) => {
  const as = { platform: web as never, viewer: site.viewer };
  const { data, errors } = await runOperation(schema, source, variables as never, as);
  expect(errors).toBeUndefined();
  return data;
};

const CALL = `query($id: ID!) { node(id: $id) { ... on Call {
  source { name medium campaign } keyword landingPageUrl referrer clickIds { name value }
  session { landingPageUrl } } } }`;
const shown = async (site: Site, id: string) =>
  (await ask(site, CALL, { id: encodeGlobalId('Call', id) })).node;

const RANGE = 'range: { from: "2026-03-01", to: "2026-03-31" }';
/** The largest group of each summary, and of the credit for the last touch. */
async function filed(site: Site) {
  const cuts = ['KEYWORD', 'LANDING_PAGE', 'REFERRER'].map(
    (cut) => `c${cut}: callSummary(${RANGE}, groupBy: ${cut}) { groups { key } }
              i${cut}: interactionSummary(${RANGE}, groupBy: ${cut}) { groups { key } }`,
  );
  const last = `last: attributionReport(${RANGE}, model: LAST_TOUCH, groupBy: KEYWORD) { groups { key } }`;
  const data = await ask(site, `{ ${cuts.join(' ')} ${last} }`);
  return Object.fromEntries(
    Object.entries(data).map(([name, summary]) => [
      name,
      (summary as { groups: { key: string | null }[] }).groups.map(({ key }) => key),
    ]),
  );
}

async function counted({ accountId }: Site) {
  const { prisma } = web.db;
  const facts = await prisma.reportFact.findMany({ where: { accountId }, orderBy: { id: 'asc' } });
  const key = ['kind', 'cut', 'span', 'startsAt', 'trackerId', 'sourceId', 'word'] as const;
  const sums = await prisma.reportBucket.findMany({
    where: { accountId },
    orderBy: key.map((name) => ({ [name]: 'asc' as const })),
  });
  return { facts, sums };
}

it('who comes back by themselves is shown with the words and the page of the source that brought them', async () => {
  const site = await web.settle();
  const pool = await site.tracker({ size: 1 });
  const ann = site.browser();
  await ann.visits(AD);
  web.clock.advance(DAY);
  const { body } = await ann.visits();
  const id = await calls(site, pool, '+14155550141', body.swaps[0].number);

  expect(await shown(site, id)).toEqual({
    source: { name: 'Google Ads', medium: 'cpc', campaign: '' },
    keyword: 'Oak Doors',
    landingPageUrl: AD.url,
    referrer: GOOGLE,
    clickIds: [{ name: 'gclid', value: 'one' }],
    session: { landingPageUrl: `${ORIGIN}/` },
  });
  const files = {
    ...{ cKEYWORD: ['oak doors'], iKEYWORD: ['oak doors'], last: ['oak doors'] },
    ...{ cLANDING_PAGE: ['www.garage.example/oak'], iLANDING_PAGE: ['www.garage.example/oak'] },
    ...{ cREFERRER: ['google.com'], iREFERRER: ['google.com'] },
  };
  expect(await filed(site)).toEqual(files);

  // counted anew from the tables it is the same, to the last sum
  const before = await counted(site);
  await countAll({ ...web, jobs }, { everything: true });
  expect(await counted(site)).toEqual(before);

  // a form by the same browser says the same
  await ann.sends({ name: 'Ann', phone: '415 555 0141' });
  const form = await web.db.prisma.formSubmission.findFirstOrThrow({
    where: { accountId: site.accountId },
  });
  await attributing.run({ accountId: site.accountId, interactionId: form.id }, {} as never);
  const OF_FORM = CALL.replace('... on Call', '... on FormSubmission');
  const { node } = await ask(site, OF_FORM, { id: encodeGlobalId('FormSubmission', form.id) });
  expect(node).toEqual(await shown(site, id));
});

it('a click is told of with the interaction though another source came first, of each network the newest', async () => {
  const site = await web.settle();
  const pool = await site.tracker({ size: 1 });
  const ann = site.browser();
  await ann.visits(NEWS);
  web.clock.advance(DAY);
  await ann.visits(AD);
  web.clock.advance(DAY);
  const { body } = await ann.visits({ url: `${ORIGIN}/?gclid=two` });
  web.clock.advance(DAY);
  // a link from a post among friends: no proof of an advertisement, and no reason to forget one
  await ann.visits({ url: `${ORIGIN}/?fbclid=friend`, referrer: 'https://www.facebook.com/' });
  const id = await calls(site, pool, '+14155550142', body.swaps[0].number);

  expect(await shown(site, id)).toMatchObject({
    source: { name: 'news', medium: 'email' },
    ...{ keyword: null, landingPageUrl: NEWS.url, referrer: null },
    clickIds: [
      { name: 'gclid', value: 'two' },
      { name: 'fbclid', value: 'friend' },
    ],
    session: { landingPageUrl: `${ORIGIN}/?fbclid=friend` },
  });
  const files = await filed(site);
  expect(files).toMatchObject({
    ...{ cKEYWORD: [null], iKEYWORD: [null], last: [null] },
    ...{ cLANDING_PAGE: ['www.garage.example/spring'], cREFERRER: [null] },
  });
});

it('of another visit than the source’s own nothing is shown beside it, and what was counted stays counted', async () => {
  const site = await web.settle();
  const pool = await site.tracker({ size: 1 });
  const ann = site.browser();
  await ann.visits(AD);
  const first = ann.session() ?? '';
  web.clock.advance(DAY);
  const { body } = await ann.visits({ url: `${ORIGIN}/later` });
  const id = await calls(site, pool, '+14155550143', body.swaps[0].number);
  const before = await counted(site);
  const { accountId } = site;
  // as the purge of old visits does
  await web.db.prisma.visitorSession.delete({ where: { accountId_id: { accountId, id: first } } });

  expect(await shown(site, id)).toMatchObject({
    source: { name: 'Google Ads' },
    ...{ keyword: null, landingPageUrl: null, referrer: null, clickIds: [] },
    session: { landingPageUrl: `${ORIGIN}/later` },
  });
  await countAll({ ...web, jobs }, { everything: true });
  expect(await counted(site)).toEqual(before);
});

it('of the pages of a visit those are shown that led to it, the latest first, not those read afterwards', async () => {
  const site = await web.settle();
  const pool = await site.tracker({ size: 1 });
  const ann = site.browser();
  const { body } = await ann.visits(AD);
  web.clock.advance(1_000);
  await ann.views('/prices');
  const id = await calls(site, pool, '+14155550144', body.swaps[0].number);
  web.clock.advance(1_000);
  await ann.views('/after');

  const PAGES = `query($id: ID!, $first: Int, $after: Cursor) { node(id: $id) { ... on Call {
    pageViews(first: $first, after: $after) { totalCount nodes { url referrer } pageInfo { hasNextPage endCursor } }
    session { pageViews { totalCount } } } } }`;
  const variables = { id: encodeGlobalId('Call', id), first: 1 };
  const [prices, landing] = [
    { url: `${ORIGIN}/prices`, referrer: `${ORIGIN}/` },
    { url: AD.url, referrer: GOOGLE },
  ];
  const { node } = await ask(site, PAGES, variables);
  expect(node).toMatchObject({
    pageViews: { totalCount: 2, nodes: [prices], pageInfo: { hasNextPage: true } },
    session: { pageViews: { totalCount: 3 } },
  });
  const after = node.pageViews.pageInfo.endCursor;
  const rest = (await ask(site, PAGES, { ...variables, after })).node.pageViews;
  expect(rest).toMatchObject({ nodes: [landing], pageInfo: { hasNextPage: false } });

  const blind = {
    ...site.viewer,
    scopes: site.viewer.scopes.filter((one) => one !== 'leads:read'),
  };
  const hidden = await ask({ ...site, viewer: blind } as Site, PAGES, variables);
  expect(hidden.node).toEqual({ pageViews: null, session: null });
});
