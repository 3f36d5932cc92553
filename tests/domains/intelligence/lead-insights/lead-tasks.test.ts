// The plan of a lead as tasks: whose and for whom they are, what outlives the plan's being drawn anew, and with what they go.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { forgetReadings } from '#domains/intelligence/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { READING } from '../insights/assist-desk.ts';
import { NOTHING, openLeadDesk } from './lead-desk.ts';

const desk = await openLeadDesk();
const { prisma } = desk.db;
const TASK = 'id text owner due dueOn doneAt version call { id } lead { id } assignee { part }';
const LEAD = `query($id: ID!) { node(id: $id) { ... on Lead { insights { id kind hidden tasks { ${TASK} } } } } }`;
const NODE = `query($id: ID!) { node(id: $id) { ... on ActionTask { ${TASK} } } }`;
const LIST = `{ actionTasks { totalCount nodes { ${TASK} } } }`;
const UPDATE = `mutation($input: UpdateActionTaskInput!) { updateActionTask(input: $input) {
  actionTask { ${TASK} } userErrors { code field } } }`;
const OF_CALL = READING.tasks[0] ?? { text: 'none' };
const OF_TEXT = { text: 'Move it to Friday.', owner: 'BUSINESS', due: 'Friday', n: 7 };
const MOVE = { ...OF_TEXT, quote: 'We will move it to Friday.' };
const ASKED = ['Can we make it Friday instead?', 'We will move it to Friday.'];

/** A lead with a call and a text, of whose history the model makes these tasks. */
async function settlePlan(planned: object[] = [OF_CALL, MOVE]) {
  const people = await desk.settleLead();
  const { leadId, run, viewer, accountId } = people;
  const call = await people.calls();
  const conversationId = await people.texts(...ASKED);
  const plans = (tasks: object[]) =>
    people.says({ json: { ...NOTHING, summary: READING.summary, tasks } });
  plans(planned);
  const id = encodeGlobalId('Lead', leadId);
  const plan = async (as?: Viewer) => {
    const { insights } = (await run(LEAD, { id }, as)).data.node;
    return insights.find(({ kind }: { kind: string }) => kind === 'ACTION_PLAN');
  };
  const tasks = async (as?: Viewer) => (await plan(as))?.tasks ?? [];
  const list = async (as?: Viewer) => {
    const { nodes, totalCount } = (await run(LIST, {}, as)).data.actionTasks;
    expect(totalCount).toBe(nodes.length);
    return nodes.map(({ text }: { text: string }) => text).sort();
  };
  const node = async (taskId: string, as?: Viewer) =>
    (await run(NODE, { id: taskId }, as)).data.node;
  const change = async (input: object, as = viewer) => {
    const { data, errors } = await run(UPDATE, { input }, as);
    return errors?.[0].extensions.code ?? data.updateActionTask;
  };
  /** The next reading, of a history in which something was added. */
  const drawAgain = async (next: object[]) => {
    plans(next);
    await people.texts('Thank you.');
    expect(await people.draw()).toBe('drawn');
  };
  const member = async () => {
    const [userId, createdAt] = [randomUUID(), desk.clock.now('')];
    const user = { id: userId, name: 'Robin', email: `${userId}@example.com`, createdAt };
    await prisma.user.create({ data: user });
    const place = { accountId, userId, role: 'AGENT', allCompanies: true, createdAt } as const;
    await prisma.membership.create({ data: place });
    return encodeGlobalId('User', userId);
  };
  const of = { ...people, ...call, conversationId, plans, plan, tasks, list, node, change };
  return { ...of, drawAgain, member };
}

describe('the plan of a lead', () => {
  it('becomes tasks with their lead, which people go on with as with those of calls', async () => {
    const { draw, tasks, list, change, told, member, leadId, callId } = await settlePlan();
    expect(await draw()).toBe('drawn');
    const lead = { id: encodeGlobalId('Lead', leadId) };
    const both = await tasks();
    const open = { lead, doneAt: null, dueOn: null, assignee: null, version: 1 };
    expect(both).toMatchObject([
      { ...open, ...{ text: OF_CALL.text, call: { id: encodeGlobalId('Call', callId) } } },
      { ...open, text: 'Move it to Friday.', owner: 'BUSINESS', due: 'Friday', call: null },
    ]);
    expect(await list()).toEqual(['Move it to Friday.', OF_CALL.text]);
    const [, { id: actionTaskId }] = both;
    const assigneeId = await member();
    const { actionTask } = await change({
      ...{ actionTaskId, done: true, dueOn: '2026-03-09', assigneeId, expectedVersion: 1 },
    });
    const doneAt = desk.clock.now('').toISOString();
    expect(actionTask).toMatchObject({ lead, doneAt, dueOn: '2026-03-09', version: 2 });
    const changes = (await told(`lead:${leadId}`)).map(({ payload }) => payload);
    expect(changes).toEqual(Array(2).fill({ leadId, changes: ['insights'] }));
    expect(await told(`call:${callId}`)).toEqual([]);
  });

  it('is the same task as that of a call on the same words, and done with it', async () => {
    const { draw, tasks, list, change, callId, plans, ...one } = await settlePlan();
    const ofCall = 'Text them on the day.';
    plans([{ ...OF_CALL, text: ofCall }]);
    await desk.draw(one);
    expect(await list()).toEqual([ofCall]);
    plans([OF_CALL, MOVE]);
    await draw();
    const both = await tasks();
    expect(both).toMatchObject([
      { text: ofCall, call: { id: encodeGlobalId('Call', callId) } },
      { text: 'Move it to Friday.' },
    ]);
    expect(await list()).toHaveLength(2);
    await change({ actionTaskId: both[0].id, done: true });
    expect((await tasks())[0]).toMatchObject({ doneAt: expect.any(String), version: 2 });
  });

  it('is kept from those who may not read what it rests on', async () => {
    const people = await settlePlan();
    const { draw, tasks, list, node, change, reads, viewer, otherCompanyId } = people;
    await draw();
    const [, { id: actionTaskId }] = await tasks();
    const ofCalls = reads('leads:read', 'transcripts:read', 'calls:read', 'calls:write');
    expect(await tasks(ofCalls)).toMatchObject([{ text: OF_CALL.text }]);
    expect(await list(ofCalls)).toEqual([OF_CALL.text]);
    const elsewhere = { ...viewer, companyIds: [otherCompanyId] };
    const stranger = (await desk.settle()).viewer;
    for (const as of [ofCalls, elsewhere, stranger]) {
      expect(await node(actionTaskId, as)).toBeNull();
      expect(await change({ actionTaskId, done: true }, as)).toMatchObject({
        userErrors: [{ code: 'NOT_FOUND', field: ['actionTaskId'] }],
      });
    }
    for (const as of [elsewhere, stranger]) expect(await list(as)).toEqual([]);
    expect(await change({ actionTaskId }, reads('transcripts:read'))).toBe('FORBIDDEN');
    const late = { actionTaskId, done: true, expectedVersion: 9 };
    expect(await change(late)).toMatchObject({ userErrors: [{ code: 'VERSION_CONFLICT' }] });
    expect((await node(actionTaskId)).version).toBe(1);
  });

  it('is not listed while somebody has hidden it', async () => {
    const { draw, plan, list, review } = await settlePlan();
    await draw();
    await review({ insightId: (await plan()).id, hidden: true });
    expect(await list()).toEqual([]);
  });
});

describe('a task of a lead, once the plan is drawn anew,', () => {
  it('keeps its id and what people put to it where it says the same', async () => {
    const { draw, tasks, change, drawAgain } = await settlePlan();
    await draw();
    const [first, second] = await tasks();
    await change({ actionTaskId: second.id, done: true, text: 'Friday it is.' });
    await drawAgain([MOVE, ...READING.tasks]);
    const { doneAt, version } = (await tasks()).find(({ id }: { id: string }) => id === second.id);
    expect({ doneAt, version }).toEqual({ doneAt: expect.any(String), version: 2 });
    expect(await tasks()).toMatchObject([{ id: second.id, text: 'Friday it is.' }, first]);
  });

  it('stays where people went on with it, and follows the plan where they did not', async () => {
    const { draw, tasks, change, list, drawAgain } = await settlePlan();
    await draw();
    const [, second] = await tasks();
    await change({ actionTaskId: second.id, dueOn: '2026-03-09' });
    const quote = 'We will move it to Friday.';
    await drawAgain([{ ...OF_TEXT, text: 'Move the visit.', quote }]);
    expect(await list()).toEqual(['Move it to Friday.', 'Move the visit.']);
    await drawAgain([]);
    expect(await list()).toEqual(['Move it to Friday.']);
  });

  it('waits without its words while these are hidden, and goes on when the same is drawn', async () => {
    const { draw, tasks, list, change, node, drawAgain, ...of } = await settlePlan();
    const { accountId, transcriptId } = of;
    await draw();
    const [task] = await tasks();
    await change({ actionTaskId: task.id, done: true, text: 'Text Ann about her asthma.' });
    await desk.db.transaction((tx) => forgetReadings(tx, desk.secrets, accountId, transcriptId));
    expect(await list()).toEqual(['Move it to Friday.']);
    expect(await node(task.id)).toBeNull();
    const kept = await prisma.actionTask.findMany({ where: { accountId } });
    expect(kept).toHaveLength(2);
    expect(JSON.stringify(kept)).not.toMatch(/asthma|technician/);
    await drawAgain([...READING.tasks, MOVE]);
    const done = { text: OF_CALL.text, due: 'tomorrow', doneAt: expect.any(String) };
    expect(await node(task.id)).toMatchObject(done);
  });

  it('goes on with the lead that its own was merged into', async () => {
    const { draw, tasks, change, node, ...of } = await settlePlan();
    const { accountId, companyId, leadId } = of;
    await draw();
    const [, task] = await tasks();
    await change({ actionTaskId: task.id, done: true });
    const topId = randomUUID();
    const createdAt = desk.clock.now(accountId);
    await prisma.lead.create({ data: { accountId, id: topId, companyId, createdAt } });
    const where = { accountId, leadId };
    await prisma.interaction.updateMany({ where, data: { leadId: topId } });
    const lead = { id: encodeGlobalId('Lead', topId) };
    expect(await node(task.id)).toMatchObject({ lead, doneAt: expect.any(String) });
    expect(await draw(true, topId)).toBe('drawn');
    expect(await node(task.id)).toMatchObject({ lead, doneAt: expect.any(String), version: 2 });
    expect(await prisma.actionTask.count({ where: { accountId } })).toBe(2);
    await change({ actionTaskId: task.id, done: false });
    expect(await of.told(`lead:${topId}`)).toHaveLength(2);
  });
});

it('a task of a lead goes with what it rests on', async () => {
  const { draw, tasks, change, accountId, conversationId, callId } = await settlePlan();
  await draw();
  for (const { id } of await tasks()) await change({ actionTaskId: id, done: true });
  const gone = (id: string) =>
    prisma.interaction.delete({ where: { accountId_id: { accountId, id } } });
  await gone(conversationId);
  const left = await prisma.actionTask.findMany({ where: { accountId } });
  expect(left.map(({ text }) => text)).toEqual([OF_CALL.text]);
  await gone(callId);
  expect(await prisma.actionTask.count({ where: { accountId } })).toBe(0);
});
