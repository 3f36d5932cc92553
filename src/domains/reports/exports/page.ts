// What the pages of all sheets have in common: how they go on, and what they show of people.
import { may } from '#domains/accounts/index.ts';
import { maskEmail, maskName } from '#domains/leads/index.ts';
import { type SqlPart, sqlPart } from '#platform/db/index.ts';
import { maskPhoneNumber } from '#values/phone-number.ts';
import type { Viewer } from '#values/viewer.ts';
import type { Line } from './format-rows.ts';
import type { PageWish, SheetPage } from './sheets.ts';

const MASKED = '•••';

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

/** The condition on things that lines are read within: from the place's own on; `at` is when each began. */
export function fromPlace({ after }: PageWish, at: SqlPart, id: SqlPart): SqlPart {
  return after
    ? sqlPart`(${at}, ${id}) >= (${after.at}::timestamptz, ${after.id}::uuid)`
    : sqlPart`true`;
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

/** A page of lines of which a thing may have many. */
export function linesWithin<Row extends { id: string; ofId: string; began: Date }>(
  rows: readonly Row[],
  limit: number,
  toLine: (row: Row) => Line,
): SheetPage {
  const last = rows.at(-1);
  const isFull = last && rows.length === limit;
  return {
    lines: rows.map(toLine),
    reached: isFull ? { at: last.began, id: last.ofId, within: last.id } : null,
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
    /** what somebody wrote */
    words: shown(() => MASKED),
    /** an address without its parameters, which may tell who somebody is */
    address: shown((address) => address.split(/[?#]/)[0] ?? ''),
    /** leads are known to who may read leads */
    seesLeads: may(viewer, 'leads.read', companyId),
    /** where somebody came from stands in their visits */
    seesVisits: may(viewer, 'visitors.read', companyId),
    seesTrackers: may(viewer, 'trackers.read', companyId),
  };
}
