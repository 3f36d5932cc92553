// Reads what interactions were put down to, with the touchpoints of their leads up to then. For many at once.
import type { AttributionBasis, InteractionKind } from '#generated/prisma/enums.ts';
import { type Db, type SqlSource, sqlPart, type TenantSql, tenantSql } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import type { Journey } from './share-credit.ts';
import type { CandidateRow } from './store.ts';
import { VISIT_THEN, VISIT_TOLD } from './visit-then.ts';

/** Of one journey: the first, and the newest of the others. */
export const MOST_TOUCHPOINTS = 100;

export interface TouchpointRow {
  /** of the session, or of the interaction */
  id: string;
  at: Date;
  sourceId: string;
  isVisit: boolean;
}

/** How the person came; null fields: the visit that the source was taken from is no longer kept. */
interface VisitThen {
  landingUrl: string | null;
  referrer: string | null;
  term: string | null;
  clickIds: Record<string, string>;
}

/** What an interaction was put down to. */
export interface AttributionRow {
  id: string;
  kind: InteractionKind;
  basis: AttributionBasis;
  sessionId: string | null;
  /** in millionths */
  confidence: number;
  candidates: CandidateRow[];
  /** oldest first; of a caller without a number none */
  touchpoints: TouchpointRow[];
  /** null where no visit is known, nor was told with a form */
  visit: VisitThen | null;
  occurredAt: Date;
  /** of the lead */
  createdAt: Date | null;
  qualifiedAt: Date | null;
}

/**
 * The attributions of these interactions, in the order of the ids; null while one is not judged yet. The ids are of rows
 * that the viewer was shown.
 */
export async function attributionsOf(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<(AttributionRow | null)[]> {
  const sql = tenantSql(viewer.accountId);
  const rows = await sql`
    select a.id, i.kind, a.basis, a.session_id as "sessionId", a.confidence, a.candidates,
           coalesce(${VISIT_THEN}, ${VISIT_TOLD}) as visit, ${JOURNEY}
      from attribution a
      join interaction i on i.account_id = a.account_id and i.id = a.id
      ${touchesOfLead(sql)}
     where a.account_id = ${sql.account} and a.id = any(${ids}::uuid[])`.rows<
    StoredJourney<AttributionRow>
  >(db.pool);
  const byId = new Map(rows.map((row) => [row.id, readJourney(row)]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** What had brought a lead closer by an interaction, judged or not. */
export type JourneyRow = Pick<
  AttributionRow,
  'id' | 'touchpoints' | 'occurredAt' | 'createdAt' | 'qualifiedAt'
> & { isJudged: boolean };

/** The journeys up to these interactions, in any order; those that are gone are left out. */
export async function journeysOf(
  source: SqlSource,
  accountId: string,
  ids: readonly string[],
): Promise<JourneyRow[]> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select i.id, a.id is not null as "isJudged", ${JOURNEY}
      from interaction i
      left join attribution a on a.account_id = i.account_id and a.id = i.id
      ${touchesOfLead(sql)}
     where i.account_id = ${sql.account} and i.id = any(${ids}::uuid[])`.rows<
    StoredJourney<JourneyRow>
  >(source);
  return rows.map(readJourney);
}

/** The first and last touchpoints of a lead, and those before it was made and qualified; each null when there is none. */
export interface Milestones {
  firstTouch: TouchpointRow | null;
  leadCreated: TouchpointRow | null;
  qualified: TouchpointRow | null;
  lastTouch: TouchpointRow | null;
}

/** The milestones of these leads, in the order of the ids. The ids are of rows that the viewer was shown. */
export async function milestonesOf(
  { db }: { db: Db },
  viewer: Viewer,
  leadIds: readonly string[],
): Promise<Milestones[]> {
  const sql = tenantSql(viewer.accountId);
  type Row = { id: string } & Record<keyof Milestones, JsonTouchpoint | null>;
  const rows = await sql`
    select l.id, first.touch as "firstTouch", created.touch as "leadCreated",
           qualified.touch as "qualified", last.touch as "lastTouch"
      from lead l
      left join lateral (
        select ${TOUCH} as touch
          from touchpoint t where t.account_id = ${sql.account} and t.lead_id = l.id
         order by t.at, t.id limit 1) first on true
      left join lateral (
        select ${TOUCH} as touch
          from touchpoint t where t.account_id = ${sql.account} and t.lead_id = l.id and t.at <= l.created_at
         order by t.at desc, t.id desc limit 1) created on true
      left join lateral (
        select ${TOUCH} as touch
          from touchpoint t where t.account_id = ${sql.account} and t.lead_id = l.id and t.at <= l.qualified_at
         order by t.at desc, t.id desc limit 1) qualified on true
      left join lateral (
        select ${TOUCH} as touch
          from touchpoint t where t.account_id = ${sql.account} and t.lead_id = l.id
         order by t.at desc, t.id desc limit 1) last on true
     where l.account_id = ${sql.account} and l.id = any(${leadIds}::uuid[])`.rows<Row>(db.pool);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return leadIds.map((id) => {
    const row = byId.get(id);
    const read = (touch: JsonTouchpoint | null | undefined) =>
      touch ? readTouchpoint(touch) : null;
    return {
      firstTouch: read(row?.firstTouch),
      leadCreated: read(row?.leadCreated),
      qualified: read(row?.qualified),
      lastTouch: read(row?.lastTouch),
    };
  });
}

/** The journey that an interaction's credit is shared over. */
export function journeyOf({
  touchpoints,
  createdAt,
  qualifiedAt,
}: Pick<AttributionRow, 'touchpoints' | 'createdAt' | 'qualifiedAt'>): Journey {
  const lastBefore = (moment: Date | null) => {
    if (moment === null) return null;
    const place = touchpoints.findLastIndex(({ at }) => at <= moment);
    return place === -1 ? null : place;
  };
  return {
    at: touchpoints.map(({ at }) => at.getTime()),
    leadCreated: lastBefore(createdAt),
    qualified: lastBefore(qualifiedAt),
  };
}

const TOUCH = sqlPart`jsonb_build_object('id', t.id, 'at', t.at, 'sourceId', t.source_id,
  'isVisit', t.interaction_id is null)`;

const JOURNEY = sqlPart`i.occurred_at as "occurredAt", l.created_at as "createdAt",
  l.qualified_at as "qualifiedAt", coalesce(first.touches, '[]') as first,
  coalesce(newest.touches, '[]') as newest`;

/** Joins an interaction i with its lead l and with the lead's first and newest touchpoints up to it. */
const touchesOfLead = (sql: TenantSql) => sqlPart`
  left join lead l on l.account_id = i.account_id and l.id = i.lead_id
  left join lateral (
    select jsonb_build_array(${TOUCH}) as touches
      from touchpoint t
     where t.account_id = ${sql.account} and t.lead_id = i.lead_id and t.at <= i.occurred_at
     order by t.at, t.id limit 1) first on true
  left join lateral (
    select jsonb_agg(${TOUCH} order by t.at, t.id) as touches
      from (select distinct on (n.at, n.id) * from touchpoint n
             where n.account_id = ${sql.account} and n.lead_id = i.lead_id and n.at <= i.occurred_at
             order by n.at desc, n.id desc limit ${MOST_TOUCHPOINTS - 1}) t) newest on true`;

type StoredJourney<Row> = Omit<Row, 'touchpoints'> & Record<'first' | 'newest', JsonTouchpoint[]>;

function readJourney<Row extends { touchpoints: TouchpointRow[] }>(row: StoredJourney<Row>): Row {
  const { first, newest, ...rest } = row;
  const isCounted = newest.some((touch) => touch.id === first[0]?.id);
  const touchpoints = [...(isCounted ? [] : first), ...newest].map(readTouchpoint);
  return { ...rest, touchpoints } as unknown as Row;
}

type JsonTouchpoint = Omit<TouchpointRow, 'at'> & { at: string };

function readTouchpoint(touch: JsonTouchpoint): TouchpointRow {
  return { ...touch, at: new Date(touch.at) };
}
