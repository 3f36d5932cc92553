// The only writer of the table action_task.
import type { ActionTask } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { StoredItem } from '../insights/store-insights.ts';

/** What people have made of a task, beside its words. */
type Progress = Pick<ActionTask, 'dueOn' | 'assigneeId' | 'doneAt' | 'doneBy'>;
type KnownTask = Progress & Pick<ActionTask, 'text'>;

/** The tasks of the plan that stood last for a transcript, in their order; none when there was no plan. */
export async function lastTasks(
  tx: Tx,
  accountId: string,
  transcriptId: string,
): Promise<KnownTask[]> {
  const plan = await tx.insight.findFirst({
    where: { accountId, kind: 'ACTION_PLAN', run: { transcriptId } },
    orderBy: [{ run: { edits: 'desc' } }, { run: { at: 'desc' } }, { run: { id: 'desc' } }],
    select: {
      tasks: {
        orderBy: { position: 'asc' },
        select: { text: true, dueOn: true, assigneeId: true, doneAt: true, doneBy: true },
      },
    },
  });
  return plan?.tasks ?? [];
}

/**
 * Writes the tasks of a plan that was just drawn.
 * @param before those of the plan whose place it takes: one that says the same is gone on with where people left it
 */
export async function insertTasks(
  tx: Tx,
  of: Pick<ActionTask, 'accountId' | 'insightId' | 'callId' | 'companyId'>,
  items: readonly StoredItem[],
  before: readonly KnownTask[],
): Promise<void> {
  const known = Map.groupBy(before, (task) => task.text);
  await tx.actionTask.createMany({
    data: items.map(({ text, owner = 'BUSINESS', due = null, n, from, length }, position) => {
      const { text: _text, ...progress } = known.get(text)?.shift() ?? { text };
      return {
        ...{ ...of, id: newId(), position },
        ...{ text, owner, due, n, from, length },
        ...(progress satisfies Partial<Progress>),
      };
    }),
  });
}

/** Writes what somebody changed of a task, and raises its version. */
export function writeTask(
  tx: Tx,
  accountId: string,
  id: string,
  fields: Partial<
    Pick<ActionTask, 'text' | 'owner' | 'dueOn' | 'assigneeId' | 'doneAt' | 'doneBy'>
  >,
): Promise<ActionTask> {
  return tx.actionTask.update({
    where: { accountId_id: { accountId, id } },
    data: { ...fields, version: { increment: 1 } },
  });
}
