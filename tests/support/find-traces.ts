// Looks for texts in everything that is kept: every column of every table of the database that can hold one, the job
// queue's included, and every file of the data folder. The tables come out of the catalogue, so a new one is looked
// through too.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from '#platform/db/index.ts';

/** types that cannot hold a word */
const WORDLESS =
  /^(uuid|boolean|date|interval|inet|oid|pg_lsn|xid8?|smallint|integer|bigint|numeric|real|double precision|time.*)$/;

/** The ways in which a number of ten digits behind +1 may be written down. */
export function spellingsOf(e164: string): string[] {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164) ?? [];
  if (!area) throw new Error(`${e164} is no number of the US.`);
  return [
    `${area}${exchange}${line}`,
    ...['-', '.', ' '].map((sign) => [area, exchange, line].join(sign)),
    `(${area}) ${exchange}-${line}`,
  ];
}

/**
 * Where any of these texts stands, whatever its case: `schema.table.column` of the database, `file:<path>` of the folder.
 * @param folder looked through with all below it, but for `except`
 */
export async function findTraces(
  { pool }: Pick<Db, 'pool'>,
  { folder, except }: { folder: string; except: readonly string[] },
  texts: readonly string[],
): Promise<string[]> {
  const { rows: columns } = await pool.query<{ place: string; from: string; text: string }>(
    `select format('%s.%s.%s', c.table_schema, c.table_name, c.column_name) as place,
            format('%I.%I', c.table_schema, c.table_name) as from,
            format(case c.data_type when 'bytea' then 'encode(%I, ''escape'')' else '%I::text' end,
                   c.column_name) as text
       from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
      where t.table_type = 'BASE TABLE' and c.data_type !~ $1
        and c.table_schema not in ('pg_catalog', 'information_schema') order by 1`,
    [WORDLESS.source],
  );
  if (columns.length < 200) throw new Error(`Only ${columns.length} columns were found.`);
  const found: string[] = [];
  const patterns = texts.map((text) => `%${text.replace(/[\\%_]/g, '\\$&')}%`);
  for (const { place, from, text } of columns) {
    const { rows } = await pool.query<{ hit: boolean }>(
      `select exists (select 1 from ${from} where ${text} ilike any($1)) as hit`,
      [patterns],
    );
    if (rows[0]?.hit) found.push(place);
  }
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || except.some((one) => path.startsWith(join(folder, one)))) continue;
    const content = `${path}\n${readFileSync(path, 'latin1')}`.toLowerCase();
    if (texts.some((text) => content.includes(text.toLowerCase()))) found.push(`file:${path}`);
  }
  return found;
}
