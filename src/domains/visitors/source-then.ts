// Which source a visitor had at a moment: the one rule for it, as a piece of SQL.
import { type SqlPart, sqlPart } from '#platform/db/index.ts';

/**
 * Of the sessions f for which this holds, which are one visitor's: the one that the visitor's source is taken from, as
 * (id, source_id). The latest that sets one; later ones change nothing (product.md 4.2).
 */
export function settingSession(holds: SqlPart): SqlPart {
  return sqlPart`
    select f.id, f.source_id from visitor_session f
     where ${holds} and f.sets_source
     order by f.started_at desc, f.id desc limit 1`;
}

const SETTING_THEN = settingSession(sqlPart`
  f.account_id = s.account_id and f.company_id = s.company_id and f.visitor_id = s.visitor_id
  and (f.started_at, f.id) <= (s.started_at, s.id)`);

/** Of a session s: the id of the source that its visitor had in it; its own where none that set one is kept. */
export const SOURCE_THEN = sqlPart`coalesce((select giving.source_id from (${SETTING_THEN}) giving), s.source_id)`;

/**
 * Of a session s that an interaction i was put down to: the id of the session that the interaction's source was taken from,
 * whose landing page, page before and search words go with that source (product.md 4.2). Null where it is not kept: those of
 * another visit would not go with it.
 */
export const SOURCE_SESSION = sqlPart`coalesce((select giving.id from (${SETTING_THEN}) giving),
  case when s.source_id = i.source_id then s.id end)`;
