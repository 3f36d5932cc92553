// What people keep on a lead: who takes care of it, tags and notes.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createLeadNote, deleteLeadNote, updateLeadNote } from '#domains/leads/change-note.ts';
import { mergeLeads, splitLead } from '#domains/merges/index.ts';
import { refusalOf } from '#tests/domains/interactions/town.ts';
import { openLedger } from '#tests/domains/reports/ledger.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';

const ledger = await openLedger();
const { prisma } = ledger.db;
const minute = (n: number) => new Date(Date.UTC(2026, 2, 2, 15, n));

async function settle() {
  const town = await ledger.settle();
  const { accountId } = town;
  const call = await town.arrives('+14155550134', minute(1));
  /** a member, who is kept to these companies */
  const member = async (companyIds: string[] | null): Promise<Viewer> => {
    const id = randomUUID();
    const createdAt = minute(0);
    await prisma.user.create({ data: { id, email: `${id}@example.com`, name: 'Sam', createdAt } });
    await prisma.membership.create({
      data: {
        ...{ accountId, userId: id, role: 'AGENT', createdAt },
        ...{ allCompanies: companyIds === null, companyIds: companyIds ?? [] },
      },
    });
    return { ...town.viewer, role: 'AGENT', actor: { kind: 'user', id }, companyIds };
  };
  const [leadId, callId] = [call.leadId ?? '', call.id];
  return { ...town, leadId, callId, member, Lead: encodeGlobalId('Lead', leadId) };
}

const changesOf = (told: { payload: unknown }[]) =>
  told.map(({ payload }) => (payload as { changes?: string[] }).changes);

it('a lead has a caretaker, who sees its company, and tags of its own', async () => {
  const { ask, Lead, leadId, member, otherCompanyId, told } = await settle();
  const User = (viewer: Viewer) => encodeGlobalId('User', viewer.actor.id);
  const [sam, elsewhere] = [await member(null), await member([otherCompanyId])];
  const update = async (input: object) =>
    (
      await ask(
        `mutation($input: UpdateLeadInput!) { updateLead(input: $input) {
          lead { assignee { kind id } version } userErrors { code field } } }`,
        { input: { leadId: Lead, ...input } },
      )
    ).updateLead;
  expect(await update({ assigneeId: User(elsewhere) })).toEqual({
    lead: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['assigneeId'] }],
  });
  expect((await update({ assigneeId: User(sam) })).lead).toEqual({
    assignee: { kind: 'USER', id: User(sam) },
    version: 2,
  });
  const tag = async (input: object) =>
    (
      await ask(
        `mutation($input: TagLeadInput!) { tagLead(input: $input) {
          lead { tags { name } version } userErrors { code } } }`,
        { input: { leadId: Lead, ...input } },
      )
    ).tagLead.lead;
  expect(await tag({ tags: ['b', 'a'], idempotencyKey: 'k' })).toEqual({
    tags: [{ name: 'a' }, { name: 'b' }],
    version: 3,
  });
  expect((await tag({ tags: ['b', 'a'], idempotencyKey: 'k' })).version).toBe(3);
  expect((await tag({ tags: ['c'], append: true })).tags).toHaveLength(3);
  expect((await tag({ tags: ['c'] })).tags).toEqual([{ name: 'c' }]);
  const { leads } = await ask(
    'query($ids: [ID!]) { leads(filter: { assigneeIds: $ids }) { totalCount } }',
    {
      ids: [User(sam)],
    },
  );
  expect(leads.totalCount).toBe(1);
  expect(changesOf(await told(`lead:${leadId}`)).slice(1)).toEqual([
    ['assignee'],
    ['tags'],
    ['tags'],
    ['tags'],
  ]);
});

it('notes keep what they said, mention members, and are their author’s', async () => {
  const { ask, Lead, leadId, member, told } = await settle();
  const [sam, kim] = [await member(null), await member(null)];
  const note = await createLeadNote(ledger, sam, {
    ...{ leadId, text: ' Asks for @Kim ', mentionedUserIds: [kim.actor.id], idempotencyKey: 'n' },
  });
  const again = await createLeadNote(ledger, sam, {
    ...{ leadId, text: ' Asks for @Kim ', mentionedUserIds: [kim.actor.id], idempotencyKey: 'n' },
  });
  expect(again.id).toBe(note.id);
  ledger.clock.advance(1_000);
  await updateLeadNote(ledger, sam, {
    noteId: note.id,
    text: 'Asks for a quote',
    expectedVersion: 1,
  });
  await expect(updateLeadNote(ledger, kim, { noteId: note.id, text: 'x' })).rejects.toThrow(
    /role/i,
  );
  await expect(deleteLeadNote(ledger, kim, { noteId: note.id })).rejects.toThrow(/role/i);
  const stale = updateLeadNote(ledger, sam, { noteId: note.id, text: 'x', expectedVersion: 1 });
  expect(await refusalOf(stale)).toMatchObject({ code: 'VERSION_CONFLICT', currentVersion: 2 });
  const strange = { leadId, text: 'x', mentionedUserIds: [randomUUID()] };
  expect(await refusalOf(createLeadNote(ledger, sam, strange))).toMatchObject({
    ...{ code: 'NOT_FOUND', field: ['mentionedUserIds'] },
  });
  for (const text of ['  ', 'x'.repeat(10_001)]) {
    expect(await refusalOf(createLeadNote(ledger, sam, { leadId, text }))).toMatchObject({
      field: ['text'],
    });
  }
  const NOTES = `query($id: ID!) { node(id: $id) { ... on Lead { notes { totalCount nodes {
    text author { id } mentions { id } version edits { text editedBy { id } } } } } } }`;
  const Sam = { id: encodeGlobalId('User', sam.actor.id) };
  expect((await ask(NOTES, { id: Lead })).node.notes).toEqual({
    totalCount: 1,
    nodes: [
      {
        ...{ text: 'Asks for a quote', author: Sam, version: 2 },
        mentions: [{ id: encodeGlobalId('User', kim.actor.id) }],
        edits: [{ text: 'Asks for @Kim', editedBy: Sam }],
      },
    ],
  });
  expect(JSON.stringify(await told(`lead:${leadId}`))).not.toMatch(/quote|Asks/);
  await deleteLeadNote(ledger, sam, { noteId: note.id });
  expect((await ask(NOTES, { id: Lead })).node.notes.totalCount).toBe(0);
  expect(await prisma.leadNoteEdit.count({ where: { noteId: note.id } })).toBe(0);
});

it('tags, notes and fields come with a merge, and go with the split', async () => {
  const town = await settle();
  const { viewer, ask, leadId: a, accountId, companyId } = town;
  const b = (await town.arrives('+14155550135', minute(3))).leadId ?? '';
  const tag = { accountId, companyId, id: randomUUID(), name: 'roof', createdAt: minute(0) };
  await prisma.tag.create({ data: tag });
  const field = { accountId, companyId, id: randomUUID(), createdAt: minute(0) };
  await prisma.leadField.create({
    data: { ...field, name: 'Budget', type: 'NUMBER', options: [] },
  });
  for (const [n, leadId] of [a, b].entries()) {
    const own = { accountId, leadId, ownLeadId: leadId };
    await prisma.leadTag.create({ data: { ...own, tagId: tag.id, taggedAt: minute(0) } });
    await createLeadNote(ledger, viewer, { leadId, text: `note ${n}` });
    await prisma.leadFieldValue.create({ data: { ...own, fieldId: field.id, value: n } });
  }
  const kept = async (leadId: string) =>
    (
      await ask(
        `query($id: ID!) { node(id: $id) { ... on Lead {
          tags { name } notes { totalCount } customFields { value } } } }`,
        { id: encodeGlobalId('Lead', leadId) },
      )
    ).node;
  const one = (value: number, totalCount = 1) => ({
    ...{ tags: [{ name: 'roof' }], notes: { totalCount }, customFields: [{ value }] },
  });
  await mergeLeads(ledger, viewer, { leadId: a, mergedLeadIds: [b] });
  expect(await kept(a)).toEqual(one(0, 2));
  expect(await kept(b)).toEqual({ tags: [], notes: { totalCount: 0 }, customFields: [] });
  await splitLead(ledger, viewer, { leadId: b });
  expect([await kept(a), await kept(b)]).toEqual([one(0), one(1)]);
});
