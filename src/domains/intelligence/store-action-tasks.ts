// The only writer of the table action_task.
import type { ActionTask } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { StoredItem } from './store-insights.ts';

/** Writes the tasks of a plan that was just drawn. */
export async function insertTasks(
  tx: Tx,
  { accountId, insightId }: { accountId: string; insightId: string },
  items: readonly StoredItem[],
): Promise<void> {
  await tx.actionTask.createMany({
    data: items.map(({ text, owner = 'BUSINESS', due = null, n, from, length }, position) => ({
      ...{ accountId, id: newId(), insightId, position },
      ...{ text, owner, due, n, from, length },
    })),
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
