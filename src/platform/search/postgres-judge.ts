// Which of many queries find one document: the document is read once, and each query is put to that row alone.
import { type SqlPart, type SqlSource, sqlPart, tenantSql } from '#platform/db/index.ts';
import { findNearWordsOfEach } from './find-near-words.ts';
import type { DocumentRef, SearchRequest } from './port.ts';
import { isFoundSql } from './postgres-match.ts';
import { compileQuery } from './postgres-query.ts';

/**
 * Puts requests to a document, in two statements.
 * @param requests at least one
 * @returns for each request whether it finds the document; a document that is gone is found by none
 */
export async function judgeDocument(
  client: SqlSource,
  { accountId, id }: DocumentRef,
  requests: readonly SearchRequest[],
  tags: SqlPart,
): Promise<boolean[]> {
  const near = await findNearWordsOfEach(
    client,
    accountId,
    requests.map(({ clauses }) => clauses),
  );
  const judged = requests.map((request, n) => {
    const compiled = compileQuery(accountId, request, near[n] ?? new Map());
    return compiled ? isFoundSql(compiled, request.filter, tags) : sqlPart`false`;
  });
  const list = judged.reduce((all, one) => sqlPart`${all}, ${one}`);
  const sql = tenantSql(accountId);
  const [row] = await sql`
    with document as materialized (
      select d.* from search_document d where d.account_id = ${sql.account} and d.id = ${id}::uuid)
    select array[${list}] as found`.rows<{ found: boolean[] }>(client);
  return row?.found ?? requests.map(() => false);
}
