// The event epoch: one number for each life of the database. Transaction ids may repeat after a restore or failover, so a
// cursor from an earlier life must be told apart from one of this life.
import type { ClientBase } from 'pg';
import { LOCKS } from './locks.ts';
import { DatabaseIsStandby } from './unavailable.ts';

interface Identity {
  epoch: number | null;
  same: boolean;
  systemIdentifier: string;
  /** null = a standby: it writes no log of its own */
  timeline: number | null;
}

// The name of the log file that is being written begins with the timeline. The control file is behind it: for seconds after
// a promotion it still tells the old one.
const READ = `
  select last.epoch,
         (last.system_identifier, last.timeline) is not distinct from (here.id, here.timeline) as same,
         here.id as "systemIdentifier", here.timeline
    from (select s.system_identifier::text as id,
                 case when not pg_is_in_recovery()
                      then ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int end as timeline
            from pg_control_system() s) here
    left join (select * from event_epoch order by epoch desc limit 1) last on true`;

async function readIdentity(client: ClientBase): Promise<Identity> {
  const { rows } = await client.query<Identity>(READ);
  const identity = rows[0] as Identity;
  if (identity.timeline === null) throw new DatabaseIsStandby();
  return identity;
}

async function raise(client: ClientBase, reason: string | undefined): Promise<number> {
  await client.query('begin');
  try {
    await client.query('select pg_advisory_xact_lock($1)', [LOCKS.epoch]);
    const { epoch, same, systemIdentifier, timeline } = await readIdentity(client);
    if (epoch !== null && same && reason === undefined) {
      await client.query('rollback'); // another process raised it while we waited
      return epoch;
    }
    const next = (epoch ?? 0) + 1;
    await client.query(
      'insert into event_epoch (epoch, system_identifier, timeline, reason) values ($1, $2, $3, $4)',
      [next, systemIdentifier, timeline, reason ?? (epoch === null ? 'first start' : 'failover')],
    );
    await client.query('commit');
    return next;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/**
 * Makes sure that the last row of event_epoch describes this database (system identifier and timeline), adding the next
 * epoch when it does not. Safe to call from many processes at once; cheap when nothing changed.
 * @returns the current epoch.
 * @throws DatabaseIsStandby in the middle of a failover.
 */
export async function ensureEpoch(client: ClientBase): Promise<number> {
  const { epoch, same } = await readIdentity(client);
  return epoch !== null && same ? epoch : raise(client, undefined);
}

/**
 * Begins a new epoch whatever the database's identity says: after a restore.
 * @param reason kept in the row.
 */
export function raiseEpoch(client: ClientBase, reason: string): Promise<number> {
  return raise(client, reason);
}
