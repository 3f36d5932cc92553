// What lines of interactions have in common: where they came from, whose they are and what people made of them.
import { type SqlPart, sqlPart, type TenantSql } from '#platform/db/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Line } from './format-rows.ts';
import type { shownTo } from './page.ts';

/** where it came from */
export const ORIGIN_COLUMNS = ['source', 'medium', 'campaign', 'keyword', 'landingPage'] as const;
/** whose it is, and what people made of it */
export const LEAD_COLUMNS = [
  'leadId',
  'leadName',
  'leadStatus',
  'valueCents',
  'tags',
  'note',
] as const;
export const SHARED_COLUMNS = [...ORIGIN_COLUMNS, ...LEAD_COLUMNS] as const;

export interface SharedRow {
  id: string;
  at: Date;
  source: string | null;
  medium: string | null;
  campaign: string | null;
  keyword: string | null;
  landingPage: string | null;
  leadId: string | null;
  leadName: string | null;
  leadStatus: string;
  valueCents: string | null;
  /** left out where a sheet has no such column */
  tags?: string[];
  note: string | null;
}

/** The columns of a SharedRow, its tags apart, and what they need joined to an interaction i. */
export function sharedOf(sql: TenantSql): { columns: SqlPart; tags: SqlPart; joins: SqlPart } {
  return {
    columns: sqlPart`i.id, i.occurred_at as at, s.name as source, s.medium, s.campaign,
      r.fact->>'keyword' as keyword, r.fact->>'landingPage' as "landingPage",
      i.lead_id as "leadId", l.name as "leadName", i.lead_status as "leadStatus",
      i.value_cents::text as "valueCents", i.note`,
    tags: sqlPart`array(select g.name from interaction_tag it
              join tag g on g.account_id = it.account_id and g.id = it.tag_id
             where it.account_id = ${sql.account} and it.interaction_id = i.id
             order by g.name) as tags`,
    joins: sqlPart`left join source s on s.account_id = i.account_id and s.id = i.source_id
      left join lead l on l.account_id = i.account_id and l.id = i.lead_id
      left join report_fact r on r.account_id = i.account_id and r.id = i.id`,
  };
}

/** The cells of these columns, as far as their reader may see them. */
export function toShared(row: SharedRow, shown: ReturnType<typeof shownTo>): Line {
  const { source, medium, campaign, leadId, leadName, leadStatus, valueCents, note } = row;
  return {
    ...{ source, medium, campaign, leadStatus, tags: row.tags ?? [], note },
    keyword: shown.seesVisits ? row.keyword : null,
    landingPage: shown.seesVisits ? row.landingPage : null,
    leadId: leadId && shown.seesLeads ? encodeGlobalId('Lead', leadId) : null,
    leadName: shown.seesLeads ? shown.name(leadName) : null,
    valueCents: valueCents === null ? null : Number(valueCents),
  };
}
