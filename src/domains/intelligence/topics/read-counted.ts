// How often terms were said: of the calls of some days, those that are looked at, and what was said in them.
import type { TranscriptSegment } from '#generated/prisma/client.ts';
import { type Db, sqlPart, tenantSql } from '#platform/db/index.ts';
import type { CountedTerm } from './join-terms.ts';

/** so many transcripts are looked at at most, of one period */
export const MOST_READ = 3_000;
/** so many terms are joined to topics at most */
const MOST_TERMS = 100;
/** a term of fewer calls is no topic */
const LEAST_CALLS = 2;

/** Transcripts that are looked at, numbered by their calls. */
export interface Looked {
  transcripts: { transcriptId: string; call: number }[];
  /** by their numbers */
  calls: { callId: string; startedAt: Date }[];
  /** how many transcripts there are, also those that are not looked at */
  found: number;
}

type Pool = Pick<Db, 'pool'>;

/** The transcripts of calls that began in [from, before), drawn evenly where there are too many: the same ones each time. */
export async function readLooked(
  { pool }: Pool,
  accountId: string,
  { companyIds, from, before }: { companyIds: readonly string[]; from: Date; before: Date },
): Promise<Looked> {
  const sql = tenantSql(accountId);
  // the end of an id is random, so its order is a fair draw
  const rows = await sql`
    select transcript_id as "transcriptId", call_id as "callId", started_at as "startedAt",
           count(*) over ()::int as found
      from topic_reading
     where account_id = ${sql.account} and company_id = any(${[...companyIds]}::uuid[]) and understood
       and started_at >= ${from}::timestamptz and started_at < ${before}::timestamptz
     order by right(transcript_id::text, 12), transcript_id
     limit ${MOST_READ}::int`.rows<{
    transcriptId: string;
    callId: string;
    startedAt: Date;
    found: number;
  }>(pool);
  const numbers = new Map<string, number>();
  const calls: Looked['calls'] = [];
  const transcripts = rows.map(({ transcriptId, callId, startedAt }) => {
    const call = numbers.get(callId) ?? calls.push({ callId, startedAt }) - 1;
    numbers.set(callId, call);
    return { transcriptId, call };
  });
  return { transcripts, calls, found: rows[0]?.found ?? 0 };
}

/**
 * The terms that were said in these calls, each with its calls: the most telling ones, or those that are named.
 * @param named null = the most telling, that two calls hold at least
 */
export function readCounted(
  { pool }: Pool,
  accountId: string,
  { transcripts, calls }: Looked,
  named: readonly string[] | null,
): Promise<CountedTerm[]> {
  const sql = tenantSql(accountId);
  const ids = transcripts.map(({ transcriptId }) => transcriptId);
  const numbers = transcripts.map(({ call }) => call);
  const which = named ? sqlPart`t.term = any(${[...named]}::text[])` : sqlPart`true`;
  const least = named ? 1 : LEAST_CALLS;
  const share = sqlPart`(count(distinct looked.call)::float8 / ${Math.max(1, calls.length)}::int)`;
  return sql`
    select t.term, mode() within group (order by t.phrase) as phrase, array_agg(distinct looked.call) as calls
      from unnest(${ids}::uuid[], ${numbers}::int[]) as looked(id, call)
      join topic_term t on t.account_id = ${sql.account} and t.transcript_id = looked.id
     where ${which}
     group by t.term
    having count(distinct looked.call) >= ${least}::int
     order by -${share} * ln(${share}) desc, count(distinct looked.call) desc, t.term
     limit ${MOST_TERMS}::int`.rows<CountedTerm>(pool);
}

/** Where a term was said, with its segment. */
export interface SaidRow {
  transcriptId: string;
  term: string;
  phrase: string;
  wordIndex: number;
  wordCount: number;
  segment: TranscriptSegment;
}

/** Where these terms were first said in these transcripts. */
export function readSaid(
  { pool }: Pool,
  accountId: string,
  places: readonly { transcriptId: string; term: string }[],
): Promise<SaidRow[]> {
  const sql = tenantSql(accountId);
  const ids = places.map(({ transcriptId }) => transcriptId);
  const terms = places.map(({ term }) => term);
  return sql`
    select t.transcript_id as "transcriptId", t.term, t.phrase, t.word_index as "wordIndex", t.word_count as "wordCount",
           jsonb_build_object('accountId', s.account_id, 'transcriptId', s.transcript_id, 'n', s.n,
             'speaker', s.speaker, 'startMs', s.start_ms, 'endMs', s.end_ms, 'text', s.text,
             'uncertain', s.uncertain, 'edited', s.edited, 'words', s.words) as segment
      from unnest(${ids}::uuid[], ${terms}::text[]) as wanted(id, term)
      join topic_term t on t.account_id = ${sql.account} and t.transcript_id = wanted.id and t.term = wanted.term
      join transcript_segment s
        on s.account_id = t.account_id and s.transcript_id = t.transcript_id and s.n = t.n`.rows<SaidRow>(
    pool,
  );
}
