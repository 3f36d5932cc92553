// Leads that are one person are merged and split through the API, while calls arrive; names, rights and sums follow.
import { expect, it } from 'vitest';
import { updateLead } from '#domains/leads/update-lead.ts';
import { mergeLeads, splitLead } from '#domains/merges/index.ts';
import { countAll } from '#domains/reports/count-all.ts';
import { countReports } from '#domains/reports/reactions.ts';
import { refusalOf } from '#tests/domains/interactions/town.ts';
import { openLedger } from '#tests/domains/reports/ledger.ts';
import { encodeGlobalId } from '#values/global-id.ts';

const ledger = await openLedger();
const [ADA, WORK] = ['+14155550134', '+14155550135'] as const;
const minute = (n: number) => new Date(Date.UTC(2026, 2, 2, 15, n));
const lead = (id: string) => encodeGlobalId('Lead', id);
const row = (id: string) => ledger.db.prisma.lead.findFirstOrThrow({ where: { id } });

/** Two leads of one company, the second known first. */
async function twoLeads() {
  const town = await ledger.settle();
  const first = await town.arrives(ADA, minute(5));
  const second = await town.arrives(WORK, minute(1));
  return {
    ...town,
    a: first.leadId ?? '',
    b: second.leadId ?? '',
    calls: [first.id, second.id] as const,
  };
}

const MERGE = `mutation($input: MergeLeadsInput!) { mergeLeads(input: $input) {
  lead { id name phoneNumbers status createdAt mergedFrom { id } mergedInto { id } version }
  userErrors { code field } } }`;
const SPLIT = `mutation($input: SplitLeadInput!) { splitLead(input: $input) {
  lead { id phoneNumbers status mergedInto { id } } splitFrom { id phoneNumbers status createdAt mergedFrom { id } }
  userErrors { code } } }`;

it('two leads become one, whose past is told by both, and two again', async () => {
  const { ask, a, b, calls, change, told, interaction } = await twoLeads();
  await change(calls[0], { leadStatus: 'GOOD_LEAD' });
  ledger.clock.advance(60_000);
  await change(calls[1], { leadStatus: 'GOOD_LEAD' });
  const [goodA, goodB] = [(await row(a)).qualifiedAt, (await row(b)).qualifiedAt];
  const merging = { input: { leadId: lead(a), mergedLeadIds: [lead(b)] } };
  const { mergeLeads: merged } = await ask(MERGE, merging);
  expect(merged).toEqual({
    lead: {
      ...{ id: lead(a), name: 'Ada Caller', phoneNumbers: [ADA, WORK], status: 'GOOD_LEAD' },
      ...{
        createdAt: minute(1).toISOString(),
        mergedFrom: [{ id: lead(b) }],
        mergedInto: null,
        version: 3,
      },
    },
    userErrors: [],
  });
  expect(await row(a)).toMatchObject({ goodInteractionId: calls[1], qualifiedAt: goodA });
  expect((await interaction(calls[0])).leadStatus).toBe('PREVIOUSLY_MARKED_GOOD_LEAD');
  expect((await told(`lead:${a}`)).at(-1)).toEqual({
    ...{ type: 'lead.merged', subjectVersion: 3, payload: { leadId: a, mergedLeadId: b } },
  });
  expect((await told(`call:${calls[0]}`)).at(-1)?.payload).toMatchObject({
    changes: ['leadStatus'],
  });
  const { leads, node } = await ask(
    '{ leads { totalCount nodes { id } } node(id: "ID") { ... on Lead { phoneNumbers mergedInto { id } } } }'.replace(
      'ID',
      lead(b),
    ),
  );
  expect(leads).toEqual({ totalCount: 1, nodes: [{ id: lead(a) }] });
  expect(node).toEqual({ phoneNumbers: [], mergedInto: { id: lead(a) } });
  // said again, it is nothing new
  expect((await ask(MERGE, merging)).mergeLeads.lead.version).toBe(3);

  const { splitLead: split } = await ask(SPLIT, { input: { leadId: lead(b) } });
  expect(split).toEqual({
    lead: { id: lead(b), phoneNumbers: [WORK], status: 'GOOD_LEAD', mergedInto: null },
    splitFrom: {
      ...{ id: lead(a), phoneNumbers: [ADA], status: 'GOOD_LEAD', mergedFrom: [] },
      createdAt: minute(5).toISOString(),
    },
    userErrors: [],
  });
  expect(await row(a)).toMatchObject({ goodInteractionId: calls[0], qualifiedAt: goodA });
  expect(await row(b)).toMatchObject({ goodInteractionId: calls[1], qualifiedAt: goodB });
  expect((await ask(SPLIT, { input: { leadId: lead(b) } })).splitLead.userErrors).toEqual([
    { code: 'WRONG_STATE' },
  ]);
});

it('a name comes with a lead, and goes with it', async () => {
  const { viewer, a, b } = await twoLeads();
  await updateLead(ledger, viewer, { leadId: a, name: null });
  await updateLead(ledger, viewer, { leadId: b, name: 'Grace' });
  await mergeLeads(ledger, viewer, { leadId: a, mergedLeadIds: [b] });
  expect((await row(a)).name).toBe('Grace');
  expect(await refusalOf(updateLead(ledger, viewer, { leadId: b, name: 'x' }))).toMatchObject({
    code: 'WRONG_STATE',
    message: expect.stringContaining(lead(a)),
  });
  await splitLead(ledger, viewer, { leadId: b });
  expect([(await row(a)).name, (await row(b)).name]).toEqual([null, 'Grace']);
});

it('calls that arrive while leads are merged and split are of the lead that is theirs', async () => {
  const { arrives, viewer, a, b, interaction } = await twoLeads();
  const both = { leadId: a, mergedLeadIds: [b] };
  const calls: Promise<{ id: string }>[] = [];
  const ring = () => calls.push(arrives(ADA), arrives(WORK), arrives(WORK));
  for (let n = 0; n < 3; n++) {
    ring();
    const merging = mergeLeads(ledger, viewer, both);
    ring();
    await merging;
    ring();
    if (n < 2) {
      const splitting = splitLead(ledger, viewer, { leadId: b });
      ring();
      await splitting;
    }
  }
  const ids = (await Promise.all(calls)).map(({ id }) => id);
  const leads = await Promise.all(ids.map(async (id) => (await interaction(id)).leadId));
  expect(new Set(leads)).toEqual(new Set([a]));
  await splitLead(ledger, viewer, { leadId: b });
  const { prisma } = ledger.db;
  const callsOf = (leadId: string) => prisma.interaction.count({ where: { leadId } });
  expect([await callsOf(a), await callsOf(b)]).toEqual([
    1 + ids.length / 3,
    1 + (ids.length / 3) * 2,
  ]);
  expect((await row(a)).mergedIntoId).toBeNull();
});

it('refuses what is no merge, naming the field', async () => {
  const { viewer, a, b, arrives, otherCompanyId } = await twoLeads();
  const roof = await arrives('+14155550199', minute(9), otherCompanyId);
  const refused = (
    leadId: string,
    mergedLeadIds: string[],
    expectedVersion?: number,
    as = viewer,
  ) => refusalOf(mergeLeads(ledger, as, { leadId, mergedLeadIds, expectedVersion }));
  const stranger = (await ledger.settle()).viewer;
  for (const [refusal, code, field] of [
    [await refused(a, [a]), 'INVALID_INPUT', 'mergedLeadIds'],
    [await refused(a, []), 'INVALID_INPUT', 'mergedLeadIds'],
    [await refused(a, [roof.leadId ?? '']), 'INVALID_INPUT', 'mergedLeadIds'],
    [await refused(a, [b], 9), 'VERSION_CONFLICT', 'expectedVersion'],
    [await refused(a, [b], undefined, stranger), 'NOT_FOUND', 'leadId'],
    [await refusalOf(splitLead(ledger, stranger, { leadId: a })), 'NOT_FOUND', 'leadId'],
  ] as const) {
    expect(refusal).toMatchObject({ code, field: [field] });
  }
  const reader = { ...viewer, scopes: ['leads:read' as const] };
  await expect(mergeLeads(ledger, reader, { leadId: a, mergedLeadIds: [b] })).rejects.toThrow(
    /LEADS_WRITE/,
  );
});

it('sums count one lead where two were, and two again', async () => {
  const town = await ledger.settle();
  const { accountId, viewer, ask } = town;
  const [a, b] = [await town.lead('2026-03-01T00:00:00Z'), await town.lead('2026-03-02T00:00:00Z')];
  const visit = { id: crypto.randomUUID(), at: minute(0), sourceId: await town.sourceOf('Ad') };
  for (const leadId of [a, b]) {
    await ledger.db.prisma.touchpoint.create({
      data: { accountId, leadId, ownLeadId: leadId, ...visit },
    });
  }
  for (const [leadId, source] of [
    [a, 'Ad'],
    [b, 'Mail'],
    [b, 'Mail'],
  ] as const) {
    await town.call({ leadId, source, at: minute(30).toISOString() });
  }
  const ids = (await ledger.db.prisma.interaction.findMany({ where: { accountId } })).map(
    ({ id }) => id,
  );
  await town.count(...ids);
  const follow = async () => {
    const { events } = await ledger.events.page({ accountId, after: null, limit: 100, filter: {} });
    await ledger.db.transaction((tx) => countReports(ledger.platform as never).write(tx, events));
    await ledger.work();
  };
  const sums = async () => {
    const rows = await ledger.db.prisma.reportBucket.findMany({ where: { accountId } });
    return rows.map((row) => Object.values(row).map(String).join(' ')).sort();
  };
  const separate = await sums();
  await mergeLeads(ledger, viewer, { leadId: a, mergedLeadIds: [b] });
  await follow();
  const merged = await sums();
  expect(merged).not.toEqual(separate);
  await ledger.db.prisma.reportBucket.deleteMany({ where: { accountId } });
  await ledger.db.prisma.reportFact.deleteMany({ where: { accountId } });
  await countAll(ledger.platform, { everything: true });
  expect(merged).toEqual(await sums());
  await splitLead(ledger, viewer, { leadId: b });
  await follow();
  expect(await sums()).toEqual(separate);
  expect((await ask('{ leads { totalCount } }')).leads.totalCount).toBe(2);
});
