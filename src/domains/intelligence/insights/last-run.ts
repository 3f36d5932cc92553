// Which run of a transcript counts: the last one that drew something from its words as they stand.
import { sqlPart } from '#platform/db/index.ts';

/** That the insight_run `r` is the last one that drew something from its transcript `t` as it stands. */
export const IS_LAST_RUN = sqlPart`r.edits = t.edits and not exists (
  select from insight_run later
   where later.account_id = r.account_id and later.transcript_id = r.transcript_id and later.failure is null and later.edits = r.edits
     and (later.at, later.id) > (r.at, r.id))`;
