// Reads what was spotted on calls that go on, each with the words around it.
import type { Speaker } from '#generated/prisma/enums.ts';
import { type Db, tenantSql } from '#platform/db/index.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';

/** A keyword and where it was said first. */
export interface LiveHitRow {
  callId: string;
  companyId: string;
  setId: string;
  keyword: string;
  speaker: Speaker;
  startMs: number;
  wordIndex: number;
  wordCount: number;
  /** null = the transcript is there, which has the words */
  text: string | null;
}

/** What was spotted on those of these calls that the viewer sees, in the order of speech. */
export async function liveHitsOf(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  callIds: readonly string[],
): Promise<LiveHitRow[]> {
  const sql = tenantSql(viewer.accountId);
  const rows = await sql`
    select k.call_id as "callId", c.company_id as "companyId", k.set_id as "setId", k.keyword, k.speaker,
           k.start_ms as "startMs", k.word_index as "wordIndex", k.word_count as "wordCount", s.text
      from live_keyword k
      join call c on c.account_id = k.account_id and c.id = k.call_id
      left join live_segment s on s.account_id = k.account_id and s.call_id = k.call_id and s.n = k.n
     where k.account_id = ${sql.account} and k.call_id = any(${callIds}::uuid[])
     order by k.start_ms, k.n, k.word_index, k.keyword`.rows<LiveHitRow>(pool);
  return rows.filter((row) => seesCompany(viewer, row.companyId));
}
