// Who took a call, as statements of other domains ask for it.
import { sqlPart } from '#platform/db/index.ts';

/** Of the call `c`: the telephone of the business at which it was answered, E.164; null when nobody answered. */
export const ANSWERED_AT = sqlPart`case when c.answered_at is not null then c.machine #>> '{plan,destination}' end`;

/** Of the call `c`: the agent whose telephone that was when it was answered; null where it was nobody's. */
export const ANSWERED_BY = sqlPart`(
  select mine.agent_id from agent_telephone mine
   where mine.account_id = c.account_id and mine.number = ${ANSWERED_AT}
     and mine.since <= c.answered_at and (mine.until is null or mine.until > c.answered_at)
   order by mine.since desc limit 1)`;
