// Query.explainSwap: which tracker each number of a page would be swapped by, as a visit is, and why; kept to rights.
import { expect, it } from 'vitest';
import { createSourceRule } from '#domains/visitors/sources/rules/create-source-rule.ts';
import { updateSite } from '#domains/visitors/update-site.ts';
import { schema } from '#schema';
import { BUSINESS, ORIGIN, openWebsite } from '#tests/domains/visitors/website.ts';
import { runOperation } from '#tests/support/operation.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';

const web = await openWebsite();
const FAX = '+13125550178';
const [ADS, ALWAYS] = ['+13125550171', '+13125550172'];
const EXPLAIN = `query($url: String!, $referrer: String, $numbers: [PhoneNumber!], $companyId: ID!) {
  explainSwap(url: $url, referrer: $referrer, numbers: $numbers, companyId: $companyId) {
    target number rank explanation tracker { name } runnersUp { name } } }`;

async function settle() {
  const site = await web.settle();
  const explain = async (fields: object = {}, viewer: Viewer = site.viewer) => {
    const companyId = encodeGlobalId('Company', site.companyId);
    const variables = { url: `${ORIGIN}/doors?gclid=abc`, companyId, ...fields };
    const as = { platform: web as never, viewer };
    const { data, errors } = await runOperation(schema, EXPLAIN, variables, as);
    return errors ? { errors } : data.explainSwap;
  };
  const match = { kind: 'LANDING_PARAMETER', parameter: 'gclid' };
  /** Their names, by what they are for. */
  const trackers = async () => {
    const made = {
      pool: await site.tracker({ targets: [BUSINESS], numbers: ['+13125550173'] }),
      always: await site.tracker({ type: 'SOURCE', targets: [BUSINESS], numbers: [ALWAYS] }),
      ads: await site.tracker({ type: 'SOURCE', match, targets: [BUSINESS], numbers: [ADS] }),
      empty: await site.tracker({ type: 'SOURCE', match, targets: [FAX], size: 0 }),
    };
    const rows = await web.db.prisma.tracker.findMany({ where: { accountId: site.accountId } });
    const nameOf = ({ id }: { id: string }) => rows.find((row) => row.id === id)?.name;
    return { pool: nameOf(made.pool), always: nameOf(made.always), ads: nameOf(made.ads) };
  };
  return { ...site, explain, trackers };
}

it('tells for each target the tracker, its rank, the others, and why; and a visit is shown the same', async () => {
  const { explain, trackers, browser, sessions } = await settle();
  const { pool, always, ads } = await trackers();
  const [swap, fax] = await explain();
  expect(swap).toEqual({
    ...{ target: BUSINESS, number: ADS, rank: 1, tracker: { name: ads } },
    runnersUp: [{ name: always }, { name: pool }],
    explanation: `"${ads}" is shown by rank 1 (landing page): the landing page has the parameter gclid. Next would be "${always}" by rank 4 (always shown): it is for every visit.`,
  });
  expect(fax).toEqual({
    ...{ target: FAX, number: null, rank: null, tracker: null, runnersUp: [] },
    explanation:
      'No tracker for this number has a number in service and fits the visit: the page’s own number stays.',
  });
  expect(await sessions()).toEqual([]);
  const shown = await browser().visits({
    url: `${ORIGIN}/doors?gclid=abc`,
    numbers: [BUSINESS, FAX],
  });
  expect(shown.body.swaps).toMatchObject([{ target: BUSINESS, number: ADS }]);
});

it('a pool lends each visitor another number, so none is told', async () => {
  const { explain, tracker } = await settle();
  await tracker({ targets: [BUSINESS], numbers: ['+13125550174'] });
  const [swap] = await explain({ url: 'no address \u0001', referrer: 'nowhere' });
  expect(swap).toMatchObject({ target: BUSINESS, number: null, rank: 5, runnersUp: [] });
  expect(swap.explanation).toContain('No other tracker fits.');
});

it('tells of the numbers that are asked, once each, and of a site that is switched off', async () => {
  const { explain, trackers, viewer, companyId } = await settle();
  await trackers();
  const other = '+13125550179';
  const told = await explain({ numbers: [other, BUSINESS, BUSINESS] });
  expect(told).toMatchObject([
    {
      target: other,
      tracker: null,
      explanation:
        'No active tracker of the company is for this number: the page’s own number stays.',
    },
    { target: BUSINESS, number: ADS },
  ]);
  await updateSite(web, viewer, { companyId, enabled: false });
  expect(await explain({ numbers: [BUSINESS] })).toMatchObject([
    {
      ...{ target: BUSINESS, number: null, tracker: null },
      explanation: 'The company or its site is switched off: the page’s own number stays.',
    },
  ]);
  const many = Array.from({ length: 51 }, (_, n) => `+131255502${String(n).padStart(2, '0')}`);
  expect((await explain({ numbers: many })).errors[0].extensions.code).toBe('BAD_INPUT');
});

it('a rule that names a search as it is listed leaves the trackers of that search as they were', async () => {
  const { explain, tracker, viewer, companyId } = await settle();
  const match = { kind: 'SEARCH', engine: 'GOOGLE', searchType: 'PAID' };
  await tracker({ type: 'SOURCE', match, targets: [BUSINESS], numbers: [ADS] });
  const url = `${ORIGIN}/?gclid=abc&utm_campaign=brand+doors`;
  const before = await explain({ url });
  expect(before).toMatchObject([{ target: BUSINESS, number: ADS, rank: 2 }]);
  await createSourceRule(web, viewer, {
    ...{ companyId, name: 'Google Ads', medium: 'cpc', campaign: 'Brand' },
    conditions: [{ part: 'UTM_CAMPAIGN', match: 'CONTAINS', value: 'brand' }],
  });
  expect(await explain({ url })).toEqual(before);
});

it('needs numbers:read, and a company of the viewer’s', async () => {
  const { explain, viewer, otherCompanyId } = await settle();
  expect(await explain({}, { ...viewer, scopes: ['numbers:read'] })).toEqual([]);
  const codeFor = async (as: Viewer) => (await explain({}, as)).errors[0].extensions.code;
  expect(await codeFor({ ...viewer, scopes: ['settings:read'] })).toBe('FORBIDDEN');
  expect(await codeFor({ ...viewer, companyIds: [otherCompanyId] })).toBe('FORBIDDEN');
  expect(await codeFor((await settle()).viewer)).toBe('NOT_FOUND');
});
