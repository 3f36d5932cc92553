// The documents that may be another in the copy than here (table search_copy_change), over all accounts. What stands there
// is noted by a trigger with the change itself; it goes when the server has what was sent, and only if nothing newer came.
import type { Db } from '#platform/db/index.ts';
import type { SourceRow } from './document.ts';

type Source = Pick<Db, 'pool'>;

/** A noted change; its number is another one with every change. */
export interface Change {
  accountId: string;
  documentId: string;
  seq: string;
}

/** What was sent together: all of it is done, or none. */
export interface Sent {
  tasks: number[];
  changes: Change[];
}

const COLUMNS = `d.subject_id as "subjectId", d.company_id as "companyId", d.tracker_id as "trackerId",
         d.occurred_at as "occurredAt", d.said`;
// what waits longer than the longest wait was noted by a clock that was ahead
const DUE = `(not_before is null or not_before <= $1 or not_before > $1::timestamptz + interval '24 hours')`;
// no more words than are sent at once, but one document in any case
const TAKE = `
  select account_id as "accountId", document_id as "documentId", seq::text, id, subject_id as "subjectId",
         company_id as "companyId", tracker_id as "trackerId", occurred_at as "occurredAt", said
    from (select c.account_id, c.document_id, c.seq, d.id, d.subject_id, d.company_id, d.tracker_id, d.occurred_at, d.said,
                 row_number() over next as n, sum(coalesce(octet_length(d.said), 0)) over next as bytes
            from (select * from search_copy_change
                   where sent_seq is null and ${DUE} order by seq limit $2) c
            left join search_document d on d.account_id = c.account_id and d.id = c.document_id
          window next as (order by c.seq rows unbounded preceding)) taken
   where n = 1 or bytes <= $3 order by taken.seq`;
const TAKE_THESE = `
  select c.account_id as "accountId", c.document_id as "documentId", c.seq::text, d.id, ${COLUMNS}
    from search_copy_change c
    join unnest($1::uuid[], $2::uuid[]) as these(account_id, id)
      on c.account_id = these.account_id and c.document_id = these.id
    left join search_document d on d.account_id = c.account_id and d.id = c.document_id
   order by c.seq`;
const THESE = 'unnest($1::uuid[], $2::uuid[], $3::bigint[]) as these(account_id, id, seq)';
const MARK = `
  update search_copy_change c set sent_seq = c.seq, task_uids = $4::int[] from ${THESE}
   where c.account_id = these.account_id and c.document_id = these.id and c.seq = these.seq
  returning c.account_id as "accountId", c.document_id as "documentId"`;
const IN_FLIGHT = `
  select account_id as "accountId", document_id as "documentId", sent_seq::text as seq, task_uids as tasks
    from search_copy_change where sent_seq is not null order by task_uids, seq`;
const SETTLE = `
  delete from search_copy_change c using ${THESE}
   where c.account_id = these.account_id and c.document_id = these.id and c.seq = these.seq and c.sent_seq = c.seq`;
const RELEASE = `
  update search_copy_change c set sent_seq = null, task_uids = '{}' from ${THESE}
   where c.account_id = these.account_id and c.document_id = these.id and c.sent_seq is not null`;
const REFUSE = `
  update search_copy_change c
     set sent_seq = null, task_uids = '{}', attempts = c.attempts + 1, last_error = $4,
         not_before = $5::timestamptz + least(power(2, least(c.attempts, 11)), 1440) * interval '1 minute'
    from ${THESE}
   where c.account_id = these.account_id and c.document_id = these.id and c.seq = these.seq`;
const BEHIND = `select 1 from search_copy_change where ${DUE} limit 1`;
const NOTED =
  'select 1 from search_copy_change where account_id = $1::uuid and document_id = any($2::uuid[]) limit 1';
const OLDEST = `
  select changed_at as since, last_error as error, (select count(*)::int from search_copy_change) as documents
    from search_copy_change where changed_at < $1 order by changed_at limit 1`;
const LAGGING = `
  select distinct account_id as "accountId" from search_copy_change where changed_at < $1`;
const NOTE = `
  insert into search_copy_change (account_id, document_id, changed_at, task_uids)
  select account_id, id, $3, '{}' from unnest($1::uuid[], $2::uuid[]) as these(account_id, id)
   order by account_id, id on conflict (account_id, document_id) do nothing`;
const NOTE_STALE = `
  with these as (select * from ${THESE}),
       moved as (
    update search_copy_change c
       set seq = nextval('search_copy_change_seq_seq'), attempts = 0, not_before = null, last_error = null
      from these
     where c.account_id = these.account_id and c.document_id = these.id and c.seq <> these.seq)
  insert into search_copy_change (account_id, document_id, changed_at, task_uids)
  select account_id, id, $4, '{}' from these order by account_id, id on conflict (account_id, document_id) do nothing`;

const accounts = (changes: readonly { accountId: string }[]) =>
  changes.map(({ accountId }) => accountId);
const documents = (changes: readonly { documentId: string }[]) =>
  changes.map(({ documentId }) => documentId);
const keys = (changes: readonly Change[]) => [
  accounts(changes),
  documents(changes),
  changes.map(({ seq }) => seq),
];

/** Changes with what stands here under their ids, by one snapshot; null for what is gone. */
export type Taken = Change & { row: SourceRow | null };

/** The next changes that are due: at most so many, with words of at most so many bytes; at least one. */
export async function takeChanges(
  db: Source,
  now: Date,
  most: { changes: number; bytes: number },
): Promise<Taken[]> {
  return toTaken((await db.pool.query(TAKE, [now, most.changes, most.bytes])).rows);
}

/** These changes as they stand now, without those that were settled. */
export async function takeThese(db: Source, changes: readonly Change[]): Promise<Taken[]> {
  const values = [accounts(changes), documents(changes)];
  return toTaken((await db.pool.query(TAKE_THESE, values)).rows);
}

/** Notes that changes were sent. What changed meanwhile, or was settled by somebody else, is sent again. */
export async function markSent(db: Source, { tasks, changes }: Sent, now: Date): Promise<void> {
  type Marked = { accountId: string; documentId: string };
  const { rows } = await db.pool.query<Marked>(MARK, [...keys(changes), tasks]);
  const marked = new Set(rows.map(({ accountId, documentId }) => `${accountId} ${documentId}`));
  const others = changes.filter((one) => !marked.has(`${one.accountId} ${one.documentId}`));
  if (others.length > 0) await noteStale(db, others, now);
}

/**
 * Notes anew what may have reached the server as it was at these changes, unless they still are the last ones: where two
 * send, the older state may come last, so that what the other one has sent is not what the server ends with.
 */
export async function noteStale(db: Source, changes: readonly Change[], now: Date): Promise<void> {
  await db.pool.query(NOTE_STALE, [...keys(changes), now]);
}

/** What was sent and is not settled. */
export async function sentChanges(db: Source): Promise<Sent[]> {
  const { rows } = await db.pool.query<Change & { tasks: number[] }>(IN_FLIGHT);
  return [...Map.groupBy(rows, ({ tasks }) => tasks.join()).values()].map((group) => ({
    tasks: group[0]?.tasks ?? [],
    changes: group.map(({ accountId, documentId, seq }) => ({ accountId, documentId, seq })),
  }));
}

/** The server has what was sent: it is settled, but for what changed since. */
export async function settleChanges(db: Source, changes: readonly Change[]): Promise<void> {
  await db.pool.query(SETTLE, keys(changes));
  await releaseChanges(db, changes);
}

/** They are to be sent again. */
export async function releaseChanges(db: Source, changes: readonly Change[]): Promise<void> {
  await db.pool.query(RELEASE, keys(changes));
}

/** The server refuses a document: it is tried again ever more rarely, once a day in the end. */
export async function refuseChange(
  db: Source,
  change: Change,
  message: string,
  now: Date,
): Promise<void> {
  await db.pool.query(REFUSE, [...keys([change]), message, now]);
}

/** Notes documents, unless they are noted. */
export async function noteChanges(
  db: Source,
  refs: readonly { accountId: string; documentId: string }[],
  now: Date,
): Promise<void> {
  await db.pool.query(NOTE, [accounts(refs), documents(refs), now]);
}

/** Is any change due, or not known to be done? */
export async function isBehind(db: Source, now: Date): Promise<boolean> {
  return ((await db.pool.query(BEHIND, [now])).rowCount ?? 0) > 0;
}

/** Is a change of any of these documents noted: not known to be there? */
export async function areNoted(
  db: Source,
  accountId: string,
  documentIds: readonly string[],
): Promise<boolean> {
  return ((await db.pool.query(NOTED, [accountId, documentIds])).rowCount ?? 0) > 0;
}

/** The change that waits longest, of those noted before a time, why it was refused, and how many wait in all; null: none. */
export async function readOldest(
  db: Source,
  before: Date,
): Promise<{ since: Date; error: string | null; documents: number } | null> {
  return (await db.pool.query(OLDEST, [before])).rows[0] ?? null;
}

/** The accounts of which the server lacks what changed before a time: it is under way, or refused there. */
export async function readLagging(db: Source, before: Date): Promise<Set<string>> {
  const { rows } = await db.pool.query<{ accountId: string }>(LAGGING, [before]);
  return new Set(rows.map(({ accountId }) => accountId));
}

function toTaken(rows: (Change & Omit<SourceRow, 'id'> & { id: string | null })[]): Taken[] {
  return rows.map(({ accountId, documentId, seq, id, ...rest }) => ({
    accountId,
    documentId,
    seq,
    row: id === null ? null : { accountId, id, ...rest },
  }));
}
