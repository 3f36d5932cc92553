// How many jobs of a kind there are.
import type pg from 'pg';

// pg-boss's own figures are up to a minute old
const COUNT = `
  select (count(*) filter (where state in ('created', 'retry')))::int as waiting,
         (count(*) filter (where state = 'active'))::int as running,
         (count(*) filter (where state = 'failed'))::int as failed
    from pgboss.job where name = $1`;

/** Counts the jobs of a name. */
export async function countJobs(pool: pg.Pool, name: string) {
  const { rows } = await pool.query<{ waiting: number; running: number; failed: number }>(COUNT, [
    name,
  ]);
  const [counts] = rows;
  if (!counts) throw new Error('A count always answers.');
  return counts;
}
