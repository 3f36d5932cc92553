// Reads of forms: by id for nodes and relations, and the hot list, one statement over the shared row and the form.
import { authorize, may } from '#domains/accounts/index.ts';
import {
  type InteractionFilter,
  interactionsThatFit,
  pageOfInteractions,
} from '#domains/interactions/index.ts';
import type { LeadStatus } from '#generated/prisma/enums.ts';
import { type Db, type SqlPart, sqlPart, tenantSql } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import type { Direction } from '#values/keyset.ts';
import { notFound } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import type { SpamReason } from './score-spam.ts';
import type { Field } from './screen-fields.ts';

/** A form as it is shown, with what it shares with other interactions. */
export interface FormRow {
  id: string;
  companyId: string;
  leadId: string | null;
  sourceId: string | null;
  sessionId: string | null;
  formId: string;
  formName: string;
  formAction: string;
  pageUrl: string;
  /** what a list by addresses is sorted by */
  pagePlace: string;
  fields: Field[];
  isFirst: boolean;
  isUnconfirmed: boolean;
  spamScore: number;
  spamReasons: SpamReason[];
  occurredAt: Date;
  valueCents: bigint | null;
  leadStatus: LeadStatus;
  note: string | null;
  version: number;
}

/** Which forms; absent = all. Lists are ORs, fields are ANDs. */
export interface FormFilter extends InteractionFilter {
  sessionIds?: readonly string[] | null | undefined;
  isFirst?: boolean | null | undefined;
  /** forms whose score is below */
  spamScoreBelow?: number | null | undefined;
  /** inclusive */
  submittedFrom?: Date | null | undefined;
  /** exclusive */
  submittedBefore?: Date | null | undefined;
}

/** Without parameters, which not everybody may see: the cursors of a list tell its places. Sorted alike on every machine. */
const PAGE_PLACE = sqlPart`(left(split_part(split_part(f.page_url, '#', 1), '?', 1), 500) collate "C")`;

const COLUMNS = sqlPart`f.id, f.company_id as "companyId", f.session_id as "sessionId",
  f.form_id as "formId", f.form_name as "formName", f.form_action as "formAction",
  f.page_url as "pageUrl", ${PAGE_PLACE} as "pagePlace", f.fields, f.is_first as "isFirst", f.spam_score as "spamScore",
  f.is_unconfirmed as "isUnconfirmed",
  f.spam_reasons as "spamReasons", i.lead_id as "leadId", i.source_id as "sourceId",
  i.occurred_at as "occurredAt", i.value_cents as "valueCents",
  i.lead_status as "leadStatus", i.note, i.version`;
/** What lists of forms are sorted by. */
export type FormOrder = 'SUBMITTED_AT' | 'FORM_URL';

const TABLES = sqlPart`interaction i
  join form_submission f on f.account_id = i.account_id and f.id = i.id`;

/** The forms under these ids that the viewer may see, in any order. */
export async function findForms(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  ids: readonly string[],
): Promise<FormRow[]> {
  if (!may(viewer, 'forms.read')) return [];
  const sql = tenantSql(viewer.accountId);
  const rows = await sql`select ${COLUMNS} from ${TABLES}
    where i.account_id = ${sql.account} and i.id = any(${ids}::uuid[])`.rows<StoredRow>(pool);
  return rows.map(toFormRow).filter((row) => seesCompany(viewer, row.companyId));
}

/**
 * One page of forms, by the time they were sent or by their pages' addresses; by those all that the filter leaves are sorted
 * first. Throws Forbidden; MalformedCursor.
 */
export async function listForms(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  filter: FormFilter,
  page: { limit: number; after: RowKey | null; direction: Direction; by: FormOrder },
): Promise<FormRow[]> {
  authorize(viewer, 'forms.read');
  const sql = tenantSql(viewer.accountId);
  const { limit } = page;
  const { beyond, order } = page.by === 'FORM_URL' ? byAddress(page) : pageOfInteractions(page);
  const rows = await sql`select ${COLUMNS} from ${TABLES}
    where i.account_id = ${sql.account} and i.kind = 'FORM' and ${matches(viewer, filter)} and ${beyond}
    order by ${order} limit ${limit}`.rows<StoredRow>(pool);
  return rows.map(toFormRow);
}

function byAddress({ after, direction }: { after: RowKey | null; direction: Direction }) {
  const order =
    direction === 'desc'
      ? sqlPart`${PAGE_PLACE} desc, i.id desc`
      : sqlPart`${PAGE_PLACE} asc, i.id asc`;
  if (!after) return { beyond: sqlPart`true`, order };
  const place = sqlPart`(${after.value}::text, ${after.id}::uuid)`;
  const beyond =
    direction === 'desc'
      ? sqlPart`(${PAGE_PLACE}, i.id) < ${place}`
      : sqlPart`(${PAGE_PLACE}, i.id) > ${place}`;
  return { beyond, order };
}

/** How many forms a filter has, never counting past `cap`. Throws Forbidden. */
export async function countForms(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  filter: FormFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'forms.read');
  const sql = tenantSql(viewer.accountId);
  const [row] = await sql`select count(*)::int as n from (
      select 1 from ${TABLES} where i.account_id = ${sql.account} and i.kind = 'FORM'
         and ${matches(viewer, filter)} limit ${cap}) counted`.rows<{ n: number }>(pool);
  return row?.n ?? 0;
}

/** Throws Refused NOT_FOUND for a form that the viewer may not see. */
export async function requireForm(
  { prisma }: Pick<Db, 'prisma'>,
  viewer: Viewer,
  id: string,
): Promise<void> {
  const { accountId } = viewer;
  const where = { accountId_id: { accountId, id } };
  const row = await prisma.formSubmission.findUnique({ where, select: { companyId: true } });
  if (!row || !seesCompany(viewer, row.companyId)) {
    throw notFound('formSubmissionId', 'FormSubmission');
  }
}

/** The conditions of a filter, kept to the viewer's companies. */
function matches(viewer: Viewer, filter: FormFilter): SqlPart {
  const own = [
    filter.submittedFrom && sqlPart`i.occurred_at >= ${filter.submittedFrom}::timestamptz`,
    filter.submittedBefore && sqlPart`i.occurred_at < ${filter.submittedBefore}::timestamptz`,
    filter.sessionIds && sqlPart`f.session_id = any(${filter.sessionIds}::uuid[])`,
    filter.isFirst != null && sqlPart`f.is_first = ${filter.isFirst}`,
    filter.spamScoreBelow != null && sqlPart`f.spam_score < ${filter.spamScoreBelow}::int`,
  ];
  return interactionsThatFit(viewer, filter, own);
}

type StoredRow = Omit<FormRow, 'valueCents'> & { valueCents: string | null };

function toFormRow(row: StoredRow): FormRow {
  return { ...row, valueCents: row.valueCents === null ? null : BigInt(row.valueCents) };
}
