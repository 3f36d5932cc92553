// Exports: written page by page, masked and scoped as their maker is, cut off and begun anew, fetched by a signed link,
// and gone when their time is over or something in them was erased.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { createApiKey } from '#domains/accounts/index.ts';
import { forgetInteraction } from '#domains/reports/count-interactions.ts';
import { harmless } from '#domains/reports/exports/format-rows.ts';
import { writeExport } from '#domains/reports/exports/write-export.ts';
import { countReports } from '#domains/reports/reactions.ts';
import { exportsDoor } from '#http/exports.ts';
import { decodeGlobalId, encodeGlobalId } from '#values/global-id.ts';
import type { Scope } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';
import { openLedger } from './ledger.ts';

const ledger = await openLedger();
const { platform } = ledger;
const { prisma } = ledger.db;
type Account = Awaited<ReturnType<typeof ledger.settle>>;

const door = exportsDoor(platform as never);
const server = createServer((req, res) => void door(req, res, new URL(req.url ?? '/', 'http://x')));
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
afterAll(() => server.close());
const fetchLink = (url: string) => {
  const { pathname, search } = new URL(url);
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}${search}`);
};

const FIELDS = 'id kind state failure rowCount sizeBytes sha256 url expiresAt';
const create = async (town: Account, input: object, as: Viewer = town.viewer) => {
  const range = { from: '2026-03-01', to: '2026-03-31' };
  const { createExport } = await town.ask(
    `mutation($input: CreateExportInput!) { createExport(input: $input) {
       export { ${FIELDS} } userErrors { code field message } } }`,
    { input: { kind: 'CALLS', format: 'CSV', range, ...input } },
    as,
  );
  return createExport;
};
const read = async (town: Account, id: string, as: Viewer = town.viewer) =>
  (await town.ask(`query($id: ID!) { node(id: $id) { ... on Export { ${FIELDS} } } }`, { id }, as))
    .node;
const made = async (town: Account, input: object, as: Viewer = town.viewer) => {
  const { export: begun, userErrors } = await create(town, input, as);
  expect(userErrors).toEqual([]);
  await ledger.work();
  const done = await read(town, begun.id, as);
  expect(done).toMatchObject({ state: 'READY', failure: null });
  const text = await (await fetchLink(done.url)).text();
  expect(Buffer.byteLength(text)).toBe(done.sizeBytes);
  expect(text).not.toContain('[object');
  return { ...done, text, lines: text.trimEnd().split('\n') };
};

/** A key of the account, as its viewer. */
async function keyOf(town: Account, scopes: Scope[], companyIds: string[] | null = null) {
  const made = await createApiKey(platform, town.viewer, {
    name: 'Key',
    scopes,
    ...(companyIds && { companyIds }),
  });
  const actor = { kind: 'key', id: made.apiKey.id } as const;
  return { ...town.viewer, actor, scopes, companyIds };
}

it('holds what its maker may read, in order, as CSV or JSON lines', async () => {
  const town = await ledger.settle();
  const { accountId } = town;
  const lead = await town.lead('2026-03-02T10:00:00Z');
  const where = { accountId_id: { accountId, id: lead } };
  await prisma.lead.update({ where, data: { name: '=HYPERLINK("http://evil.example")' } });
  const call = (at: string, more = {}) => town.call({ at, source: 'Ad', ...more });
  const ids = [
    await call('2026-03-02T10:00:00Z', { leadId: lead, valueCents: 5n }),
    await call('2026-03-05T10:00:00Z'),
    await call('2026-03-04T10:00:00Z', { companyId: town.otherCompanyId }),
  ];
  await call('2026-04-02T10:00:00Z');
  const first = { accountId_id: { accountId, id: ids[0] as string } };
  await prisma.call.update({ where: first, data: { from: '+14155550134' } });
  await prisma.interaction.update({ where: first, data: { note: '@SUM(1), "quoted"\nline' } });
  await town.count(...ids);

  const all = await made(town, {});
  expect(all.rowCount).toBe(3);
  expect(all.lines[0]).toMatch(/^id,company,startedAt,answeredAt,endedAt,direction,outcome/);
  expect(all.text).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
  expect(all.text).toContain(`"'@SUM(1), ""quoted""\nline"`);
  expect(all.text).toContain(',+14155550134,');

  const narrow = await keyOf(town, ['reports:read', 'calls:read'], [town.companyId]);
  const masked = await made(town, { format: 'JSONL' }, narrow);
  const rows = masked.lines.map((line: string) => JSON.parse(line));
  expect(rows).toMatchObject([
    { company: 'Garage Doors', startedAt: '2026-03-02T10:00:00.000Z', valueCents: 5, source: 'Ad' },
    { company: 'Garage Doors', startedAt: '2026-03-05T10:00:00.000Z', tags: [] },
  ]);
  expect(rows[0]).toMatchObject({ from: '+1••••••••34', leadName: null, leadId: null });

  // who may read less than stands in a file sees neither link nor, of other companies, the export
  expect(await read(town, all.id, narrow)).toBeNull();
  const blind = await keyOf(town, ['reports:read', 'calls:read']);
  expect(await read(town, all.id, blind)).toMatchObject({ state: 'READY', url: null });
  const list = async (as: Viewer) =>
    (await town.ask('{ exports { totalCount nodes { id } } }', {}, as)).exports.totalCount;
  expect([await list(town.viewer), await list(narrow)]).toEqual([2, 1]);

  const leads = await made(town, { kind: 'LEADS', format: 'JSONL' });
  expect(JSON.parse(leads.text)).toMatchObject({ interactions: 1, valueCents: 5, emails: [] });
  const credits = await made(town, { kind: 'ATTRIBUTION', format: 'JSONL' });
  expect(credits.lines.map((line: string) => JSON.parse(line).linearMillionths)).toEqual([
    1_000_000, 1_000_000, 1_000_000,
  ]);

  const form = await town.form([
    { name: 'Your name', value: '=Ann' },
    { name: 'message', value: 'one, "two"' },
  ]);
  const forms = await made(town, { kind: 'FORMS' });
  expect(forms.lines).toHaveLength(2);
  expect(forms.lines[1]).toContain(encodeGlobalId('FormSubmission', form));
  expect(forms.lines[1]).toContain(',"Your name: =Ann; message: one, ""two""",');
});

it('is begun anew when its worker dies, and leaves nothing half written', async () => {
  const town = await ledger.settle();
  for (let n = 0; n < 4; n += 1) await town.count(await town.call());
  const { export: begun } = await create(town, { idempotencyKey: 'once' });
  const again = await create(town, { idempotencyKey: 'once' });
  expect(again.export.id).toBe(begun.id);
  ledger.queue.splice(0);
  const exportId = decodeGlobalId(begun.id)?.id ?? '';
  const id = { accountId: town.accountId, exportId };
  const killed = AbortSignal.abort(new Error('killed'));
  await expect(writeExport(platform, id, killed)).rejects.toThrow('killed');
  const key = `exports/${town.accountId}/${exportId}.csv`;
  await expect(platform.storage.size(key)).rejects.toThrow('Nothing is stored');
  expect(await read(town, begun.id)).toMatchObject({ url: null });

  const { signal } = new AbortController();
  expect(await writeExport(platform, id, signal)).toBe('ready');
  expect(await writeExport(platform, id, signal)).toBe('already-done');
  expect(await read(town, begun.id)).toMatchObject({ state: 'READY', rowCount: 4 });
  const told = await town.told(`export:${exportId}`);
  expect(told).toMatchObject([{ type: 'export.ready', payload: { exportId } }]);
});

it('that two write at once is one file, which stays', async () => {
  const town = await ledger.settle();
  const { export: begun } = await create(town, {});
  ledger.queue.splice(0);
  const exportId = decodeGlobalId(begun.id)?.id ?? '';
  const id = { accountId: town.accountId, exportId };
  const { signal } = new AbortController();
  let first = '';
  // the other one overtakes this one when its file stands
  const put: typeof platform.storage.put = async (key, pages) => {
    const file = await platform.storage.put(key, pages);
    first = await writeExport(platform, id, signal);
    return file;
  };
  const storage = { ...platform.storage, put };
  const second = await writeExport({ ...platform, storage }, id, signal);
  expect([first, second]).toEqual(['ready', 'already-done']);
  expect(await fetchLink((await read(town, begun.id)).url)).toMatchObject({ status: 200 });
  expect(await town.told(`export:${exportId}`)).toHaveLength(1);
});

it('goes when its time is over, and at once when a call in it is erased', async () => {
  const town = await ledger.settle();
  const { accountId, companyId } = town;
  const call = await town.call();
  await town.count(call);
  const old = await made(town, {});
  const forged = old.url.replace(/mac=./, 'mac=!');
  const refused = await fetchLink(forged);
  expect([refused.status, await refused.text()]).toEqual([
    403,
    expect.stringContaining('Ask the API for Export.url again'),
  ]);
  ledger.clock.advance(16 * 60_000);
  expect((await fetchLink(old.url)).status).toBe(410);

  const { url } = await read(town, old.id);
  await ledger.db.transaction(async (tx) => {
    await tx.interaction.delete({ where: { accountId_id: { accountId, id: call } } });
    await forgetInteraction(tx, platform, accountId, { id: call, companyId, leadId: null });
  });
  expect((await fetchLink(url)).status).toBe(410);
  await ledger.work();
  expect(await read(town, old.id)).toMatchObject({ state: 'EXPIRED', url: null });
  const key = `exports/${accountId}/${decodeGlobalId(old.id)?.id}.csv`;
  await expect(platform.storage.size(key)).rejects.toThrow('Nothing is stored');

  const next = await made(town, {});
  expect(next.rowCount).toBe(0);
  // fields that are not to be kept are not kept in files either
  const payload = { formSubmissionId: call, changes: ['fields'] };
  const stripped = { accountId, companyId, type: 'form.updated', payload } as never;
  await ledger.db.transaction((tx) => countReports(platform).write(tx, [stripped]));
  expect((await fetchLink(next.url)).status).toBe(410);
  await made(town, {});
  ledger.clock.advance(7 * 24 * 3_600_000);
  ledger.queue.push({ name: 'reports.purge-exports', payload: {} });
  await ledger.work();
  const row = await prisma.export.findFirst({ where: { accountId, state: 'READY' } });
  expect(row).toBeNull();
});

it('is refused without the right to what it holds, and fails when that right has gone since', async () => {
  const town = await ledger.settle();
  const key = await keyOf(town, ['reports:read']);
  for (const kind of ['CALLS', 'ATTRIBUTION'])
    await expect(create(town, { kind }, key)).rejects.toThrow('lacks the scope CALLS_READ');
  // what somebody searched for stands in their visit
  await town.count(await town.form([], undefined, { term: 'Spring repair' }));
  const forms = { kind: 'FORMS', format: 'JSONL' };
  expect((await made(town, forms)).text).toContain('spring repair');
  const blind = await keyOf(town, ['reports:read', 'forms:read']);
  expect(JSON.parse((await made(town, forms, blind)).text)).toMatchObject({ keyword: null });
  const other = [encodeGlobalId('Company', town.otherCompanyId)];
  const kept = await keyOf(town, ['reports:read', 'calls:read'], [town.companyId]);
  const { userErrors } = await create(town, { companyIds: other }, kept);
  expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['companyIds'] }]);

  const { export: begun } = await create(town, {}, kept);
  const revokedAt = ledger.clock.now(town.accountId);
  await prisma.apiKey.updateMany({ where: { accountId: town.accountId }, data: { revokedAt } });
  await ledger.work();
  expect(await read(town, begun.id)).toMatchObject({ state: 'FAILED', failure: 'RIGHTS_LOST' });

  for (let n = 0; n < 10; n += 1) await create(town, {});
  expect((await create(town, {})).userErrors).toMatchObject([{ code: 'LIMIT_REACHED' }]);
  ledger.queue.splice(0);
});

describe('a text in a spreadsheet', () => {
  it.each(['=1+1', '+cmd|calc', '-2+3', '@SUM(A1)', ' =1', '\t=1', '\rx', '|x', '%x'])(
    '%j is no formula',
    (text) => expect(harmless(text)).toBe(`'${text}`),
  );
  it('of several parts has a formula in none', () =>
    expect(harmless('x;=1;-5; ＝2')).toBe("x;'=1;-5;' ＝2"));
  it.each(['+14155550134', '+14155550134; +14155550135', '-5', '3.5', 'a=b', 'Ann', ''])(
    '%j stays',
    (text) => expect(harmless(text)).toBe(text),
  );
});
