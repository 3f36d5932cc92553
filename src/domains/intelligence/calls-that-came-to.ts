// Which calls were found by a keyword, or came to something: for the filter of their list. What is hidden, or drawn from words
// that have changed since, counts no more than where insights are shown.
import { type SqlPart, sqlPart } from '#platform/db/index.ts';
import { IS_LAST_RUN } from './insights/last-run.ts';

/** That on an interaction i, a call, a keyword of one of these sets was said. */
export function callsWithHits(setIds: readonly string[]): SqlPart {
  return sqlPart`exists (select from transcript t
      join keyword_hit h on h.account_id = t.account_id and h.transcript_id = t.id
     where t.account_id = i.account_id and t.call_id = i.id and h.set_id = any(${setIds}::uuid[]))`;
}

/** That an insight of an interaction i, a call, tells of one of these signals. */
export function callsWithSignals(signals: readonly string[]): SqlPart {
  return sqlPart`exists (select from ${INSIGHTS}
      join insight_signal s on s.account_id = n.account_id and s.insight_id = n.id
     where ${SHOWN_OF_CALL} and s.signal = any(${signals}::conversion_signal[]))`;
}

/** That an insight of an interaction i, a call, finds its lead as promising as one of these. */
export function callsWithScores(scores: readonly string[]): SqlPart {
  return sqlPart`exists (select from ${INSIGHTS}
     where ${SHOWN_OF_CALL} and n.lead_score = any(${scores}::lead_score[]))`;
}

const INSIGHTS = sqlPart`transcript t
      join insight_run r on r.account_id = t.account_id and r.transcript_id = t.id
      join insight n on n.account_id = r.account_id and n.run_id = r.id`;
const SHOWN_OF_CALL = sqlPart`t.account_id = i.account_id and t.call_id = i.id and not n.hidden and ${IS_LAST_RUN}`;
