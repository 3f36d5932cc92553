// Which run of a transcript counts: the last one that drew something.
import { sqlPart } from '#platform/db/index.ts';

/** That the insight_run `r` is the last one that drew something from its transcript. */
export const IS_LAST_RUN = sqlPart`not exists (
  select from insight_run later
   where later.account_id = r.account_id and later.transcript_id = r.transcript_id and later.failure is null
     and (later.at, later.id) > (r.at, r.id))`;
