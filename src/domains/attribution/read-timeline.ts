// All that happened with a person, as one list: visits, interactions, notes, and when they became a lead and a good one.
import { authorize } from '#domains/accounts/index.ts';
import { channelsOf } from '#domains/interactions/index.ts';
import type { InteractionKind } from '#generated/prisma/enums.ts';
import { type Db, type SqlPart, sqlPart, tenantSql } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { readDate } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';

/** One thing that happened. */
export interface TimelineEntry {
  /** its place among what happened at the same moment */
  id: string;
  what: 'VISIT' | 'LEAD_CREATED' | 'NOTE' | 'INTERACTION' | 'QUALIFIED';
  at: Date;
  /** of the interaction, session, note or lead */
  thingId: string;
  /** of an interaction */
  kind: InteractionKind | null;
  /** of a visit */
  sourceId: string | null;
}

/**
 * One page of a lead's timeline, newest first. The lead is one that the viewer was shown; interactions of channels that
 * the viewer may not read are left out.
 * @throws Forbidden; MalformedCursor
 */
export async function readTimeline(
  { db }: { db: Db },
  viewer: Viewer,
  leadId: string,
  page: { limit: number; after: RowKey | null },
): Promise<TimelineEntry[]> {
  authorize(viewer, 'leads.read');
  const sql = tenantSql(viewer.accountId);
  const kinds = channelsOf(viewer);
  const { limit, after } = page;
  const until = after && readDate(after.value);
  const none = sqlPart`null::interaction_kind as kind, null::uuid as "sourceId"`;
  /** the newest of one sort behind the place */
  const behind = (at: SqlPart, key: SqlPart): SqlPart => sqlPart`
    ${after ? sqlPart`(${at}, ${key}) < (${until}::timestamptz, ${after.id}::text)` : sqlPart`true`}
    and ${after ? sqlPart`${at} <= ${until}::timestamptz` : sqlPart`true`}
    order by ${at} desc, ${key} desc limit ${limit}::int`;
  return sql`
    select id, what, at, "thingId", kind, "sourceId" from (
      (select distinct t.account_id, '1:' || t.id as id, 'VISIT' as what, t.at, t.id as "thingId",
              null::interaction_kind as kind, t.source_id as "sourceId"
         from touchpoint t
        where t.account_id = ${sql.account} and t.lead_id = ${leadId}::uuid and t.interaction_id is null
          and ${behind(sqlPart`t.at`, sqlPart`'1:' || t.id`)})
      union all
      (select l.account_id, '2:' || l.id, 'LEAD_CREATED', l.created_at, l.id, ${none} from lead l
        where l.account_id = ${sql.account} and l.id = ${leadId}::uuid
          and ${behind(sqlPart`l.created_at`, sqlPart`'2:' || l.id`)})
      union all
      (select n.account_id, '3:' || n.id, 'NOTE', n.created_at, n.id, ${none} from lead_note n
        where n.account_id = ${sql.account} and n.lead_id = ${leadId}::uuid
          and ${behind(sqlPart`n.created_at`, sqlPart`'3:' || n.id`)})
      union all
      (select i.account_id, '4:' || i.id, 'INTERACTION', i.occurred_at, i.id, i.kind, null from interaction i
        where i.account_id = ${sql.account} and i.lead_id = ${leadId}::uuid
          and i.kind = any(${kinds}::interaction_kind[])
          and ${behind(sqlPart`i.occurred_at`, sqlPart`'4:' || i.id`)})
      union all
      (select l.account_id, '5:' || l.id, 'QUALIFIED', l.qualified_at, i.id, i.kind, null from lead l
         left join interaction i on i.account_id = l.account_id and i.id = l.good_interaction_id
               and i.kind = any(${kinds}::interaction_kind[])
        where l.account_id = ${sql.account} and l.id = ${leadId}::uuid and l.qualified_at is not null
          and ${behind(sqlPart`l.qualified_at`, sqlPart`'5:' || l.id`)})) happened
     where happened.account_id = ${sql.account}
     order by at desc, id desc limit ${limit}::int`.rows<TimelineEntry>(db.pool);
}
