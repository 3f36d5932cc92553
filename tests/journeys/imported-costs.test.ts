// What was spent, as much of it as one request takes over HTTP, and what is said to whoever sends more.
import { expect, it } from 'vitest';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const IMPORT = `mutation($input: ImportCostsInput!) { importCosts(input: $input) {
  costImport { rowCount } userErrors { code message } } }`;

it('1,500 lines of CSV and 700 rows are taken at once; who sends more is told the limit', async () => {
  const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
  const send = (input: object) =>
    town.answer(IMPORT, { input: { companyId: companies.nodes[0].id, ...input } });
  const words = { source: 'google', medium: 'cpc', campaign: 'garage doors', keyword: 'repair' };
  const line = '2026-03-02,google,cpc,garage doors,spring repair,123456,USD';
  expect(line).toHaveLength(59);
  const csv = (lines: number) =>
    ['date,source,medium,campaign,keyword,amount_cents,currency', ...Array(lines).fill(line)].join(
      '\n',
    );
  const rows = (count: number) =>
    Array(count).fill({ date: '2026-03-02', ...words, amountCents: 123_456, currencyCode: 'USD' });
  const taken = (rowCount: number) => ({
    data: { importCosts: { costImport: { rowCount }, userErrors: [] } },
  });
  expect(await send({ importKey: 'lines', csv: csv(1_500) })).toMatchObject(taken(1_500));
  expect(await send({ importKey: 'rows', rows: rows(700) })).toMatchObject(taken(700));
  for (const more of [{ csv: csv(5_000) }, { rows: rows(5_000) }]) {
    const { errors } = await send({ importKey: 'more', ...more });
    expect(errors).toMatchObject([
      {
        message: 'A request takes at most 100 KB. Send what is more in parts.',
        extensions: { code: 'REQUEST_ENTITY_TOO_LARGE' },
      },
    ]);
  }
});
