// Leads of a company for an export, by the time they came, oldest first.
import { type Db, sqlPart, tenantSql } from '#platform/db/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { pageOf, shownTo } from './page.ts';
import type { PageWish } from './sheets.ts';

const columns = [
  'id',
  'company',
  'createdAt',
  'name',
  'phoneNumbers',
  'emails',
  'status',
  'qualifiedAt',
  'interactions',
  'valueCents',
] as const;

interface Row {
  id: string;
  at: Date;
  company: string;
  name: string | null;
  phoneNumbers: string[];
  emails: string[];
  status: string;
  qualifiedAt: Date | null;
  interactions: number;
  valueCents: string | null;
}

async function read({ pool }: Db, viewer: Viewer, wish: PageWish) {
  const { companyId, from, before, after, limit } = wish;
  const sql = tenantSql(viewer.accountId);
  const identities = (kind: 'PHONE' | 'EMAIL') => sqlPart`array(
    select d.value from lead_identity d
     where d.account_id = ${sql.account} and d.lead_id = l.id and d.kind = ${kind}::lead_identity_kind
     order by d.value)`;
  const beyond = after
    ? sqlPart`(l.created_at, l.id) > (${after.at}::timestamptz, ${after.id}::uuid)`
    : sqlPart`true`;
  const rows = await sql`
    select l.id, l.created_at as at, co.name as company, l.name, l.status,
           l.qualified_at as "qualifiedAt", ${identities('PHONE')} as "phoneNumbers",
           ${identities('EMAIL')} as emails, sums.interactions, sums.cents as "valueCents"
      from lead l
      join company co on co.account_id = l.account_id and co.id = l.company_id
     cross join lateral (
       select count(*)::int as interactions, sum(i.value_cents)::text as cents from interaction i
        where i.account_id = ${sql.account} and i.lead_id = l.id) sums
     where l.account_id = ${sql.account} and l.company_id = ${companyId}::uuid
       and l.merged_into_id is null and l.created_at >= ${from}::timestamptz and l.created_at < ${before}::timestamptz
       and ${beyond}
     order by l.created_at, l.id limit ${limit}::int`.rows<Row>(pool);
  const shown = shownTo(viewer, companyId);
  return pageOf(rows, limit, ({ id, at, valueCents, ...row }) => [
    {
      ...row,
      id: encodeGlobalId('Lead', id),
      createdAt: at,
      name: shown.name(row.name),
      phoneNumbers: row.phoneNumbers.map((number) => shown.number(number) ?? ''),
      emails: row.emails.map((email) => shown.email(email) ?? ''),
      valueCents: Number(valueCents ?? 0),
    },
  ]);
}

/** The columns of leads, and how a page of them is read. */
export const readLeadPage = { columns, read };
