// Builds an index of the search server from the index here, beside the one that is asked, and lets it take that one's
// place. Where it stands is written down after each page, so a build that was cut off goes on; what changes meanwhile is
// sent to both (send.ts).
import type { SearchCopy } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';
import { noteChanges } from './changes.ts';
import { COPY_RULES, digestOf, keyOf, refOfKey, type SourceRow, toCopy } from './document.ts';
import { TooLarge } from './faults.ts';
import { awaitTasks, MOST_BYTES, type Sending, sendChanges } from './send.ts';
import { newUid, readCopy, retire, retiredAt, writeCopy } from './state.ts';

/** What building needs. */
export type Building = Omit<Sending, 'db'> & { db: Db };

const PAGE = 500;
const COMPARED = 1_000;
// no more words than are sent at once, but one document in any case
const READ = `
  select account_id as "accountId", id, subject_id as "subjectId", company_id as "companyId", tracker_id as "trackerId",
         occurred_at as "occurredAt", said
    from (select *, row_number() over next as n, sum(octet_length(said)) over next as bytes
            from (select account_id, id, subject_id, company_id, tracker_id, occurred_at, said from search_document
                   where (account_id, id) > ($1::uuid, $2::uuid) order by account_id, id limit $3) listed
          window next as (order by account_id, id rows unbounded preceding)) d
   where n = 1 or bytes <= ${MOST_BYTES} order by account_id, id`;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Begins an index, unless one is begun by the same rules. */
export async function beginBuild({ db, server }: Building, copy: SearchCopy): Promise<SearchCopy> {
  if (copy.buildingUid && copy.buildingRules === COPY_RULES) return copy;
  const uid = newUid();
  // written down first: an index that nobody knows of would never be deleted
  await writeCopy(db, {
    buildingUid: uid,
    buildingCreatedAt: null,
    buildingRules: COPY_RULES,
    accountId: null,
    documentId: null,
    retiredUids: retire(copy, copy.buildingUid ? [copy.buildingUid] : []),
  });
  return writeCopy(db, { buildingCreatedAt: await server.makeIndex(uid) });
}

/** Fills the index in building and lets it take its place. Returns how many documents were read. */
export async function runBuild(building: Building, copy: SearchCopy): Promise<number> {
  const { db, now, signal } = building;
  const uid = copy.buildingUid;
  if (!uid) return 0;
  const both = copy.activeUid ? [copy.activeUid, uid] : [uid];
  let documents = 0;
  let after = { accountId: copy.accountId ?? NOBODY, id: copy.documentId ?? NOBODY };
  for (;;) {
    signal.throwIfAborted();
    const rows = await readRows(db, after);
    const last = rows.at(-1);
    if (!last) break;
    signal.throwIfAborted();
    const ended = await putRows(building, uid, rows);
    if (ended.state === 'unknown') throw new Error('The search server lost the index in building.');
    if (ended.state === 'failed' && !ended.isOurs) throw new Error(ended.message);
    // one at fault fails its page: each is sent as a change, which finds it
    if (ended.state === 'failed') await noteChanges(db, rows.map(toRef), now());
    after = { accountId: last.accountId, id: last.id };
    await writeCopy(db, { accountId: last.accountId, documentId: last.id });
    documents += rows.length;
    await sendChanges(building, both);
  }
  await compare(building, uid);
  await sendChanges(building, both);
  const known = (await readCopy(db)) ?? copy;
  await writeCopy(db, {
    activeUid: uid,
    activeCreatedAt: copy.buildingCreatedAt,
    activeRules: copy.buildingRules,
    buildingUid: null,
    buildingCreatedAt: null,
    buildingRules: null,
    accountId: null,
    documentId: null,
    retiredUids: retire(known, copy.activeUid ? [copy.activeUid] : []),
  });
  return documents;
}

/** Deletes the indexes of this server that nobody asks any more: they hold what was said. */
export async function dropRetired({ db, server }: Building): Promise<void> {
  for (;;) {
    const copy = await readCopy(db);
    const [first] = copy ? retiredAt(copy, server.digest) : [];
    if (!copy || !first) return;
    await server.dropIndex(first.uid);
    await writeCopy(db, {
      retiredUids: copy.retiredUids.filter((written) => written !== first.written),
    });
  }
}

/**
 * Walks an index and the one here side by side, in the order of their keys, and notes every document in which they differ:
 * whatever was believed to be sent.
 * @returns how many differ
 */
export async function compare({ db, server, now, signal }: Building, uid: string): Promise<number> {
  let differ = 0;
  let after = { accountId: NOBODY, id: NOBODY };
  let rows: SourceRow[] = [];
  const note = async (keys: readonly string[]) => {
    if (keys.length === 0) return;
    differ += keys.length;
    await noteChanges(db, keys.map(refOfKey), now());
  };
  /** compares the rows up to a key, all when it is null, with a page of the index: however many those are, some at a time */
  const compareUpTo = async (key: string | null, page: ReadonlyMap<string, string>) => {
    const extra = new Set(page.keys());
    for (;;) {
      signal.throwIfAborted();
      if (rows.length === 0) rows = await readRows(db, after);
      const beyond = rows.findIndex((row) => key !== null && keyOf(row.accountId, row.id) > key);
      const some = beyond < 0 ? rows : rows.slice(0, beyond);
      const here = some.map((row) => [keyOf(row.accountId, row.id), digestOf(row)] as const);
      await note(here.flatMap(([one, digest]) => (page.get(one) === digest ? [] : [one])));
      for (const [one] of here) extra.delete(one);
      after = some.at(-1) ?? after;
      rows = rows.slice(some.length);
      if (some.length === 0 || rows.length > 0) return note([...extra]);
    }
  };
  for (let offset = 0; ; offset += COMPARED) {
    signal.throwIfAborted();
    const page = await server.list(uid, offset, COMPARED);
    const isLast = page.length < COMPARED;
    const there = new Map(page.map(({ id, digest }) => [id, digest]));
    await compareUpTo(isLast ? null : (page.at(-1)?.id ?? null), there);
    if (isLast) return differ;
  }
}

async function readRows(
  { pool }: Pick<Db, 'pool'>,
  { accountId, id }: { accountId: string; id: string },
): Promise<SourceRow[]> {
  return (await pool.query<SourceRow>(READ, [accountId, id, PAGE])).rows;
}

async function putRows(building: Building, uid: string, rows: readonly SourceRow[]) {
  try {
    const tasks = await building.server.put(uid, rows.map(toCopy));
    return await awaitTasks(building, [uid], tasks);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    return { state: 'failed' as const, isOurs: true, message: error.message };
  }
}

const toRef = ({ accountId, id }: SourceRow) => ({ accountId, documentId: id });
