// The log's monthly partitions: made ahead, and dropped whole when their time is over.
import type { ClientBase, Pool } from 'pg';

/** taken so that two processes do not make the same partition at once */
const LOCK = 730_101;
const MONTHS_AHEAD = 3;

interface Month {
  table: string;
  from: string;
  to: string;
}

/** The n-th month after the one of `at`, in UTC. */
function monthAfter(at: Date, n: number): Month {
  const from = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + n, 1));
  const to = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + n + 1, 1));
  const table = `event_${from.toISOString().slice(0, 7).replace('-', '_')}`;
  return { table, from: from.toISOString(), to: to.toISOString() };
}

/** Names of the monthly partitions, oldest first. */
async function listPartitions(source: Pool | ClientBase): Promise<string[]> {
  const { rows } = await source.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'event'::regclass and c.relname ~ '^event_\\d{4}_\\d{2}$' order by 1`,
  );
  return rows.map((row) => row.name);
}

async function inTransaction(
  pool: Pool,
  work: (client: ClientBase) => Promise<void>,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await work(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

// Events of that month may stand in the default partition already: they move with their positions, and readers see them
// in one place or the other. Attaching locks out writers for a moment; CREATE … PARTITION OF would lock the whole log.
const addSql = ({ table, from, to }: Month) => `
  create table ${table} (like event including defaults);
  with moved as (
    delete from event_default where occurred_at >= '${from}' and occurred_at < '${to}' returning *)
  insert into ${table} select * from moved;
  alter table event attach partition ${table} for values from ('${from}') to ('${to}')`;

/**
 * Makes the partitions of the month of `at` and of the next three, where they are missing. Cheap when none is.
 * @returns the names of those it made.
 */
export async function providePartitions(pool: Pool, at: Date): Promise<string[]> {
  const wanted = Array.from({ length: MONTHS_AHEAD + 1 }, (_, n) => monthAfter(at, n));
  const missingIn = (present: string[]) => wanted.filter(({ table }) => !present.includes(table));
  const made: string[] = [];
  if (missingIn(await listPartitions(pool)).length === 0) return made;
  await inTransaction(pool, async (client) => {
    for (const month of missingIn(await listPartitions(client))) {
      await client.query(addSql(month));
      made.push(month.table);
    }
  });
  return made;
}

const lastOf = (table: string) => `
  insert into event_retention (id, epoch, xid, seq)
  select 1, epoch, xid, seq from ${table} order by epoch desc, xid desc, seq desc limit 1
  on conflict (id) do update set epoch = excluded.epoch, xid = excluded.xid, seq = excluded.seq
   where (excluded.epoch, excluded.xid, excluded.seq)
       > (event_retention.epoch, event_retention.xid, event_retention.seq)`;

// Reactions do not ask whether what they have not read is still there: a gap would pass them unseen.
const unreadOf = (table: string) => `
  select c.name from reaction_cursor c
   where (c.epoch, c.xid, c.seq)
       < (select epoch, xid, seq from ${table} order by epoch desc, xid desc, seq desc limit 1)
   order by 1`;

/** What became of the months that are over. */
export interface DroppedMonths {
  /** names of the partitions */
  dropped: string[];
  /** months that stay, since these reactions have not read all of them */
  held: { table: string; reactions: string[] }[];
}

/**
 * Drops the months that ended before `before`, each in its own transaction. The greatest position dropped is kept:
 * cursors before it answer CursorExpired from then on. A month that a reaction has not read to its end is not dropped.
 */
export async function dropPartitions(pool: Pool, before: Date): Promise<DroppedMonths> {
  const firstKept = monthAfter(before, 0).table;
  const over = (await listPartitions(pool)).filter((table) => table < firstKept);
  const done: DroppedMonths = { dropped: [], held: [] };
  for (const table of over) {
    await inTransaction(pool, async (client) => {
      if (!(await listPartitions(client)).includes(table)) return;
      const { rows } = await client.query<{ name: string }>(unreadOf(table));
      if (rows.length > 0) {
        done.held.push({ table, reactions: rows.map(({ name }) => name) });
        return;
      }
      await client.query(lastOf(table));
      await client.query(`drop table ${table}`);
      done.dropped.push(table);
    });
  }
  return done;
}
