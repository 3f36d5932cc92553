// What of a transcript is searched: one reading for the transaction that stores it and for every rebuild, so that the
// index can only hold what its source holds.
import type { Prisma } from '#generated/prisma/client.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';
import type { DocumentRef, RebuildSource, SearchDocument } from '#platform/search/index.ts';

/**
 * Reads the finished transcripts under these ids as documents, and keeps them from being deleted until `tx` ends.
 * @returns in any order, without those that are gone
 */
export async function readSearchDocuments(
  tx: Tx,
  accountId: string,
  ids: readonly string[],
): Promise<SearchDocument[]> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select t.id, t.call_id as "subjectId", c.company_id as "companyId", c.tracker_id as "trackerId",
           i.occurred_at as "occurredAt"
      from transcript t
      join call c on c.account_id = t.account_id and c.id = t.call_id
      join interaction i on i.account_id = t.account_id and i.id = t.call_id
     where t.account_id = ${sql.account} and t.id = any(${ids}::uuid[]) and t.state = 'READY'
       for key share of t`.rows<Omit<SearchDocument, 'passages'>>(tx);
  const segments = await tx.transcriptSegment.findMany({
    where: { accountId, transcriptId: { in: rows.map(({ id }) => id) } },
    orderBy: [{ transcriptId: 'asc' }, { n: 'asc' }],
    select: { transcriptId: true, n: true, speaker: true, text: true },
  });
  const byTranscript = Map.groupBy(segments, ({ transcriptId }) => transcriptId);
  return rows.map((row) => ({ ...row, passages: byTranscript.get(row.id) ?? [] }));
}

/** Every finished transcript of the server, for the rebuild of the index. */
export const searchSource: RebuildSource = {
  name: 'transcripts',
  list: listTranscripts,
  read: readSearchDocuments,
};

/** Over all accounts: a rebuild's own read. First what is left of the account, so that no page reads those before it. */
async function listTranscripts(
  tx: Tx,
  after: DocumentRef | null,
  limit: number,
): Promise<DocumentRef[]> {
  const read = (where: Prisma.TranscriptWhereInput, take: number) =>
    tx.transcript.findMany({
      where: { ...where, state: 'READY' },
      orderBy: [{ accountId: 'asc' }, { id: 'asc' }],
      take,
      select: { accountId: true, id: true },
    });
  if (!after) return read({}, limit);
  const { accountId, id } = after;
  const rest = await read({ accountId, id: { gt: id } }, limit);
  if (rest.length === limit) return rest;
  return [...rest, ...(await read({ accountId: { gt: accountId } }, limit - rest.length))];
}
