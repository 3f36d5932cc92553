// Reads where keywords were said, each with its segment and the words around it.
import type { Speaker, TranscriptSegment } from '#generated/prisma/client.ts';
import { type Db, type SqlPart, sqlPart, tenantSql } from '#platform/db/index.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';

/** A keyword and its place. */
export interface HitRow {
  callId: string;
  companyId: string;
  transcriptId: string;
  /** null = of no set yet */
  setId: string | null;
  keyword: string;
  wordIndex: number;
  /** 0 = something was not said from this word on */
  wordCount: number;
  startMs: number;
  speaker: Speaker;
  segment: TranscriptSegment;
}

/** The hits of these calls in the order of speech. The caller has seen that the viewer may read their transcripts. */
export function hitsOfCalls(
  db: Pick<Db, 'pool'>,
  accountId: string,
  callIds: readonly string[],
): Promise<HitRow[]> {
  return readHits(db, accountId, sqlPart`t.call_id = any(${callIds}::uuid[])`);
}

/** The hits of these sets in a transcript that the viewer may see, in the order of speech. */
export async function hitsOfTranscript(
  db: Pick<Db, 'pool'>,
  viewer: Viewer,
  transcriptId: string,
  setIds: readonly string[],
): Promise<HitRow[]> {
  const which = sqlPart`h.transcript_id = ${transcriptId}::uuid and h.set_id = any(${setIds}::uuid[])`;
  const rows = await readHits(db, viewer.accountId, which);
  return rows.filter((row) => seesCompany(viewer, row.companyId));
}

function readHits(
  { pool }: Pick<Db, 'pool'>,
  accountId: string,
  which: SqlPart,
): Promise<HitRow[]> {
  const sql = tenantSql(accountId);
  return sql`
    select t.call_id as "callId", c.company_id as "companyId", h.transcript_id as "transcriptId", h.set_id as "setId", h.keyword,
           h.word_index as "wordIndex", h.word_count as "wordCount", h.start_ms as "startMs", h.speaker,
           jsonb_build_object('accountId', s.account_id, 'transcriptId', s.transcript_id, 'n', s.n,
             'speaker', s.speaker, 'startMs', s.start_ms, 'endMs', s.end_ms, 'text', s.text,
             'uncertain', s.uncertain, 'edited', s.edited, 'words', s.words) as segment
      from keyword_hit h
      join transcript t on t.account_id = h.account_id and t.id = h.transcript_id
      join call c on c.account_id = t.account_id and c.id = t.call_id
      join transcript_segment s
        on s.account_id = h.account_id and s.transcript_id = h.transcript_id and s.n = h.n
     where h.account_id = ${sql.account} and ${which}
     order by h.start_ms, h.n, h.word_index, h.id`.rows<HitRow>(pool);
}

const WORDS_AROUND = 8;

/** The hit and up to 8 words on each side of it, as they stand in the segment. */
export function quoteOf({
  segment,
  wordIndex,
  wordCount,
}: Pick<HitRow, 'wordIndex' | 'wordCount'> & { segment: { text: string } }): string {
  const places = [...segment.text.matchAll(/\S+/g)];
  const first = places[Math.max(0, wordIndex - WORDS_AROUND)];
  const last = places[Math.min(places.length, wordIndex + wordCount + WORDS_AROUND) - 1];
  if (!first || !last) return segment.text;
  return segment.text.slice(first.index, last.index + last[0].length);
}
