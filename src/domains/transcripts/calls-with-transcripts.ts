// Which calls have a transcript, for the filter of their list.
import { type SqlPart, sqlPart } from '#platform/db/index.ts';

/** That an interaction i is a call with a transcript in one of these states. */
export function callsWithTranscripts(states: readonly string[]): SqlPart {
  return sqlPart`exists (select from transcript t where t.account_id = i.account_id and t.call_id = i.id
    and t.state = any(${states}::transcript_state[]))`;
}
