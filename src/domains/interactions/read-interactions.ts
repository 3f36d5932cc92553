// Reads what hangs on interactions and leads: tags, values, the interactions of leads. Each for many parents at once.
import { authorize } from '#domains/accounts/index.ts';
import type { InteractionKind } from '#generated/prisma/enums.ts';
import { type Db, sqlPart, tenantSql } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import type { Viewer } from '#values/viewer.ts';
import { channelsOf } from './channels.ts';
import { pageOfInteractions } from './page-of-interactions.ts';

export interface TagRow {
  id: string;
  companyId: string;
  name: string;
}

/** Which interaction (subject_id) has a tag of which name: for read models of later layers that join tags live. */
export const taggedInteractions = sqlPart`select it.account_id, it.interaction_id as subject_id, g.name
  from interaction_tag it join tag g on g.account_id = it.account_id and g.id = it.tag_id`;

/** The tags with these ids that the viewer may see, in any order. */
export async function findTags(
  { db }: { db: Db },
  { accountId, companyIds }: Viewer,
  ids: readonly string[],
): Promise<TagRow[]> {
  return db.prisma.tag.findMany({
    where: {
      accountId,
      id: { in: [...ids] },
      ...(companyIds && { companyId: { in: [...companyIds] } }),
    },
    select: { id: true, companyId: true, name: true },
  });
}

/** The tags of each of these interactions by name, in the order of the ids. The ids are of rows that were read. */
export async function tagsOf(
  { db }: { db: Db },
  viewer: Viewer,
  interactionIds: readonly string[],
): Promise<TagRow[][]> {
  const sql = tenantSql(viewer.accountId);
  const rows = await sql`
    select it.interaction_id as "interactionId", g.id, g.company_id as "companyId", g.name
      from interaction_tag it
      join tag g on g.account_id = it.account_id and g.id = it.tag_id
     where it.account_id = ${sql.account} and it.interaction_id = any(${interactionIds}::uuid[])
     order by g.name`.rows<TagRow & { interactionId: string }>(db.pool);
  return interactionIds.map((id) => rows.filter((row) => row.interactionId === id));
}

/** The sum of the values (cents) of each lead's interactions, in the order of the ids. */
export async function valuesOf(
  { db }: { db: Db },
  viewer: Viewer,
  leadIds: readonly string[],
): Promise<number[]> {
  const sql = tenantSql(viewer.accountId);
  const rows = await sql`
    select lead_id as "leadId", sum(value_cents)::float8 as cents from interaction
     where account_id = ${sql.account} and lead_id = any(${leadIds}::uuid[])
     group by lead_id`.rows<{ leadId: string; cents: number | null }>(db.pool);
  const sums = new Map(rows.map(({ leadId, cents }) => [leadId, cents ?? 0]));
  return leadIds.map((id) => sums.get(id) ?? 0);
}

/** An interaction's place in a lead's timeline. */
export interface Entry {
  id: string;
  kind: InteractionKind;
  leadId: string;
  occurredAt: Date;
}

/**
 * The newest interactions of each of these leads behind a place, in the order of the ids; by one statement. Those of
 * channels that the viewer may not see are left out.
 * @param page.limit at most so many of each lead
 * @throws Forbidden; MalformedCursor
 */
export async function timelinesOf(
  { db }: { db: Db },
  viewer: Viewer,
  leadIds: readonly string[],
  page: { limit: number; after: RowKey | null },
): Promise<Entry[][]> {
  const kinds = channelsOf(viewer);
  if (kinds.length === 0) authorize(viewer, 'calls.read');
  const sql = tenantSql(viewer.accountId);
  const { beyond, order } = pageOfInteractions({ ...page, direction: 'desc' });
  const rows = await sql`
    select e.id, e.kind, e.lead_id as "leadId", e.occurred_at as "occurredAt"
      from unnest(${leadIds}::uuid[]) as wanted(lead_id)
     cross join lateral (
       select i.id, i.kind, i.lead_id, i.occurred_at from interaction i
        where i.account_id = ${sql.account} and i.lead_id = wanted.lead_id
          and i.kind = any(${kinds}::interaction_kind[]) and ${beyond}
        order by ${order} limit ${page.limit}) e`.rows<Entry>(db.pool);
  return leadIds.map((id) => rows.filter((row) => row.leadId === id));
}

/** How many interactions a lead has, counted up to `cap`. */
export function countTimeline(
  { db }: { db: Db },
  viewer: Viewer,
  leadId: string,
  cap: number,
): Promise<number> {
  return db.prisma.interaction.count({
    where: { accountId: viewer.accountId, leadId, kind: { in: channelsOf(viewer) } },
    take: cap,
  });
}

/** The kinds of these interactions that the viewer may see. */
export async function findEntries(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<Pick<Entry, 'id' | 'kind'>[]> {
  const { accountId, companyIds } = viewer;
  return db.prisma.interaction.findMany({
    where: {
      accountId,
      id: { in: [...ids] },
      kind: { in: channelsOf(viewer) },
      ...(companyIds && { companyId: { in: [...companyIds] } }),
    },
    select: { id: true, kind: true },
  });
}

/** The currency of the viewer's account: ISO 4217. */
export async function readCurrency({ db }: { db: Db }, viewer: Viewer): Promise<string> {
  const account = await db.prisma.account.findUniqueOrThrow({
    where: { id: viewer.accountId },
    select: { currencyCode: true },
  });
  return account.currencyCode;
}
