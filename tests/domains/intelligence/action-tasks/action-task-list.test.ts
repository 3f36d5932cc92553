// The list of all tasks: its order, whose they are, and who may read them; and what a page of it costs.
import { describe, expect, it } from 'vitest';
import { listActionTasks } from '#domains/intelligence/action-tasks/list-action-tasks.ts';
import { copyRows } from '#tests/support/copy-rows.ts';
import { countingRows } from '#tests/support/rows-read.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { openInsightDesk } from '../insights/insight-desk.ts';

const library = await openInsightDesk();
const { settle } = library;
const { prisma, pool } = library.db;
const TASKS = `query($filter: ActionTaskFilter, $first: Int, $after: Cursor) {
  actionTasks(filter: $filter, first: $first, after: $after) { totalCount pageInfo { endCursor hasNextPage }
    nodes { text dueOn call { id } } } }`;
const UPDATE = `mutation($input: UpdateActionTaskInput!) { updateActionTask(input: $input) { userErrors { code } } }`;

/** Two talks, each with a plan whose first task is named. */
async function settlePlans() {
  const people = await settle();
  const { accountId } = people;
  const [first, second] = [await people.write(), await people.write()];
  const named = async (talk: typeof first, text: string) => {
    await library.draw(talk);
    const where = { accountId, insight: { run: { transcriptId: talk.transcriptId } } };
    const { id } = await prisma.actionTask.findFirstOrThrow({
      where,
      orderBy: { position: 'asc' },
    });
    await prisma.actionTask.deleteMany({ where: { ...where, id: { not: id } } });
    await prisma.actionTask.update({ where: { accountId_id: { accountId, id } }, data: { text } });
    return encodeGlobalId('ActionTask', id);
  };
  const ids = [await named(first, 'first'), await named(second, 'second')] as const;
  const change = (actionTaskId: string, input: object) =>
    people.run(UPDATE, { input: { actionTaskId, ...input } });
  const list = async (filter: object = {}, more: object = {}, as?: Viewer) => {
    const { data, errors } = await people.run(TASKS, { filter, ...more }, as);
    return errors ? errors[0].extensions.code : data.actionTasks;
  };
  const texts = async (filter: object = {}, as?: Viewer) => {
    const { nodes, totalCount } = await list(filter, {}, as);
    expect(totalCount).toBe(nodes.length);
    return nodes.map(({ text }: { text: string }) => text);
  };
  return { ...people, first, second, ids, change, list, texts };
}

describe('the tasks of all plans', () => {
  it('come with what is due soonest first, and page by page', async () => {
    const { ids, change, list, texts, first } = await settlePlans();
    expect(await texts()).toEqual(['second', 'first']);
    await change(ids[0], { dueOn: '2026-03-09' });
    expect(await texts()).toEqual(['first', 'second']);
    await change(ids[1], { dueOn: '2026-03-08' });
    expect(await texts()).toEqual(['second', 'first']);
    expect(await texts({ dueBefore: '2026-03-09' })).toEqual(['second']);
    await change(ids[1], { dueOn: null });
    const page = await list({}, { first: 1 });
    const call = { id: encodeGlobalId('Call', first.callId) };
    expect(page.nodes).toEqual([{ text: 'first', dueOn: '2026-03-09', call }]);
    const { endCursor: after } = page.pageInfo;
    const next = await list({}, { first: 1, after });
    expect(next.nodes).toMatchObject([{ text: 'second', dueOn: null }]);
    expect(next.pageInfo.hasNextPage).toBe(false);
    expect((await list({}, { after: next.pageInfo.endCursor })).nodes).toEqual([]);
  });

  it('are kept to those of a company, of somebody, and to what is left', async () => {
    const { ids, change, texts, accountId, viewer, companyId, otherCompanyId } =
      await settlePlans();
    await change(ids[0], { done: true });
    expect(await texts({ isDone: false })).toEqual(['second']);
    expect(await texts({ isDone: true })).toEqual(['first']);
    expect(await texts({ companyIds: [encodeGlobalId('Company', companyId)] })).toHaveLength(2);
    expect(await texts({ companyIds: [encodeGlobalId('Company', otherCompanyId)] })).toEqual([]);
    const robin = '0190a1b2-0000-7000-8000-0000000000aa';
    await prisma.actionTask.updateMany({
      where: { accountId, text: 'second' },
      data: { assigneeId: robin },
    });
    expect(await texts({ assigneeIds: [encodeGlobalId('User', robin)] })).toEqual(['second']);
    const asRobin: Viewer = { ...viewer, actor: { kind: 'user', id: robin } };
    expect(await texts({ isMine: true }, asRobin)).toEqual(['second']);
    expect(await texts({ isMine: false }, asRobin)).toEqual(['first']);
    expect(await texts({ isMine: true })).toEqual([]);
  });

  it('are those of plans that are shown, to those who may read them', async () => {
    const { list, texts, viewer, otherCompanyId, accountId, first, second } = await settlePlans();
    expect(await texts({}, { ...viewer, companyIds: [otherCompanyId] })).toEqual([]);
    expect(await texts({}, (await settle()).viewer)).toEqual([]);
    expect(await list({}, {}, { ...viewer, scopes: ['calls:read'] })).toBe('FORBIDDEN');
    const { nodes } = await list({}, {}, { ...viewer, scopes: ['transcripts:read'] });
    expect(nodes.map(({ call }: { call: null }) => call)).toEqual([null, null]);
    await prisma.insight.updateMany({
      where: { accountId, kind: 'ACTION_PLAN', run: { transcriptId: first.transcriptId } },
      data: { hidden: true },
    });
    expect(await texts()).toEqual(['second']);
    await prisma.transcript.update({
      where: { accountId_id: { accountId, id: second.transcriptId } },
      data: { edits: { increment: 1 } },
    });
    expect(await texts()).toEqual([]);
  });

  it('cost what a page shows, however many there are', async () => {
    const { accountId, viewer, companyId } = await settlePlans();
    const { id } = await prisma.actionTask.findFirstOrThrow({ where: { accountId } });
    const rows = { where: 'o.account_id = $2 and o.id = $3', given: [accountId, id], times: 3_000 };
    // tasks have a column n of their own; Robin has done nearly all of theirs
    const done_at = 'case when n.n % 2 = 0 then now() end';
    const robin = '0190a1b2-0000-7000-8000-0000000000bb';
    const asRobin: Viewer = { ...viewer, actor: { kind: 'user', id: robin } };
    for (const due_on of ['null::date', `date '2026-01-01' + n.n`]) {
      const copy = { id: `md5('${due_on.slice(0, 4)}' || n.n)::uuid`, due_on, done_at };
      await copyRows(pool, 'action_task', copy, rows);
    }
    const theirs = { assignee_id: `'${robin}'::uuid`, due_on: `date '2026-01-01' + n.n` };
    const doneLong = 'case when n.n < 2900 then now() end';
    const id_ = `md5('robin' || n.n)::uuid`;
    await copyRows(pool, 'action_task', { ...theirs, id: id_, done_at: doneLong }, rows);
    await pool.query('vacuum analyze');
    for (const filter of [
      {},
      { isDone: false },
      { isDone: false, companyIds: [companyId] },
      { isMine: false, dueBefore: '2026-02-01' },
      { isMine: true, isDone: false },
    ]) {
      const counted = countingRows(pool);
      const db = { pool: counted.pool };
      await listActionTasks({ db }, asRobin, filter, { limit: 21, after: null });
      expect(counted.rowsOf('action_task')).toBeLessThan(100);
    }
  });
});
