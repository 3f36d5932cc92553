// Who took a call, as statements of other domains ask for it.
import { sqlPart } from '#platform/db/index.ts';

/** Of the call `c`: the telephone of the business at which it was answered, E.164; null when nobody answered. */
export const ANSWERED_AT = sqlPart`case when c.answered_at is not null then c.machine #>> '{plan,destination}' end`;
