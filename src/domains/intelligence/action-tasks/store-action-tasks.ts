// The only writer of the table action_task.
import type { ActionTask } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { versionConflict } from '#values/refusals.ts';
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
  of: { accountId: string; insightId: string; callId: string; companyId: string },
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

/** An item of a lead's plan. */
export type LeadTask = Pick<
  ActionTask,
  'text' | 'owner' | 'due' | 'callId' | 'transcriptId' | 'n' | 'from' | 'length'
> & { interactionId: string; drawn: string };

/**
 * Writes the tasks of a lead's plan that was just drawn. One that says the same is gone on with where people left it, under its
 * id; one that is not drawn again stays where people have gone on with it, and goes where they have not.
 * @param of.leadInsightId the plan; null = none was drawn
 */
export async function settleLeadTasks(
  tx: Tx,
  of: { accountId: string; leadId: string; companyId: string; leadInsightId: string | null },
  items: readonly LeadTask[],
): Promise<void> {
  const { accountId, leadId, companyId, leadInsightId } = of;
  // also those of leads that were merged into this one
  const known = await tx.actionTask.findMany({
    where: { accountId, leadInsightId: { not: null }, interaction: { leadId } },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  });
  const before = Map.groupBy(known, ({ drawn }) => drawn);
  const drawnAgain = new Set<string>();
  for (const [position, { text, ...item }] of items.entries()) {
    const task = before.get(item.drawn)?.shift();
    if (task) {
      drawnAgain.add(task.id);
      const { owner: _owner, ...place } = item;
      await tx.actionTask.update({
        where: { accountId_id: { accountId, id: task.id } },
        // what people worded stays, what was forgotten comes back
        data: { ...place, leadInsightId, position, ...(task.text === '' && { text }) },
      });
    } else {
      const data = { ...item, accountId, id: newId(), companyId, leadInsightId, position, text };
      await tx.actionTask.create({ data });
    }
  }
  const isDropped = ({ id, version, text }: ActionTask) =>
    !drawnAgain.has(id) && (version === 1 || text === '');
  const dropped = known.filter(isDropped).map(({ id }) => id);
  await tx.actionTask.deleteMany({ where: { accountId, id: { in: dropped } } });
}

/**
 * Forgets the words of the tasks of leads that rest on a transcript or an interaction. What people put to them waits until the
 * same is drawn again.
 */
export async function forgetLeadTasks(
  tx: Tx,
  accountId: string,
  on: { transcriptId: string } | { interactionId: string },
): Promise<void> {
  const where = { accountId, leadInsightId: { not: null }, ...on };
  await tx.actionTask.deleteMany({ where: { ...where, version: 1 } });
  const data = { text: '', due: null, version: { increment: 1 } };
  await tx.actionTask.updateMany({ where, data });
}

/**
 * Writes what somebody changed of a task in the version that they saw, and raises that.
 * @throws Refused VERSION_CONFLICT: its words were forgotten meanwhile
 */
export async function writeTask(
  tx: Tx,
  { accountId, id, version }: Pick<ActionTask, 'accountId' | 'id' | 'version'>,
  fields: Partial<
    Pick<ActionTask, 'text' | 'owner' | 'dueOn' | 'assigneeId' | 'doneAt' | 'doneBy'>
  >,
): Promise<ActionTask> {
  const [written] = await tx.actionTask.updateManyAndReturn({
    where: { accountId, id, version },
    data: { ...fields, version: version + 1 },
  });
  if (!written) throw versionConflict(version + 1);
  return written;
}
