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
  const tables = Map.groupBy(await wordColumns(pool), ({ from }) => from);
  const found: string[] = [];
  const patterns = texts.map((text) => `%${text.replace(/[\\%_]/g, '\\$&')}%`);
  for (const [from, columns] of tables) {
    const hits = columns.map(({ text }, n) => `bool_or(${text} ilike any($1)) as "${n}"`);
    const { rows } = await pool.query<Record<string, boolean | null>>(
      `select ${hits.join(', ')} from ${from}`,
      [patterns],
    );
    found.push(...columns.flatMap(({ place }, n) => (rows[0]?.[n] ? [place] : [])));
  }
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || except.some((one) => path.startsWith(join(folder, one)))) continue;
    const content = `${path}\n${readFileSync(path, 'latin1')}`.toLowerCase();
    if (texts.some((text) => content.includes(text.toLowerCase()))) found.push(`file:${path}`);
  }
  return found;
}

/** The columns that can hold a word: where they are, their table and their text as SQL. */
async function wordColumns(
  pool: Db['pool'],
): Promise<{ place: string; from: string; text: string }[]> {
  const { rows } = await pool.query<{ place: string; from: string; text: string }>(
    `select format('%s.%s.%s', n.nspname, c.relname, a.attname) as place,
            format('%I.%I', n.nspname, c.relname) as from,
            format(case a.atttypid when 'bytea'::regtype then 'encode(%I, ''escape'')' else '%I::text' end,
                   a.attname) as text
       from pg_attribute a
       join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
       join pg_namespace n on n.oid = c.relnamespace and n.nspname !~ '^(pg_|information_schema$)'
        -- random ids and checksums, from before anybody has spoken
        and c.relname <> '_prisma_migrations'
      where a.attnum > 0 and not a.attisdropped and format_type(a.atttypid, null) !~ $1 order by 1`,
    [WORDLESS.source],
  );
  if (rows.length < 200) throw new Error(`Only ${rows.length} columns were found.`);
  return rows;
}
