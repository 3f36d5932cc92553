// The place in a lead's timeline that an event tells of, as it is now.
import { may } from '#domains/accounts/index.ts';
import { channelsOf } from '#domains/interactions/index.ts';
import { type Db, tenantSql } from '#platform/db/index.ts';
import type { StoredEvent } from '#platform/events/index.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import type { TimelineEntry } from './read-timeline.ts';
import { interactionOf } from './told-of-lead.ts';

/**
 * Reads it; null when the event tells of none, or it is gone, or the viewer may not see it.
 * @param event one that followLead gave out to this viewer
 */
export async function entryOfEvent(
  { db }: { db: Db },
  viewer: Viewer,
  { type, payload, companyId }: StoredEvent,
): Promise<TimelineEntry | null> {
  if (!may(viewer, 'leads.read') || !seesCompany(viewer, companyId)) return null;
  const sql = tenantSql(viewer.accountId);
  const kinds = channelsOf(viewer);
  const interactionId = interactionOf({ payload });
  const [what, thingId] = interactionId
    ? ['INTERACTION', interactionId]
    : type === 'lead.created'
      ? ['LEAD_CREATED', payload.leadId]
      : type === 'lead.qualified'
        ? ['QUALIFIED', payload.leadId]
        : ['NOTE', payload.noteId];
  if (typeof thingId !== 'string') return null;
  const [row] = await sql`
    select * from (
      (select l.account_id, '2:' || l.id as id, 'LEAD_CREATED' as what, l.created_at as at,
              l.id as "thingId", null::interaction_kind as kind, null::uuid as "sourceId"
         from lead l where l.account_id = ${sql.account} and l.id = ${thingId}::uuid)
      union all
      (select n.account_id, '3:' || n.id, 'NOTE', n.created_at, n.id, null, null
         from lead_note n where n.account_id = ${sql.account} and n.id = ${thingId}::uuid)
      union all
      (select i.account_id, '4:' || i.id, 'INTERACTION', i.occurred_at, i.id, i.kind, null
         from interaction i
        where i.account_id = ${sql.account} and i.id = ${thingId}::uuid
          and i.kind = any(${kinds}::interaction_kind[]))
      union all
      (select l.account_id, '5:' || l.id, 'QUALIFIED', l.qualified_at, i.id, i.kind, null
         from lead l left join interaction i on i.account_id = l.account_id
              and i.id = l.good_interaction_id and i.kind = any(${kinds}::interaction_kind[])
        where l.account_id = ${sql.account} and l.id = ${thingId}::uuid
          and l.qualified_at is not null)) found
     where found.account_id = ${sql.account} and found.what = ${what}`.rows<TimelineEntry>(db.pool);
  return row ?? null;
}
