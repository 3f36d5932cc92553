// The one way events are read: by (epoch, xid, seq), and in the current epoch only those of transactions below the oldest
// one still running. A bare sequence would lose events that commit out of order.
import type { Pool } from 'pg';
import { prepare, type Tx } from '#platform/db/index.ts';
import type { Position } from '#values/cursor.ts';
import type { EventType } from '#values/event-types.ts';
import type { Edge } from './cursor-check.ts';
import type { EventFilter, StoredEvent } from './events.ts';

/** What a read found, and the edge up to which the log can be read. */
export interface Reading {
  events: StoredEvent[];
  edge: Edge;
  /** up to here everything was seen: a read that finds nothing still gets on */
  reached: Position;
  /** more may stand behind `reached` */
  more: boolean;
}

/** What to read: all accounts when accountId is null. */
export interface ReadRequest {
  accountId: string | null;
  after: Position;
  limit: number;
  filter: EventFilter;
  /** of an account's events at most so many are looked at; 10,000 when absent */
  scan?: number | undefined;
}

/** A few ten milliseconds of work, whatever the filter leaves of it. */
const SCAN = 10_000;
const LAST_SEQ = 9_223_372_036_854_775_807n;

const EDGE = `
  edge as materialized (
    select current_event_epoch() as epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xmin)`;

const VISIBLE = `
  (e.epoch, e.xid, e.seq) > ($1::int, $2::bigint, $3::bigint)
  and (e.epoch < (select epoch from edge) or e.xid < (select xmin from edge))`;
const ORDER = 'order by e.epoch, e.xid, e.seq';

// The edge comes along on every row, and as a row of its own when there is no event: one statement, one snapshot.
// `bound` is the last event that was looked at, asked for only when the page is not full and the scan ended before the
// log did.
const read = (scanned: string, found: string, bound: string) =>
  prepare(`
  with ${EDGE},
  scanned as not materialized (select e.* from event e where ${VISIBLE} and ${scanned}),
  found as materialized (${found} ${ORDER} limit $4::int),
  bound as (${bound})
  select edge.epoch as edge_epoch, edge.xmin::text as edge_xmin, r.epoch as dropped_epoch,
         r.xid::text as dropped_xid, r.seq::text as dropped_seq, f.epoch, f.xid::text as xid,
         f.seq::text as seq, f.account_id, f.company_id, f.type, f.subject, f.subject_version,
         f.occurred_at, f.payload, b.epoch as bound_epoch, b.xid::text as bound_xid, b.seq::text as bound_seq
    from edge
    left join event_retention r on true
    left join bound b on true
    left join found f on true
   order by f.epoch, f.xid, f.seq`);

const FILTER = `($5::text[] is null or e.type = any($5)) and ($6::uuid[] is null or e.company_id = any($6))`;
const NO_BOUND = 'select null::int as epoch, null::bigint as xid, null::bigint as seq';

const STATEMENTS = {
  /** the whole log; its readers filter nothing */
  all: read(FILTER, 'select e.* from scanned e', NO_BOUND),
  /** an account's events, of which a filter may leave few */
  account: read(
    'e.account_id = $7::uuid',
    `select e.* from (select e.* from scanned e ${ORDER} limit $8::int) e where ${FILTER}`,
    `select e.epoch, e.xid, e.seq from scanned e where (select count(*) from found) < $4::int
      ${ORDER} limit 1 offset greatest($8::int - 1, 0)`,
  ),
  /** those of some subjects are few, and found by their own index */
  subjects: read(
    'e.account_id = $7::uuid and e.subject = any($8::text[])',
    `select e.* from scanned e where ${FILTER}`,
    NO_BOUND,
  ),
};

interface Row {
  bound_epoch: number | null;
  bound_xid: string;
  bound_seq: string;
  edge_epoch: number;
  edge_xmin: string;
  dropped_epoch: number | null;
  dropped_xid: string;
  dropped_seq: string;
  epoch: number | null;
  xid: string;
  seq: string;
  account_id: string;
  company_id: string | null;
  type: EventType;
  subject: string;
  subject_version: number;
  occurred_at: Date;
  payload: Record<string, unknown>;
}

function toEdge(row: Row): Edge {
  const dropped =
    row.dropped_epoch === null
      ? null
      : { epoch: row.dropped_epoch, xid: BigInt(row.dropped_xid), seq: BigInt(row.dropped_seq) };
  return { epoch: row.edge_epoch, xmin: BigInt(row.edge_xmin), dropped };
}

function toEvents(rows: readonly Row[]): StoredEvent[] {
  return rows.flatMap((row) =>
    row.epoch === null
      ? []
      : {
          id: `${row.epoch}-${row.xid}-${row.seq}`,
          position: { epoch: row.epoch, xid: BigInt(row.xid), seq: BigInt(row.seq) },
          accountId: row.account_id,
          companyId: row.company_id,
          type: row.type,
          subject: row.subject,
          subjectVersion: row.subject_version,
          occurredAt: row.occurred_at,
          payload: row.payload,
        },
  );
}

/**
 * Reads the next visible events after a position, at most `limit`, through the pool or inside a transaction. The work of
 * one read is bounded, however few events the filter leaves: see `reached` and `more`.
 */
export async function readEvents(source: Pool | Tx, request: ReadRequest): Promise<Reading> {
  const { accountId, after, limit, filter, scan = SCAN } = request;
  const kind = accountId === null ? 'all' : filter.subjects ? 'subjects' : 'account';
  const last = kind === 'subjects' ? filter.subjects : scan;
  const values = [
    after.epoch,
    after.xid.toString(),
    after.seq.toString(),
    limit,
    filter.types ?? null,
    filter.companyIds ?? null,
    ...(accountId === null ? [] : [accountId, last]),
  ];
  const text = STATEMENTS[kind];
  const rows =
    '$queryRawUnsafe' in source
      ? await source.$queryRawUnsafe<Row[]>(text, ...values)
      : (await source.query<Row>({ name: `events-${kind}`, text, values })).rows;
  const [first] = rows;
  if (!first) throw new Error('The event log has no epoch: open the database with openDb.');
  const events = toEvents(rows);
  const edge = toEdge(first);
  const stop = (events.length >= limit && events.at(-1)?.position) || boundOf(first);
  const end = { epoch: edge.epoch, xid: edge.xmin - 1n, seq: LAST_SEQ };
  return { events, edge, reached: stop ?? end, more: stop !== null };
}

function boundOf({ bound_epoch: epoch, bound_xid: xid, bound_seq: seq }: Row): Position | null {
  return epoch === null ? null : { epoch, xid: BigInt(xid), seq: BigInt(seq) };
}

const ID = /^(\d{1,9})-(\d{1,19})-(\d{1,19})$/;

/** One event of an account by its id, or null. */
export async function readEvent(
  pool: Pool,
  accountId: string,
  id: string,
): Promise<StoredEvent | null> {
  const [, epoch, xid, seq] = ID.exec(id) ?? [];
  if (!epoch || !xid || !seq) return null;
  const after = { epoch: Number(epoch), xid: BigInt(xid), seq: BigInt(seq) - 1n };
  const { events } = await readEvents(pool, { accountId, after, limit: 1, filter: {} });
  return events.find((event) => event.id === id) ?? null;
}

// The last visible event, or the last that retention dropped, or the beginning of a log without either.
const HEAD = `
  with ${EDGE}
  select epoch, xid::text, seq::text from (
    (select e.epoch, e.xid, e.seq from event e
      where e.epoch < (select epoch from edge) or e.xid < (select xmin from edge)
      order by e.epoch desc, e.xid desc, e.seq desc limit 1)
    union all select epoch, xid, seq from event_retention
    union all select 1, 0, 0) as places
   order by places.epoch desc, places.xid desc, places.seq desc limit 1`;

/** The position of the last event that can be read now. */
export async function readHead(source: Pool | Tx): Promise<Position> {
  type Head = { epoch: number; xid: string; seq: string };
  const rows =
    '$queryRawUnsafe' in source
      ? await source.$queryRawUnsafe<Head[]>(HEAD)
      : (await source.query<Head>(HEAD)).rows;
  const [head] = rows;
  return { epoch: head?.epoch ?? 1, xid: BigInt(head?.xid ?? 0), seq: BigInt(head?.seq ?? 0) };
}
