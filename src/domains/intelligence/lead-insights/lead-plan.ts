// The tasks of a lead's plan. What the plan of one of its calls has as a task already is that task here, too, and not made twice.
import type { Tx } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import {
  findTasks,
  isOnSameWords,
  type TaskRow,
  tasksOnTranscripts,
} from '../action-tasks/read-action-tasks.ts';
import { settleLeadTasks } from '../action-tasks/store-action-tasks.ts';
import type { StoredItem } from '../insights/store-insights.ts';
import type { NewClaim } from './store-lead-readings.ts';

/**
 * Writes the tasks of what was just drawn from a lead's history.
 * @param of.leadInsightId the plan; null = none was drawn
 * @param items those of the plan, each with the MAC of what it tells
 */
export async function settleLeadPlan(
  tx: Tx,
  of: { accountId: string; leadId: string; companyId: string; leadInsightId: string | null },
  items: readonly (NewClaim & { part: string })[],
): Promise<void> {
  const transcriptIds = items.flatMap(({ transcriptId }) => transcriptId ?? []);
  const ofCalls = await tasksOnTranscripts(tx, of.accountId, transcriptIds);
  const tasks = items.flatMap(({ item, part, interactionId, transcriptId, n }) => {
    const { text, owner = 'BUSINESS', due = null, from, length } = item;
    const place = { transcriptId, n, from, length };
    if (ofCalls.some((task) => isOnSameWords(task, place))) return [];
    const callId = transcriptId && interactionId;
    return [{ text, owner, due, ...place, callId, interactionId, drawn: part }];
  });
  await settleLeadTasks(tx, of, tasks);
}

/**
 * The tasks of these plans of leads that the viewer may see: their own, and those of calls on the same words. The caller has
 * seen that the viewer may see the plans.
 */
export async function tasksOfLeadPlans(
  tx: Tx,
  viewer: Viewer,
  insightIds: readonly string[],
): Promise<Map<string, TaskRow[]>> {
  const { accountId } = viewer;
  const plans = await tx.leadInsight.findMany({
    where: { accountId, id: { in: [...insightIds] }, kind: 'ACTION_PLAN' },
    select: {
      ...{ id: true, leadId: true },
      tasks: { orderBy: [{ position: 'asc' }, { id: 'asc' }], select: { id: true } },
      claims: { select: { transcriptId: true, n: true, detail: true } },
    },
  });
  const transcriptIds = plans.flatMap(({ claims }) =>
    claims.flatMap((one) => one.transcriptId ?? []),
  );
  const ofCalls = await tasksOnTranscripts(tx, accountId, transcriptIds);
  const idsOf = new Map(
    plans.map(({ id, claims, tasks }) => {
      const shared = claims.flatMap(({ detail, ...claim }) => {
        const { from = 0, length = 0 } = detail as Partial<StoredItem>;
        const place = { ...claim, from, length };
        return ofCalls.filter((task) => !task.hidden && isOnSameWords(task, place));
      });
      return [id, new Set([...shared, ...tasks].map((task) => task.id))] as const;
    }),
  );
  const rows = await findTasks(
    tx,
    viewer,
    [...idsOf.values()].flatMap((ids) => [...ids]),
  );
  const byId = new Map(rows.map((task) => [task.id, task]));
  return new Map(
    plans.map(({ id, leadId }) => {
      const tasks = [...(idsOf.get(id) ?? [])].flatMap((taskId) => byId.get(taskId) ?? []);
      // where leads were split, what went with another one is its
      return [id, tasks.filter((task) => task.leadId === leadId)] as const;
    }),
  );
}
