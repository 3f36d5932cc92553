// What the pages of all sheets have in common: how they go on, and what they show of people.
import { may } from '#domains/accounts/index.ts';
import { maskEmail, maskName } from '#domains/leads/index.ts';
import { type SqlPart, sqlPart } from '#platform/db/index.ts';
import { maskPhoneNumber } from '#values/phone-number.ts';
import type { Viewer } from '#values/viewer.ts';
import type { Line } from './format-rows.ts';
import type { PageWish, SheetPage } from './sheets.ts';

/** The condition on interactions i, and their order. */
export function interactionsOf(wish: PageWish, kinds: readonly string[]): SqlPart {
  const { companyId, from, before, after, limit } = wish;
  const beyond = after
    ? sqlPart`(i.occurred_at, i.id) > (${after.at}::timestamptz, ${after.id}::uuid)`
    : sqlPart`true`;
  return sqlPart`i.company_id = ${companyId}::uuid and i.kind = any(${kinds}::interaction_kind[])
    and i.occurred_at >= ${from}::timestamptz and i.occurred_at < ${before}::timestamptz
    and ${beyond} order by i.occurred_at, i.id limit ${limit}::int`;
}

/** A page of what was read. */
export function pageOf<Row extends { id: string; at: Date }>(
  rows: readonly Row[],
  limit: number,
  toLines: (row: Row) => Line[],
): SheetPage {
  const last = rows.at(-1);
  return {
    lines: rows.flatMap(toLines),
    reached: last && rows.length === limit ? { at: last.at, id: last.id } : null,
  };
}

/** How a viewer sees the people of a company. */
export function shownTo(viewer: Viewer, companyId: string) {
  const isPlain = may(viewer, 'personal.read', companyId);
  const shown = (mask: (text: string) => string) => (text: string | null) =>
    text === null || isPlain ? text : mask(text);
  return {
    isPlain,
    number: shown(maskPhoneNumber),
    name: shown(maskName),
    email: shown(maskEmail),
    /** an address without its parameters, which may tell who somebody is */
    address: shown((address) => address.split(/[?#]/)[0] ?? ''),
    /** leads are known to who may read leads */
    seesLeads: may(viewer, 'leads.read', companyId),
    /** where somebody came from stands in their visits */
    seesVisits: may(viewer, 'visitors.read', companyId),
    seesTrackers: may(viewer, 'trackers.read', companyId),
  };
}
