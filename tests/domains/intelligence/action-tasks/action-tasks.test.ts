// An action plan that people go on with: done, whose, until when; and what may not be done to it.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { openInsightDesk } from '../insights/insight-desk.ts';

const library = await openInsightDesk();
const { settle } = library;
const TASK = 'id text owner due dueOn doneAt doneBy { kind } assignee { part } version';
const PLAN = `query($id: ID!) { node(id: $id) { ... on Call { insights { kind items { quote } tasks { ${TASK} } } } } }`;
const UPDATE = `mutation($input: UpdateActionTaskInput!) { updateActionTask(input: $input) {
  actionTask { ${TASK} } userErrors { code field } } }`;

async function settlePlan() {
  const people = await settle();
  const one = await people.write();
  await library.draw(one);
  const read = async (as?: Viewer) => {
    const id = encodeGlobalId('Call', one.callId);
    const { insights } = (await people.run(PLAN, { id }, as)).data.node;
    return insights.find(({ kind }: { kind: string }) => kind === 'ACTION_PLAN');
  };
  const change = async (input: object, as?: Viewer) => {
    const { data, errors } = await people.run(UPDATE, { input }, as);
    return errors ? errors[0].extensions.code : data.updateActionTask;
  };
  /** Somebody corrects a word that no insight rests on. */
  const edits = () =>
    library.db.prisma.transcript.update({
      where: { accountId_id: { accountId: people.accountId, id: one.transcriptId } },
      data: { edits: { increment: 1 } },
    });
  const member = async () => {
    const [{ accountId }, userId, createdAt] = [people, randomUUID(), library.clock.now('')];
    const user = { id: userId, name: 'Robin', email: `${userId}@example.com`, createdAt };
    await library.db.prisma.user.create({ data: user });
    const place = { accountId, userId, role: 'AGENT', allCompanies: true, createdAt } as const;
    await library.db.prisma.membership.create({ data: place });
    return encodeGlobalId('User', userId);
  };
  return { ...people, ...one, read, change, edits, member };
}

describe('a task', () => {
  it('is drawn with who is to do it, and gone on with', async () => {
    const { read, change, told, callId } = await settlePlan();
    const { tasks, items } = await read();
    const [task] = tasks;
    expect(task).toMatchObject({ owner: 'BUSINESS', doneAt: null, dueOn: null, version: 1 });
    expect(items.map(({ quote }: { quote: string }) => quote)).toContain(task.text);
    const { actionTask: dated } = await change({
      ...{ actionTaskId: task.id, dueOn: '2026-03-09', text: 'Send a text.', owner: 'CUSTOMER' },
      expectedVersion: 1,
    });
    expect(dated).toMatchObject({ dueOn: '2026-03-09', text: 'Send a text.', owner: 'CUSTOMER' });
    const { actionTask: done } = await change({ actionTaskId: task.id, done: true });
    const at = library.clock.now('').toISOString();
    expect(done).toMatchObject({ doneAt: at, doneBy: { kind: 'SYSTEM' }, version: 3 });
    library.clock.advance(60_000);
    expect((await change({ actionTaskId: task.id, done: true })).actionTask.doneAt).toBe(at);
    const { actionTask: open } = await change({ actionTaskId: task.id, done: false, dueOn: null });
    expect(open).toMatchObject({ doneAt: null, doneBy: null, dueOn: null });
    expect((await read()).items).toEqual(items);
    expect((await told(`call:${callId}`)).slice(1)).toHaveLength(4);
  });

  it('is refused with the field to blame, and to whom it is none of their business', async () => {
    const { read, change, viewer, otherCompanyId } = await settlePlan();
    const [{ id: actionTaskId }] = (await read()).tasks;
    const first = async (input: object, as?: Viewer) => {
      const answer = await change({ actionTaskId, ...input }, as);
      return answer.userErrors?.[0] ?? answer;
    };
    expect(await first({ text: ' ' })).toEqual({ code: 'INVALID_INPUT', field: ['text'] });
    expect(await first({ done: null })).toEqual({ code: 'INVALID_INPUT', field: ['done'] });
    expect(await first({ expectedVersion: 7 })).toMatchObject({ code: 'VERSION_CONFLICT' });
    const nobody = encodeGlobalId('User', '0190a1b2-0000-7000-8000-00000000000a');
    expect(await first({ assigneeId: nobody })).toEqual({
      code: 'NOT_FOUND',
      field: ['assigneeId'],
    });
    expect(await first({ done: true }, { ...viewer, companyIds: [otherCompanyId] })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await first({ done: true }, (await settle()).viewer)).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await first({ done: true }, { ...viewer, scopes: ['transcripts:read'] })).toBe(
      'FORBIDDEN',
    );
    expect((await read()).tasks[0].version).toBe(1);
  });

  it('keeps what people put to it when words of the call are corrected, as long as it says the same', async () => {
    const { read, change, member, edits, transcriptId, accountId } = await settlePlan();
    const { tasks } = await read();
    const [task] = tasks;
    const assigneeId = await member();
    await change({ actionTaskId: task.id, done: true, dueOn: '2026-03-09', assigneeId });
    const before = (await read()).tasks[0];
    await edits();
    expect(await read()).toBeUndefined();
    await library.draw({ accountId, transcriptId });
    const [anew] = (await read()).tasks;
    expect(anew).toEqual({ ...before, id: expect.any(String), version: 1 });
    expect(anew.id).not.toBe(task.id);
    // other words: nobody has done that
    await change({ actionTaskId: anew.id, text: 'Send a text.' });
    await edits();
    await library.draw({ accountId, transcriptId });
    expect((await read()).tasks[0]).toMatchObject({ text: task.text, doneAt: null, dueOn: null });
  });

  it('goes with its call', async () => {
    const { accountId, callId } = await settlePlan();
    const { prisma } = library.db;
    expect(await prisma.actionTask.count({ where: { accountId } })).toBeGreaterThan(0);
    await prisma.interaction.delete({ where: { accountId_id: { accountId, id: callId } } });
    expect(await prisma.actionTask.count({ where: { accountId } })).toBe(0);
  });
});
