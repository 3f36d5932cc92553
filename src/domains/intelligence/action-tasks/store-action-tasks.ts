// The only writer of the table action_task.
import type { ActionTask } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { StoredItem } from '../insights/store-insights.ts';

/** What people have made of a task, beside its words. */
type Progress = Pick<ActionTask, 'dueOn' | 'assigneeId' | 'doneAt' | 'doneBy'>;
/** The same of a task whose words are told by a digest only. */
export interface KnownTask extends Progress {
  digest: string;
}

/**
 * Writes the tasks of a plan that was just drawn.
 * @param before those of the plan whose place it takes: one that says the same is gone on with where people left it
 * @param digestOf the digest of a text, as theirs
 */
export async function insertTasks(
  tx: Tx,
  of: Pick<ActionTask, 'accountId' | 'insightId' | 'callId' | 'companyId'>,
  items: readonly StoredItem[],
  before: readonly KnownTask[],
  digestOf: (text: string) => string,
): Promise<void> {
  const known = Map.groupBy(before, (task) => task.digest);
  await tx.actionTask.createMany({
    data: items.map(({ text, owner = 'BUSINESS', due = null, n, from, length }, position) => {
      const { digest: _digest, ...progress } = known.get(digestOf(text))?.shift() ?? { digest: '' };
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
