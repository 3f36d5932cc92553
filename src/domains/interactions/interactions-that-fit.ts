// What the lists of all channels are filtered by, for SQL of the channels over interactions i.
import type { LeadStatus } from '#generated/prisma/enums.ts';
import { type SqlPart, sqlPart } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';

/** Which interactions; absent = all. Lists are ORs, fields are ANDs. */
export interface InteractionFilter {
  companyIds?: readonly string[] | null | undefined;
  leadIds?: readonly string[] | null | undefined;
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
  const { companyIds, leadIds, leadStatuses, tags } = filter;
  const conditions = [
    viewer.companyIds && ofCompanies(companyId, viewer.companyIds),
    companyIds && ofCompanies(companyId, companyIds),
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

/** One company is asked for by `=`: only then do its rows come in order out of its own index. */
function ofCompanies(companyId: SqlPart, ids: readonly string[]): SqlPart {
  return ids.length === 1
    ? sqlPart`${companyId} = ${ids[0]}::uuid`
    : sqlPart`${companyId} = any(${ids}::uuid[])`;
}
