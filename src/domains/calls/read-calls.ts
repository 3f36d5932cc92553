// Reads of calls: by id for nodes and relations, and the hot list, one statement over the shared row and the call.
import { authorize, may } from '#domains/accounts/index.ts';
import {
  type InteractionFilter,
  interactionsThatFit,
  pageOfInteractions,
  tellTrackers,
} from '#domains/interactions/index.ts';
import type {
  CallDirection,
  CallOutcome,
  CallState,
  LeadStatus,
  VoicemailState,
} from '#generated/prisma/enums.ts';
import { type Db, type SqlPart, sqlPart, tenantSql } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import type { Direction } from '#values/keyset.ts';
import { notFound } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import type { CallMachine } from './machine-state.ts';
import { asksWhatWasSaid, type CallsKnownBy, whatWasSaid } from './what-was-said.ts';

/** A call as it is shown, with what it shares with other interactions. */
export interface CallRow {
  id: string;
  accountId: string;
  companyId: string;
  trackerId: string | null;
  leadId: string | null;
  sourceId: string | null;
  direction: CallDirection;
  state: CallState;
  outcome: CallOutcome | null;
  /** E.164; null when the caller withheld it */
  from: string | null;
  to: string;
  occurredAt: Date;
  answeredAt: Date | null;
  endedAt: Date | null;
  firstCall: boolean;
  priorCalls: number;
  spam: boolean;
  machine: CallMachine;
  valueCents: bigint | null;
  leadStatus: LeadStatus;
  note: string | null;
  version: number;
}

/** Which calls; absent = all. Lists are ORs, fields are ANDs. */
export interface CallFilter extends InteractionFilter, CallsKnownBy {
  trackerIds?: readonly string[] | null | undefined;
  states?: readonly CallState[] | null | undefined;
  outcomes?: readonly CallOutcome[] | null | undefined;
  /** calls with a message that stands there */
  voicemailStates?: readonly VoicemailState[] | null | undefined;
  firstCall?: boolean | null | undefined;
  directions?: readonly CallDirection[] | null | undefined;
  /** from ring to end, inclusive: calls that go on have no length */
  minSeconds?: number | null | undefined;
  /** inclusive */
  maxSeconds?: number | null | undefined;
  /** inclusive */
  startedFrom?: Date | null | undefined;
  /** exclusive */
  startedBefore?: Date | null | undefined;
}

const COLUMNS = sqlPart`c.id, c.account_id, c.company_id, c.tracker_id, c.direction, c.state, c.outcome,
  c.from_number, c.to_number, c.answered_at, c.ended_at, c.first_call, c.prior_calls, c.spam, c.machine,
  i.lead_id, i.source_id, i.occurred_at, i.value_cents, i.lead_status, i.note, i.version`;
const TABLES = sqlPart`interaction i join call c on c.account_id = i.account_id and c.id = i.id`;

/** The calls under these ids that the viewer may see, in any order. */
export async function findCalls(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  ids: readonly string[],
): Promise<CallRow[]> {
  if (!may(viewer, 'calls.read')) return [];
  const sql = tenantSql(viewer.accountId);
  const rows = await sql`select ${COLUMNS} from ${TABLES}
    where i.account_id = ${sql.account} and i.id = any(${ids}::uuid[])`.rows<StoredRow>(pool);
  return rows.map(toCallRow).filter((row) => seesCompany(viewer, row.companyId));
}

/**
 * One page of calls, newest first or oldest first.
 * @param page.limit rows at most
 * @throws Forbidden; MalformedCursor
 */
export async function listCalls(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  filter: CallFilter,
  page: { limit: number; after: RowKey | null; direction: Direction },
): Promise<CallRow[]> {
  authorizeList(viewer, filter);
  const sql = tenantSql(viewer.accountId);
  const { limit } = page;
  const { beyond, order } = pageOfInteractions(page);
  const rows = await sql`select ${COLUMNS} from ${TABLES}
    where i.account_id = ${sql.account} and i.kind = 'CALL' and ${callsThatFit(viewer, filter)} and ${beyond}
    order by ${order} limit ${limit}`.rows<StoredRow>(pool);
  return rows.map(toCallRow);
}

/** How many calls a filter has, never counting past `cap`. */
export async function countCalls(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  filter: CallFilter,
  cap: number,
): Promise<number> {
  authorizeList(viewer, filter);
  const sql = tenantSql(viewer.accountId);
  const [row] = await sql`select count(*)::int as n from (
      select 1 from ${TABLES} where i.account_id = ${sql.account} and i.kind = 'CALL'
         and ${callsThatFit(viewer, filter)} limit ${cap}) counted`.rows<{ n: number }>(pool);
  return row?.n ?? 0;
}

/** The company of a call that the viewer may see. Throws Refused NOT_FOUND. */
export async function companyOfCall(
  { prisma }: Pick<Db, 'prisma'>,
  viewer: Viewer,
  callId: string,
): Promise<string> {
  const { accountId } = viewer;
  const row = await prisma.call.findUnique({
    where: { accountId_id: { accountId, id: callId } },
    select: { companyId: true },
  });
  if (!row || !seesCompany(viewer, row.companyId)) throw notFound('callId', 'Call');
  return row.companyId;
}

function authorizeList(viewer: Viewer, filter: CallFilter): void {
  authorize(viewer, 'calls.read');
  // whoever may not read what was said could otherwise ask for it word by word
  if (asksWhatWasSaid(filter)) authorize(viewer, 'transcripts.read');
}

/** As `Call.durationSeconds` is told, and letter by letter as in the index call_seconds. */
const SECONDS = sqlPart`(round(extract(epoch from (c.ended_at - c.started_at)))::int)`;

/**
 * The conditions of a filter over interactions i and calls c, kept to the viewer's companies. Who may ask by what was said
 * is for the caller to say.
 */
export function callsThatFit(viewer: Viewer, filter: CallFilter): SqlPart {
  const own = [
    filter.startedFrom && sqlPart`i.occurred_at >= ${filter.startedFrom}::timestamptz`,
    filter.startedBefore && sqlPart`i.occurred_at < ${filter.startedBefore}::timestamptz`,
    filter.trackerIds && sqlPart`c.tracker_id = any(${filter.trackerIds}::uuid[])`,
    filter.states && sqlPart`c.state = any(${filter.states}::call_state[])`,
    filter.outcomes && sqlPart`c.outcome = any(${filter.outcomes}::call_outcome[])`,
    filter.firstCall != null && sqlPart`c.first_call = ${filter.firstCall}`,
    filter.directions && sqlPart`c.direction = any(${filter.directions}::call_direction[])`,
    filter.minSeconds != null && sqlPart`${SECONDS} >= ${filter.minSeconds}::int`,
    filter.maxSeconds != null && sqlPart`${SECONDS} <= ${filter.maxSeconds}::int`,
    ...whatWasSaid(filter),
    filter.voicemailStates &&
      sqlPart`exists (select 1 from voicemail v where v.account_id = i.account_id
        and v.call_id = i.id and v.state = any(${filter.voicemailStates}::voicemail_state[]))`,
  ];
  return interactionsThatFit(viewer, filter, own);
}

interface StoredRow {
  id: string;
  account_id: string;
  company_id: string;
  tracker_id: string | null;
  direction: CallDirection;
  state: CallState;
  outcome: CallOutcome | null;
  from_number: string | null;
  to_number: string;
  answered_at: Date | null;
  ended_at: Date | null;
  first_call: boolean;
  prior_calls: number;
  spam: boolean;
  machine: CallMachine;
  lead_id: string | null;
  source_id: string | null;
  occurred_at: Date;
  value_cents: string | null;
  lead_status: LeadStatus;
  note: string | null;
  version: number;
}

function toCallRow(row: StoredRow): CallRow {
  return {
    id: row.id,
    accountId: row.account_id,
    companyId: row.company_id,
    trackerId: row.tracker_id,
    leadId: row.lead_id,
    sourceId: row.source_id,
    direction: row.direction,
    state: row.state,
    outcome: row.outcome,
    from: row.from_number,
    to: row.to_number,
    occurredAt: row.occurred_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    firstCall: row.first_call,
    priorCalls: row.prior_calls,
    spam: row.spam,
    machine: row.machine,
    valueCents: row.value_cents === null ? null : BigInt(row.value_cents),
    leadStatus: row.lead_status,
    note: row.note,
    version: row.version,
  };
}

tellTrackers(
  'CALL',
  (ids) => sqlPart`exists (select 1 from call c where c.account_id = i.account_id and c.id = i.id
    and c.tracker_id = any(${ids}::uuid[]))`,
);
