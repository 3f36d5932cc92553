// Fills a table with copies of a row, for tests of what statements cost beside many others.
import type pg from 'pg';

/**
 * Copies the rows of a table that `where` finds so many times.
 * @param changed SQL for columns in place of what the row `o` has; `n` goes from 1 to `times`
 * @param where SQL over `o`; its parameters are given from $2 on
 */
export async function copyRows(
  pool: pg.Pool,
  table: string,
  changed: Record<string, string>,
  { where, given, times }: { where: string; given: unknown[]; times: number },
): Promise<void> {
  const { rows } = await pool.query(
    `select column_name as name from information_schema.columns
      where table_schema = current_schema() and table_name = $1 and is_generated = 'NEVER'`,
    [table],
  );
  const names = rows.map(({ name }) => `"${name}"`);
  const values = rows.map(({ name }) => changed[name] ?? `o."${name}"`);
  await pool.query(
    `insert into "${table}" (${names}) select ${values} from "${table}" o, generate_series(1, $1::int) n
      where ${where}`,
    [times, ...given],
  );
}

/** SQL for a UUID of the n-th copy, the same wherever the same thing is named. */
export const idOfCopy = (of: string) => `md5('${of}' || n)::uuid`;
