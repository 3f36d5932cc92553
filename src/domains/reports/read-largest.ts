// Finds the groups with most interactions among any number of words without reading them all: each span's largest are read
// off an index, and what was not read there is at most so large. When that does not decide it, all words are read.
import type { InteractionKind, ReportSpan } from '#generated/prisma/enums.ts';
import { type Db, tenantSql } from '#platform/db/index.ts';
import { type Block, coverOf } from './cover.ts';
import { WORD_CUTS } from './fact.ts';
import type { Measures } from './measures.ts';
import type { SumWish } from './read-sums.ts';
import { endOf } from './spans.ts';

/** How many words of a span are read, by groups asked for: most where most of the interactions stand. */
const SHARE: Record<ReportSpan, number> = { MONTH: 4, WEEK: 2, DAY: 1, HOUR: 0.5, QUARTER: 0.25 };
/** Candidates at most, by groups asked for. */
const CANDIDATES = 4;
/** So much less than expected the last group may have, and they still decide it. */
const MARGIN = 0.9;
/** More sums to look up by row that was read than this, and reading all of them is cheaper: many small companies. */
const MOST_LOOKUPS = 10;

/**
 * Reads the largest groups.
 * @param read reads groups, the largest first, at most `limit`; of some words alone when the wish names them
 * @returns what `read` does for the whole wish
 */
export async function readLargest<Group extends { sums: Measures }>(
  db: Pick<Db, 'pool'>,
  wish: SumWish,
  limit: number,
  read: (wish: SumWish) => Promise<Group[]>,
): Promise<Group[]> {
  const found = wish.cuts.every(isByWord) ? await findCandidates(db, wish, limit) : null;
  if (found) {
    const groups = await read({ ...wish, kinds: found.kinds, words: found.words });
    const last = groups[limit - 1];
    if (last && last.sums.interactions > found.othersAtMost) return groups;
  }
  return read(wish);
}

/** Figures are whole and, in millionths of nine billion interactions, exact. */
interface Candidate {
  word: string;
  /** what was read of it */
  read: number;
  /** the same, less what a list could have left unread of it */
  above: number;
  /** of all lists together: what a word that none of them showed has at most */
  unread: number;
  /** how many were read */
  rows: number;
  /** the channels by which anything ever came */
  used: InteractionKind[];
}

const isByWord = (cut: string) =>
  cut.endsWith('_KEYWORD')
    ? !cut.startsWith('TRACKER_')
    : cut === 'FORM' || WORD_CUTS.some((one) => one === cut);

/**
 * The threshold algorithm of Fagin, Lotem and Naor (Optimal aggregation algorithms for middleware, 2003), to a fixed depth:
 * a word has at most what was read of it, and of every list that it was not read in, what that one's last word has.
 * @returns null when reading all is as cheap
 */
async function findCandidates(
  { pool }: Pick<Db, 'pool'>,
  { accountId, companyIds, kinds, cuts, moments }: SumWish,
  limit: number,
): Promise<{ kinds: InteractionKind[]; words: string[]; othersAtMost: bigint } | null> {
  const sql = tenantSql(accountId);
  const blocks = coverOf(moments);
  // what is taken off makes nothing larger
  const added = blocks.filter(({ sign }) => sign === 1);
  const spans = added.map(({ span }) => span);
  const starts = added.map(({ at }) => new Date(at));
  const depths = added.map(({ span }) => Math.ceil(limit * SHARE[span]));
  const found = await sql`
    with list as (
      select r.* from unnest(${companyIds}::uuid[]) as c(id)
       cross join unnest(${kinds}::interaction_kind[]) as k(kind)
       cross join unnest(${cuts}::report_cut[]) as u(cut)
       cross join unnest(${spans}::report_span[], ${starts}::timestamptz[], ${depths}::int[])
                  as p(span, at, depth)
       cross join lateral (
         select t.word, t.interactions, row_number() over () = 1 as is_first,
                case when count(*) over () = p.depth then min(t.interactions) over () else 0 end
                  as unread
           from (select w.word, w.interactions from report_bucket w
                  where w.account_id = ${sql.account} and w.company_id = c.id and w.kind = k.kind
                    and w.cut = u.cut and w.span = p.span and w.starts_at = p.at and w.word <> ''
                    and w.tracker_id = '00000000-0000-0000-0000-000000000000'
                  order by w.interactions desc limit p.depth) t) r)
    select word, sum(interactions)::float8 as read, sum(interactions - unread)::float8 as above,
           (select sum(unread) filter (where is_first) from list)::float8 as unread,
           (select count(*)::int from list) as rows,
           (select array_agg(k.kind::text) from unnest(${kinds}::interaction_kind[]) as k(kind)
             where exists (
               select 1 from report_bucket w
                where w.account_id = ${sql.account} and w.company_id = any(${companyIds}::uuid[])
                  and w.kind = k.kind and w.cut = any(${cuts}::report_cut[]))) as used
      from list group by word
     order by above desc limit ${CANDIDATES * limit + 1}::int`.rows<Candidate>(pool);
  const [first] = found;
  if (!first?.unread) return null;
  const share = lengthOf(blocks) / lengthOf(added);
  const read = found.map((one) => one.read).sort((a, b) => b - a);
  const expected = (read[limit - 1] ?? 0) * share * MARGIN;
  const enough = found.findIndex(({ above }, n) => n >= limit && first.unread + above < expected);
  const walks = blocks.length * companyIds.length * first.used.length * cuts.length;
  if (enough < 0 || walks * enough > MOST_LOOKUPS * first.rows) return null;
  return {
    kinds: first.used,
    words: ['', ...found.slice(0, enough).map(({ word }) => word)],
    othersAtMost: BigInt(first.unread + (found[enough] as Candidate).above),
  };
}

const lengthOf = (blocks: readonly Block[]) =>
  blocks.reduce((ms, { span, at, sign }) => ms + sign * (endOf(span, at) - at), 0);
