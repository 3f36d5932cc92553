// Reads insights with the segments that their quotes stand in.
import { may } from '#domains/accounts/index.ts';
import type { Insight, TranscriptSegment } from '#generated/prisma/client.ts';
import { type Db, type SqlPart, type SqlSource, sqlPart, tenantSql } from '#platform/db/index.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { IS_LAST_RUN } from './last-run.ts';
import type { StoredItem } from './store-insights.ts';

type QuotedSegment = Pick<TranscriptSegment, 'transcriptId' | 'n' | 'speaker' | 'text'> & {
  words: { startMs: number }[];
  startMs: number;
  endMs: number;
};

/** An insight as it is shown. */
export interface InsightRow extends Omit<Insight, 'items' | 'runId'> {
  transcriptId: string;
  engine: string;
  model: string;
  promptVersion: string;
  /** how many items of its run were left out, since nothing showed them */
  dropped: number;
  callId: string;
  companyId: string;
  items: StoredItem[];
  /** the segments that its items point at; none once they were edited, since other words stand there */
  segments: QuotedSegment[];
}

const SHOWN = sqlPart`not i.hidden and ${IS_LAST_RUN}`;

/** The insights of these calls that are not hidden, by kind. The caller has seen that the viewer may read transcripts. */
export function insightsOfCalls(
  db: Pick<Db, 'pool'>,
  accountId: string,
  callIds: readonly string[],
): Promise<InsightRow[]> {
  return readInsights(db, accountId, sqlPart`t.call_id = any(${callIds}::uuid[]) and ${SHOWN}`);
}

/** The insights of a transcript that are not hidden and that the viewer may see, by kind. */
export async function insightsOfTranscript(
  db: Pick<Db, 'pool'>,
  viewer: Viewer,
  transcriptId: string,
): Promise<InsightRow[]> {
  const which = sqlPart`t.id = ${transcriptId}::uuid and ${SHOWN}`;
  const rows = await readInsights(db, viewer.accountId, which);
  return rows.filter((row) => seesCompany(viewer, row.companyId));
}

/** The insights with these ids that the viewer may see, hidden ones too, in any order. */
export async function findInsights(
  { db }: { db: Pick<Db, 'pool'> },
  viewer: Viewer,
  ids: readonly string[],
): Promise<InsightRow[]> {
  if (!may(viewer, 'transcripts.read')) return [];
  const rows = await readInsights(db, viewer.accountId, sqlPart`i.id = any(${ids}::uuid[])`);
  return rows.filter((row) => seesCompany(viewer, row.companyId));
}

/** How many insights of a call, or of one of its transcripts, people have worked on, of those that count: reviewed them, or gone on with their tasks. */
export async function countWorkedOn(
  source: SqlSource,
  accountId: string,
  of: { callId: string } | { transcriptId: string },
): Promise<number> {
  const sql = tenantSql(accountId);
  const isOf =
    'callId' in of
      ? sqlPart`t.call_id = ${of.callId}::uuid`
      : sqlPart`t.id = ${of.transcriptId}::uuid`;
  const [row] = await sql`
    select count(*)::int as n
      from insight i
      join insight_run r on r.account_id = i.account_id and r.id = i.run_id
      join transcript t on t.account_id = r.account_id and t.id = r.transcript_id
     where i.account_id = ${sql.account} and ${isOf} and ${IS_LAST_RUN}
       and (i.reviewed_by is not null or exists (
             select from action_task task
              where task.account_id = i.account_id and task.insight_id = i.id
                and (task.version > 1 or num_nonnulls(task.done_at, task.assignee_id, task.due_on) > 0)))`.rows<{
    n: number;
  }>(source);
  return row?.n ?? 0;
}

function readInsights(
  { pool }: Pick<Db, 'pool'>,
  accountId: string,
  which: SqlPart,
): Promise<InsightRow[]> {
  const sql = tenantSql(accountId);
  return sql`
    select i.account_id as "accountId", i.id, r.transcript_id as "transcriptId", r.engine, r.model,
           r.prompt_version as "promptVersion", r.dropped, i.kind, i.text, i.subject, i.lead_score as "leadScore", i.drawn_lead_score as "drawnLeadScore", i.removed_signals::text[] as "removedSignals", i.corrected_by as "correctedBy", i.items, i.generated_at as "generatedAt", i.rating, i.hidden, i.edited, i.reviewed_by as "reviewedBy", i.reviewed_at as "reviewedAt",
           i.approved_by as "approvedBy", i.approved_version as "approvedVersion",
           i.version, t.call_id as "callId", c.company_id as "companyId",
           (select coalesce(jsonb_agg(jsonb_build_object('transcriptId', s.transcript_id, 'n', s.n,
                     'speaker', s.speaker, 'startMs', s.start_ms, 'endMs', s.end_ms, 'text', s.text,
                     'words', s.words)), '[]')
              from transcript_segment s
             where s.account_id = i.account_id and s.transcript_id = r.transcript_id and r.edits = t.edits
               and s.n in (select (item ->> 'n')::int from jsonb_array_elements(i.items) as item)) as segments
      from insight i
      join insight_run r on r.account_id = i.account_id and r.id = i.run_id
      join transcript t on t.account_id = r.account_id and t.id = r.transcript_id
      join call c on c.account_id = t.account_id and c.id = t.call_id
     where i.account_id = ${sql.account} and ${which}
     order by i.kind, i.generated_at, i.id`.rows<InsightRow>(pool);
}
