// Credit shared by models, to the millionth; late news of a lead's visits; and costs beside it.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { encodeRowKey } from '#values/cursor.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openLedger } from './ledger.ts';

const ledger = await openLedger();
const { prisma } = ledger.db;
type Account = Awaited<ReturnType<typeof ledger.settle>>;

const REPORT = `query($model: AttributionModel!, $groupBy: AttributionGroupBy!, $first: Int) {
  attributionReport(model: $model, groupBy: $groupBy, first: $first, range: { from: "2026-03-01", to: "2026-03-31" }) {
    costsUntil total { interactionMillionths cost { amountCents } }
    groups { key figures { interactionMillionths leadMillionths goodLeadMillionths
      value { amountCents } cost { amountCents } costPerLead { amountCents }
      costPerQualifiedLead { amountCents } returnOnCost } } } }`;
const report = async (town: Account, model: string, groupBy = 'SOURCE', first = 50) =>
  (await town.ask(REPORT, { model, groupBy, first })).attributionReport;
const credits = async (town: Account, model: string) =>
  (await report(town, model)).groups.map((one: { key: string; figures: object }) => [
    one.key,
    (one.figures as { interactionMillionths: number }).interactionMillionths,
  ]);

async function touch(town: Account, leadId: string, source: string, at: string) {
  const { accountId } = town;
  const sourceId = await town.sourceOf(source);
  await prisma.touchpoint.create({
    data: { accountId, leadId, ownLeadId: leadId, id: randomUUID(), at: new Date(at), sourceId },
  });
}

it('credit is shared by model, sums to whole interactions, and follows what becomes known of a lead', async () => {
  const town = await ledger.settle();
  const { accountId } = town;
  const lead = await town.lead('2026-03-02T10:00:00Z');
  await touch(town, lead, 'Ad', '2026-03-01T10:00:00Z');
  await touch(town, lead, 'Mail', '2026-03-02T09:00:00Z');
  await touch(town, lead, 'Search', '2026-03-03T09:00:00Z');
  const calls = [];
  for (const day of ['04', '05', '06', '07']) {
    const call = await town.call({ leadId: lead, at: `2026-03-${day}T10:00:00Z` });
    calls.push(call);
  }
  const unknown = await town.call({ source: 'Poster', at: '2026-03-04T10:00:00Z' });
  await town.count(...calls, unknown);

  expect(await credits(town, 'FIRST_TOUCH')).toEqual([
    ['Ad', 4_000_000],
    ['Poster', 1_000_000],
  ]);
  expect(await credits(town, 'FIFTY_FIFTY')).toEqual([
    ['Ad', 2_000_000],
    ['Mail', 2_000_000],
    ['Poster', 1_000_000],
  ]);
  const linear = await report(town, 'LINEAR');
  expect(linear.total.interactionMillionths).toBe(5_000_000);
  const shares = linear.groups.map(
    (one: { figures: { interactionMillionths: number } }) => one.figures.interactionMillionths,
  );
  expect(shares).toEqual([1_333_336, 1_333_332, 1_333_332, 1_000_000]);
  expect(await credits(town, 'QUALIFIED')).toEqual([[null, 5_000_000]]);

  // the third call shows a browser with a visit that is older than all calls: it changes those, too
  await touch(town, lead, 'Old ad', '2026-02-01T10:00:00Z');
  await town.count(calls[3] as string);
  await ledger.work();
  expect(await credits(town, 'FIRST_TOUCH')).toEqual([
    ['Old ad', 4_000_000],
    ['Poster', 1_000_000],
  ]);

  const where = { accountId_id: { accountId, id: lead } };
  await prisma.lead.update({ where, data: { qualifiedAt: new Date('2026-03-04T11:00:00Z') } });
  ledger.queue.push({ name: 'reports.recount-lead', payload: { accountId, leadId: lead } });
  await ledger.work();
  expect(await credits(town, 'QUALIFIED')).toEqual([
    ['Search', 4_000_000],
    [null, 1_000_000],
  ]);
});

it('a form counts for the keyword that was told with it, where no visit is known', async () => {
  const town = await ledger.settle();
  const form = await town.form([], '2026-03-04T10:00:00Z', { term: 'Garage Door' });
  await town.count(form);
  const { groups } = await report(town, 'LAST_TOUCH', 'KEYWORD');
  expect(groups).toMatchObject([
    { key: 'garage door', figures: { interactionMillionths: 1_000_000 } },
  ]);
});

it('costs stand beside credit whatever their case, are found and replaced by their key, and are refused by row and field', async () => {
  const town = await ledger.settle();
  const lead = await town.lead('2026-03-02T10:00:00Z');
  const good = await town.call({
    ...{ leadId: lead, source: 'Ad', at: '2026-03-02T10:00:00Z' },
    ...{ leadStatus: 'GOOD_LEAD', valueCents: 30_000n },
  });
  await town.count(good);
  const imports = async (input: object, as = town.viewer) => {
    const companyId = encodeGlobalId('Company', town.companyId);
    const { importCosts } = await town.ask(
      `mutation($input: ImportCostsInput!) { importCosts(input: $input) {
         costImport { importKey rowCount importedAt importedBy { kind } } userErrors { field message } } }`,
      { input: { companyId, importKey: 'ads', ...input } },
      as,
    );
    return importCosts;
  };
  const csv = (...rows: string[]) =>
    ['date,Source,campaign,keyword,amount_cents,currency', ...rows].join('\n');
  const first = await imports({
    csv: csv(
      '2026-03-02,AD,Spring,"Door, garage",8000,USD',
      '2026-03-02,ad,spring,"door, Garage",1000,USD',
      '2026-03-03,Radio,,,1000,usd',
    ),
  });
  expect(first).toMatchObject({ costImport: { importKey: 'ads', rowCount: 3 }, userErrors: [] });

  const { groups, total, costsUntil } = await report(town, 'LAST_TOUCH');
  expect(costsUntil).toBe('2026-03-03');
  expect(total).toEqual({ interactionMillionths: 1_000_000, cost: { amountCents: 10_000 } });
  expect(groups).toMatchObject([
    {
      key: 'Ad',
      figures: {
        ...{ leadMillionths: 1_000_000, goodLeadMillionths: 1_000_000 },
        value: { amountCents: 30_000 },
        cost: { amountCents: 9_000 },
        costPerLead: { amountCents: 9_000 },
        costPerQualifiedLead: { amountCents: 9_000 },
        returnOnCost: 30_000 / 9_000,
      },
    },
    { key: 'Radio', figures: { interactionMillionths: 0, costPerLead: null, returnOnCost: 0 } },
  ]);
  const words = await report(town, 'LAST_TOUCH', 'KEYWORD');
  expect(words.groups.map((one: { key: string }) => one.key)).toEqual([null, 'door, garage']);
  const campaigns = await report(town, 'LAST_TOUCH', 'CAMPAIGN');
  expect(campaigns.groups.map((one: { key: string }) => one.key)).toEqual([null, 'Spring']);

  const row = { date: '2026-03-02', source: 'Ad', amountCents: 500, currencyCode: 'USD' };
  const again = await imports({ rows: [row] });
  ledger.clock.advance(60_000);
  expect(await imports({ rows: [row] })).toEqual(again);
  expect((await report(town, 'LAST_TOUCH')).total.cost).toEqual({ amountCents: 500 });
  const other = await imports({ importKey: 'radio', rows: [{ ...row, amountCents: 70 }] });
  expect(other.userErrors).toEqual([]);
  expect((await report(town, 'LAST_TOUCH')).total.cost).toEqual({ amountCents: 570 });
  await imports({ rows: [] });
  expect((await report(town, 'LAST_TOUCH')).total.cost).toEqual({ amountCents: 70 });

  const list = async (args = '', as = town.viewer) =>
    (
      await town.ask(
        `{ costImports${args} { totalCount pageInfo { endCursor }
           nodes { company { id } importKey rowCount importedAt } } }`,
        {},
        as,
      )
    ).costImports;
  const company = { id: encodeGlobalId('Company', town.companyId) };
  const page = await list('(first: 1)');
  expect(page).toMatchObject({
    totalCount: 2,
    nodes: [{ company, importKey: 'ads', rowCount: 0 }],
  });
  const { importedAt } = other.costImport;
  const radio = { company, importKey: 'radio', rowCount: 1, importedAt };
  expect((await list(`(after: "${page.pageInfo.endCursor}")`)).nodes).toEqual([radio]);

  const fine = '2026-03-01,Ad,,,5,USD';
  const bad = await imports({ csv: csv(fine, '', '2026-02-30,Ad,,,12.5,EUR') });
  expect(bad.costImport).toBeNull();
  expect(bad.userErrors).toMatchObject([
    { field: ['csv', '1', 'date'], message: expect.stringContaining('Line 4, date: takes a day') },
    { field: ['csv', '1', 'amount_cents'], message: expect.stringContaining('not “12.5”') },
    {
      field: ['csv', '1', 'currency'],
      message: expect.stringContaining('Line 4, currency: takes'),
    },
  ]);
  const badRow = await imports({ rows: [row, { ...row, amountCents: -1 }] });
  expect(badRow.userErrors).toMatchObject([
    { field: ['rows', '1', 'amountCents'], message: expect.stringContaining('Row 2, amountCents') },
  ]);
  const refusals = [
    [{ csv: 'day,amount_cents,currency\n' }, 'The column day is unknown'],
    [{ csv: 'date;amount_cents;currency\n' }, 'separated by “;”. Separate them by commas.'],
    [{ csv: 'date\tamount_cents\n' }, 'separated by tabs. Separate them by commas.'],
    [{ csv: 'date,source\n' }, 'lacks the column amount_cents'],
    [{ csv: 'date,constructor\n' }, 'The column constructor is unknown'],
    [{ csv: 'date,amount_cents,Date,currency\n' }, 'The column date stands there twice'],
    ...['', '\n', '\r\n \n', '\ufeff', '\ufeff\n'].map(
      (empty) => [{ csv: empty }, 'lacks the column date'] as const,
    ),
    [{ csv: csv('"unclosed') }, 'The file is not CSV'],
    [{}, 'Give rows or csv'],
    [{ rows: Array.from({ length: 5_001 }, () => row) }, 'at most 5000 rows'],
    [{ importKey: ' ', rows: [] }, 'importKey takes a name'],
  ] as const;
  for (const [input, message] of refusals) {
    const { userErrors } = await imports({ importKey: 'radio', ...input });
    expect(userErrors[0]?.message).toContain(message);
  }
  expect((await list(`(after: "${page.pageInfo.endCursor}")`)).nodes).toEqual([radio]);
  const takenBack = await imports({ importKey: 'radio', csv: csv() });
  expect(takenBack).toMatchObject({ costImport: { rowCount: 0 }, userErrors: [] });
  const stranger = { ...town.viewer, companyIds: [town.otherCompanyId] };
  expect((await imports({ rows: [] }, stranger)).userErrors).toMatchObject([
    { field: ['companyId'] },
  ]);
  expect(await list('', stranger)).toMatchObject({ totalCount: 0, nodes: [] });
  expect((await list(`(filter: { companyIds: ["${company.id}"] })`)).totalCount).toBe(2);
  const foreign = encodeRowKey({ value: 'x', id: 'ads' });
  await expect(list(`(after: "${foreign}")`)).rejects.toThrow('cursor was not issued');
});
