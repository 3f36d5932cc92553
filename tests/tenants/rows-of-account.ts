// Every row of an account, in every table that has one: what of it others changed, removed, or added to what is not theirs.
import type { Pool } from 'pg';

interface Row {
  table: string;
  /** the one company that it names; null = none, or several */
  companyId: string | null;
  /** of its columns */
  hash: string;
}

/**
 * Not looked at: the log and what stands beside it tell of what others did with their own, a client's key belongs to who
 * sent it, and the tries of webhooks and the passes over what is to be hidden go on by themselves.
 */
const BESIDE = /^(event|event_.*|audit_entry|idempotency_key|webhook_attempt|redaction_pass)$/;
/** written by use, and by those tries */
const USE = ['last_used_at'];
const TRIES = ['due_at', 'claimed_by', 'claims', 'failing_since', 'last_failure_at', 'hold_until'];
const TRIED = ['tries', 'attempts', 'failure', 'delivered_at'];

/** In one statement, so that it shows one moment. */
export async function rowsOfAccount(pool: Pool, accountId: string): Promise<Row[]> {
  const { rows: tables } = await pool.query<{ name: string; columns: string[] }>(
    `select table_name as name, array_agg(column_name::text) as columns
       from information_schema.columns where table_schema = 'public' group by 1`,
  );
  const parts = tables
    .filter(({ name, columns }) => columns.includes('account_id') && !BESIDE.test(name))
    .map(({ name, columns }) => {
      const without = name.startsWith('webhook_') ? [...USE, ...TRIES, ...TRIED] : USE;
      return `select '${name}' as "table", ${companyOf(columns)} as "companyId",
                md5((to_jsonb(t) - '{${without}}'::text[])::text) as hash
                from "${name}" t where account_id = $1`;
    });
  const account = `select 'account', null, md5(t::text) from account t where id = $1`;
  const { rows } = await pool.query<Row>([...parts, account].join(' union all '), [accountId]);
  return rows;
}

function companyOf(columns: readonly string[]): string {
  if (columns.includes('company_id')) return 'company_id::text';
  if (!columns.includes('company_ids')) return 'null';
  return 'case when cardinality(company_ids) = 1 then company_ids[1]::text end';
}

/**
 * What somebody did who may touch nothing of the account but one of its companies.
 * @param theirs the id of that company
 * @returns the tables, each with what was done in it
 */
export function findTouched(
  before: readonly Row[],
  after: readonly Row[],
  theirs: string,
): string[] {
  const rowsOf = (rows: readonly Row[]) => new Set(rows.map(({ table, hash }) => table + hash));
  const missingIn = (rows: readonly Row[], others: ReadonlySet<string>, what: string) =>
    rows
      .filter(({ table, companyId, hash }) => companyId !== theirs && !others.has(table + hash))
      .map(({ table }) => `${table}: ${what}`);
  const found = [
    ...missingIn(before, rowsOf(after), 'changed or removed'),
    ...missingIn(after, rowsOf(before), 'added'),
  ];
  return [...new Set(found)].sort();
}
