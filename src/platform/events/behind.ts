// How far those who follow the log stand behind its end: what is told to whoever watches over the server.
import type { Pool } from 'pg';

/** further ones are not counted: it is asked often */
const MOST = 1_000;

// Most stand at the same place, which is counted once.
const BEHIND = `
  with edge as materialized (
    select current_event_epoch() as epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xmin),
  place as (select epoch, xid, seq, array_agg(name) as names from reaction_cursor group by epoch, xid, seq)
  select p.names, count(e.one)::int as behind
    from place p cross join edge
    cross join lateral (
      select 1 as one from event e
       where (e.epoch, e.xid, e.seq) > (p.epoch, p.xid, p.seq)
         and (e.epoch < edge.epoch or e.xid < edge.xmin)
       limit ${MOST}) e
   group by p.epoch, p.xid, p.seq, p.names`;

/**
 * How many events each reaction and mirror has not read yet, by its name, whichever process runs it or none does.
 * @returns those that have all read are left out; 1,000 stands for as many or more
 */
export async function readBehind(pool: Pool): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ names: string[]; behind: number }>(BEHIND);
  return Object.fromEntries(
    rows.flatMap(({ names, behind }) => names.map((name) => [name, behind])).sort(),
  );
}
