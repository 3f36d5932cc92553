// The list of tasks: what is due soonest first, and behind it what nobody has put a day to, drawn last first. Only tasks of
// plans that are shown: of the last reading of the words as they stand, and not hidden; of leads, what people go on with also
// where it was not drawn again.
import { authorize } from '#domains/accounts/index.ts';
import { type Db, type SqlPart, sqlPart, tenantSql } from '#platform/db/index.ts';
import { MalformedCursor, type RowKey } from '#values/cursor.ts';
import type { Viewer } from '#values/viewer.ts';
import { IS_LAST_RUN } from '../insights/last-run.ts';
import { quotableKinds } from '../lead-insights/may-quote.ts';

/** Which tasks; absent and null fields leave all. Lists are ORs, fields are ANDs. */
export interface ActionTaskFilter {
  companyIds?: readonly string[] | null | undefined;
  assigneeIds?: readonly string[] | null | undefined;
  /** of the asking person */
  isMine?: boolean | null | undefined;
  isDone?: boolean | null | undefined;
  /** a day, exclusive: YYYY-MM-DD; only tasks with a day */
  dueBefore?: string | null | undefined;
}

/** The place of a task in the list. */
export interface PlacedTask {
  id: string;
  /** YYYY-MM-DD; null = nobody has put a day to it */
  dueOn: string | null;
}

/** What stands in a cursor in place of a day. */
export const NO_DAY = 'none';
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** One page of tasks. Throws Forbidden; MalformedCursor. */
export async function listActionTasks(
  { db }: { db: Pick<Db, 'pool'> },
  viewer: Viewer,
  filter: ActionTaskFilter,
  { limit, after }: { limit: number; after: RowKey | null },
): Promise<PlacedTask[]> {
  authorize(viewer, 'transcripts.read');
  const sql = tenantSql(viewer.accountId);
  const read = (which: SqlPart, order: SqlPart, rows: number) =>
    sql`select task.id, to_char(task.due_on, 'YYYY-MM-DD') as "dueOn" from ${TASKS}
      where task.account_id = ${sql.account} and ${which} and ${matches(viewer, filter)}
      order by ${order} limit ${rows}`.rows<PlacedTask>(db.pool);
  const isBehindDays = after?.value === NO_DAY;
  const dated = isBehindDays
    ? []
    : await read(dueBehind(after), sqlPart`task.due_on asc, task.id asc`, limit);
  const left = limit - dated.length;
  if (left === 0 || filter.dueBefore) return dated;
  const behind = isBehindDays ? sqlPart`task.id < ${after.id}::uuid` : sqlPart`true`;
  const undated = sqlPart`task.due_on is null and ${behind}`;
  // the same index as for days, from its end
  return [...dated, ...(await read(undated, sqlPart`task.due_on desc, task.id desc`, left))];
}

/** How many tasks a filter has, never counting past `cap`. Throws Forbidden. */
export async function countActionTasks(
  { db }: { db: Pick<Db, 'pool'> },
  viewer: Viewer,
  filter: ActionTaskFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'transcripts.read');
  const sql = tenantSql(viewer.accountId);
  const [row] = await sql`select count(*)::int as n from (
      select 1 from ${TASKS} where task.account_id = ${sql.account} and ${matches(viewer, filter)}
       limit ${cap}) counted`.rows<{ n: number }>(db.pool);
  return row?.n ?? 0;
}

const TASKS = sqlPart`action_task task
  left join insight n on n.account_id = task.account_id and n.id = task.insight_id
  left join insight_run r on r.account_id = n.account_id and r.id = n.run_id
  left join transcript t on t.account_id = r.account_id and t.id = r.transcript_id
  left join lead_insight plan on plan.account_id = task.account_id and plan.id = task.lead_insight_id
  left join interaction i on i.account_id = task.account_id and i.id = task.interaction_id`;

/** Of a call's plan that is shown, or of a lead's that is, resting on what the viewer may quote. */
const isShown = (viewer: Viewer) => sqlPart`case when task.insight_id is not null
  then not n.hidden and ${IS_LAST_RUN}
  else not plan.hidden and task.text <> '' and i.lead_id is not null
       and i.kind::text = any(${quotableKinds(viewer)}::text[]) end`;

function dueBehind(after: RowKey | null): SqlPart {
  if (!after) return sqlPart`task.due_on is not null`;
  if (!DAY.test(after.value)) throw new MalformedCursor();
  return sqlPart`(task.due_on, task.id) > (${after.value}::date, ${after.id}::uuid)`;
}

/** The conditions of a filter, kept to the viewer's companies. */
function matches(viewer: Viewer, filter: ActionTaskFilter): SqlPart {
  const { companyIds, assigneeIds, isMine, isDone, dueBefore } = filter;
  const { actor } = viewer;
  const asking = actor.kind === 'user' ? actor.id : null;
  const conditions = [
    viewer.companyIds && isAnyOf(sqlPart`task.company_id`, viewer.companyIds),
    companyIds && isAnyOf(sqlPart`task.company_id`, companyIds),
    assigneeIds && isAnyOf(sqlPart`task.assignee_id`, assigneeIds),
    isMine === true && sqlPart`task.assignee_id = ${asking}::uuid`,
    isMine === false && sqlPart`(task.assignee_id = ${asking}::uuid) is not true`,
    isDone === true && sqlPart`task.done_at is not null`,
    isDone === false && sqlPart`task.done_at is null`,
    dueBefore && sqlPart`task.due_on < ${dueBefore}::date`,
  ];
  return conditions.reduce<SqlPart>(
    (all, one) => (one ? sqlPart`${all} and ${one}` : all),
    isShown(viewer),
  );
}

/** One is asked for by `=`: only then do its rows come in order out of its own index. */
function isAnyOf(column: SqlPart, ids: readonly string[]): SqlPart {
  return ids.length === 1
    ? sqlPart`${column} = ${ids[0]}::uuid`
    : sqlPart`${column} = any(${ids}::uuid[])`;
}
