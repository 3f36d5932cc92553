// Reads the tasks of action plans.
import { may } from '#domains/accounts/index.ts';
import type { ActionTask } from '#generated/prisma/client.ts';
import { type SqlSource, type Tx, tenantSql } from '#platform/db/index.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import type { QuotePlace } from '../insights/judge/match-quote.ts';
import { IS_LAST_RUN } from '../insights/last-run.ts';
import { quotableKinds } from '../lead-insights/may-quote.ts';

/** A task, and whose it is. */
export interface TaskRow extends ActionTask {
  /** the lead of what it rests on, as leads are now; null = that has none */
  leadId: string | null;
}

/** The tasks with these ids that the viewer may see, in any order; those of leads where they may quote what these rest on. */
export async function findTasks(
  tx: Tx,
  viewer: Viewer,
  ids: readonly string[],
): Promise<TaskRow[]> {
  if (!may(viewer, 'transcripts.read')) return [];
  const { accountId } = viewer;
  const rows = await tx.actionTask.findMany({ where: { accountId, id: { in: [...ids] } } });
  const seen = rows.filter(({ companyId }) => seesCompany(viewer, companyId));
  const restsOn = ({ interactionId, callId }: ActionTask) => interactionId ?? callId ?? '';
  const interactions = await tx.interaction.findMany({
    where: { accountId, id: { in: seen.map(restsOn).filter(Boolean) } },
    select: { id: true, kind: true, leadId: true },
  });
  const byId = new Map(interactions.map((one) => [one.id, one]));
  const kinds = quotableKinds(viewer);
  return seen.flatMap((task) => {
    const { leadId = null, kind } = byId.get(restsOn(task)) ?? {};
    const isOfLead = task.leadInsightId !== null;
    const isShown = !isOfLead || (task.text !== '' && leadId && kind && kinds.includes(kind));
    return isShown ? [{ ...task, leadId }] : [];
  });
}

/** The tasks of these plans of calls, in their order. The caller has seen that the viewer may see the plans. */
export async function tasksOfInsights(
  tx: Tx,
  accountId: string,
  insightIds: readonly string[],
): Promise<Map<string, ActionTask[]>> {
  const rows = await tx.actionTask.findMany({
    where: { accountId, insightId: { in: [...insightIds] } },
    orderBy: { position: 'asc' },
  });
  return Map.groupBy(rows, ({ insightId }) => insightId ?? '');
}

/** A task of a call's own plan, with the letters that it rests on. */
export interface PlacedCallTask extends QuotePlace {
  id: string;
  transcriptId: string;
  /** its plan is hidden */
  hidden: boolean;
}

/** The tasks of the plans that were drawn last from these transcripts, in their order. */
export function tasksOnTranscripts(
  source: SqlSource,
  accountId: string,
  transcriptIds: readonly string[],
): Promise<PlacedCallTask[]> {
  const sql = tenantSql(accountId);
  return sql`
    select task.id, r.transcript_id as "transcriptId", task.n, task."from", task.length, i.hidden
      from insight_run r
      join transcript t on t.account_id = r.account_id and t.id = r.transcript_id
      join insight i on i.account_id = r.account_id and i.run_id = r.id and i.kind = 'ACTION_PLAN'
      join action_task task on task.account_id = i.account_id and task.insight_id = i.id
     where r.account_id = ${sql.account} and r.transcript_id = any(${transcriptIds}::uuid[])
       and r.failure is null and ${IS_LAST_RUN}
     order by task.position, task.id`.rows<PlacedCallTask>(source);
}

/** Whether a task of a call's own plan rests on the same words as an item of a lead's. */
export function isOnSameWords(
  task: PlacedCallTask,
  item: Pick<PlacedCallTask, 'from' | 'length'> & { transcriptId: string | null; n: number | null },
): boolean {
  const isThere = task.transcriptId === item.transcriptId && task.n === item.n;
  return isThere && task.from < item.from + item.length && item.from < task.from + task.length;
}
