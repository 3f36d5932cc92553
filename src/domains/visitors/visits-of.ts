// The visits of browsers that one person was seen to use.
import { sqlPart, type Tx, tenantSql } from '#platform/db/index.ts';
import { SOURCE_THEN } from './source-then.ts';

/** A visit, as a touchpoint has it. */
export interface Visit {
  sessionId: string;
  visitorId: string;
  startedAt: Date;
  sourceId: string;
}

interface Asked {
  /** visitors of this company */
  visitorIds: readonly string[];
  until: Date;
}

/**
 * Reads the visits up to a moment that brought a source, each with its own: not direct ones, nor those that went on with
 * what had brought the visitor before (product.md 4.4), but always the first of a visitor.
 * @param limit at most so many, the newest
 * @returns the newest first
 */
export async function visitsOf(
  tx: Tx,
  accountId: string,
  companyId: string,
  { visitorIds, until }: Asked,
  limit: number,
): Promise<Visit[]> {
  if (visitorIds.length === 0) return [];
  const sql = tenantSql(accountId);
  return sql`
    select ${VISIT}, s.source_id as "sourceId"
      from visitor_session s
     where s.account_id = ${sql.account} and s.company_id = ${companyId}::uuid
       and s.visitor_id = any(${visitorIds}::uuid[]) and s.started_at <= ${until}::timestamptz
       and s.brings_source
     order by s.started_at desc, s.id desc limit ${limit}`.rows<Visit>(tx);
}

/** The last visit up to a moment, with the source that its visitor had then; null = none. */
export async function lastVisitOf(
  tx: Tx,
  accountId: string,
  companyId: string,
  { visitorIds, until }: Asked,
): Promise<Visit | null> {
  if (visitorIds.length === 0) return null;
  const sql = tenantSql(accountId);
  const [visit] = await sql`
    select ${VISIT}, ${SOURCE_THEN} as "sourceId"
      from visitor_session s
     where s.account_id = ${sql.account} and s.company_id = ${companyId}::uuid
       and s.visitor_id = any(${visitorIds}::uuid[]) and s.started_at <= ${until}::timestamptz
     order by s.started_at desc, s.id desc limit 1`.rows<Visit>(tx);
  return visit ?? null;
}

/** Whether a number, E.164, was shown to one of these visitors up to a moment. */
export async function wereShown(
  tx: Tx,
  accountId: string,
  companyId: string,
  { visitorIds, until }: Asked,
  number: string,
): Promise<boolean> {
  if (visitorIds.length === 0) return false;
  const sql = tenantSql(accountId);
  const shown = await sql`
    select from visitor_session s
      join number_lease l on l.account_id = s.account_id and l.session_id = s.id
      join phone_number p on p.account_id = l.account_id and p.id = l.phone_number_id
     where s.account_id = ${sql.account} and s.company_id = ${companyId}::uuid
       and s.visitor_id = any(${visitorIds}::uuid[]) and l.leased_at <= ${until}::timestamptz
       and p.number = ${number}
     limit 1`.rows(tx);
  return shown.length > 0;
}

const VISIT = sqlPart`s.id as "sessionId", s.visitor_id as "visitorId", s.started_at as "startedAt"`;
