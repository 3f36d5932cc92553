// What the lists of all channels are filtered by, for SQL of the channels over interactions i.
import type { LeadStatus } from '#generated/prisma/enums.ts';
import { type SqlPart, sqlPart } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';

/** Which interactions; absent = all. Lists are ORs, fields are ANDs. */
export interface InteractionFilter {
  companyIds?: readonly string[] | null | undefined;
  leadIds?: readonly string[] | null | undefined;
  sourceIds?: readonly string[] | null | undefined;
  leadStatuses?: readonly LeadStatus[] | null | undefined;
  /** names of tags */
  tags?: readonly string[] | null | undefined;
}

/**
 * The condition of a filter, kept to the viewer's companies.
 * @param own the channel's own conditions; what is not one is passed over
 * @param companyId the column whose index gives the list its order
 */
export function interactionsThatFit(
  viewer: Viewer,
  filter: InteractionFilter,
  own: readonly (SqlPart | false | null | undefined)[],
  companyId: SqlPart = sqlPart`i.company_id`,
): SqlPart {
  const { companyIds, leadIds, sourceIds, leadStatuses, tags } = filter;
  const conditions = [
    viewer.companyIds && isAnyOf(companyId, viewer.companyIds),
    companyIds && isAnyOf(companyId, companyIds),
    sourceIds && isAnyOf(sqlPart`i.source_id`, sourceIds),
    leadIds && sqlPart`i.lead_id = any(${leadIds}::uuid[])`,
    leadStatuses && sqlPart`i.lead_status = any(${leadStatuses}::lead_status[])`,
    tags &&
      sqlPart`exists (select 1 from interaction_tag it
        join tag t on t.account_id = it.account_id and t.id = it.tag_id
        where it.account_id = i.account_id and it.interaction_id = i.id and t.name = any(${tags}))`,
    ...own,
  ];
  return conditions.reduce<SqlPart>(
    (all, one) => (one ? sqlPart`${all} and ${one}` : all),
    sqlPart`true`,
  );
}

/** One is asked for by `=`: only then do its rows come in order out of its own index. */
function isAnyOf(column: SqlPart, ids: readonly string[]): SqlPart {
  return ids.length === 1
    ? sqlPart`${column} = ${ids[0]}::uuid`
    : sqlPart`${column} = any(${ids}::uuid[])`;
}
