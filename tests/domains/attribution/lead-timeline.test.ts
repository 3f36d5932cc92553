// A lead's timeline: everything once, newest first, page by page, and only what its reader may see.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createLeadNote } from '#domains/leads/change-note.ts';
import { openLedger } from '#tests/domains/reports/ledger.ts';
import { encodeGlobalId } from '#values/global-id.ts';

const ledger = await openLedger();
const TIMELINE = `query($id: ID!, $first: Int, $after: Cursor) { node(id: $id) { ... on Lead {
  timeline(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes {
    kind at interaction { id leadStatus } source { name } note { text } } } } } }`;

it('tells visits, interactions, notes and milestones, each once, whatever the page', async () => {
  const { accountId, ask, lead, call, change, sourceOf, viewer } = await ledger.settle();
  const at = (hour: number) => `2026-03-02T${String(hour).padStart(2, '0')}:00:00.000Z`;
  const leadId = await lead(at(10));
  const calls = [await call({ leadId, at: at(10) }), await call({ leadId, at: at(11) })];
  const visit = {
    accountId,
    at: new Date(at(9)),
    sourceId: await sourceOf('Ad'),
    id: randomUUID(),
  };
  // two leads that were merged had come by one visit
  const other = await lead(at(12));
  for (const ownLeadId of [leadId, other]) {
    await ledger.db.prisma.touchpoint.create({ data: { ...visit, leadId, ownLeadId } });
  }
  await change(calls[0] ?? '', { leadStatus: 'GOOD_LEAD' });
  await createLeadNote(ledger, viewer, { leadId, text: 'Calls back' });
  const id = encodeGlobalId('Lead', leadId);
  const read = async (page: object = {}, as = viewer) =>
    (await ask(TIMELINE, { id, ...page }, as)).node.timeline;
  const { nodes } = await read();
  expect(nodes.map(({ kind }: { kind: string }) => kind)).toEqual([
    ...['QUALIFIED', 'NOTE', 'INTERACTION', 'INTERACTION', 'LEAD_CREATED', 'VISIT'],
  ]);
  const [first, second] = calls.map((one) => encodeGlobalId('Call', one));
  expect(nodes[0]).toMatchObject({ interaction: { id: first }, note: null });
  expect(nodes[1]).toMatchObject({ note: { text: 'Calls back' }, interaction: null });
  expect(nodes[2]).toMatchObject({
    interaction: { id: second, leadStatus: 'PREVIOUSLY_MARKED_GOOD_LEAD' },
  });
  expect(nodes[5]).toMatchObject({ at: at(9), source: { name: 'Ad' } });
  for (const first of [1, 2, 4]) {
    const seen: unknown[] = [];
    let after: string | null = null;
    for (let more = true; more; ) {
      const page: { nodes: unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string } } =
        await read({ first, after });
      seen.push(...page.nodes);
      ({ hasNextPage: more, endCursor: after } = page.pageInfo);
    }
    expect(seen).toEqual(nodes);
  }
  const narrow = { ...viewer, scopes: viewer.scopes.filter((scope) => scope !== 'calls:read') };
  const shown = (await read({}, narrow)).nodes;
  expect(shown.map(({ kind }: { kind: string }) => kind)).toEqual([
    'QUALIFIED',
    'NOTE',
    'LEAD_CREATED',
    'VISIT',
  ]);
  expect(shown[0].interaction).toBeNull();
  await expect(read({ after: 'nonsense' })).rejects.toThrow();
});
