// Copies a running cluster consistently: PostgreSQL's low-level base backup, with the write-ahead log that makes the copy
// whole (https://www.postgresql.org/docs/18/continuous-archiving.html, "Making a Base Backup Using the Low Level API").
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { copyTree } from './copy-tree.ts';

// Their content belongs to the running server only; the folders themselves must exist.
const EMPTY_IN_A_COPY = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
const LEFT_OUT = /^(postmaster\.(pid|opts)|pgsql_tmp.*|backup_label.*)$/;

function copyLog(from: string, to: string, first: string, last: string): void {
  mkdirSync(join(to, 'archive_status'), { recursive: true, mode: 0o700 });
  mkdirSync(join(to, 'summaries'), { recursive: true, mode: 0o700 });
  for (const name of readdirSync(from)) {
    const wanted = /^[0-9A-F]{24}$/.test(name)
      ? name >= first && name <= last
      : /\.history$/.test(name);
    if (wanted) copyFileSync(join(from, name), join(to, name));
  }
}

/**
 * Copies the files of a running cluster into a new folder from which a server can start.
 * @param client a superuser's session of that cluster, without a statement timeout.
 */
export async function copyCluster(
  client: pg.Client,
  cluster: string,
  target: string,
): Promise<void> {
  // the slot, gone with this session, keeps the log from being recycled while we copy
  await client.query('select pg_create_physical_replication_slot($1, true, true)', [
    `switchboard_backup_${process.pid}`,
  ]);
  const start = await client.query(
    `select pg_walfile_name(pg_backup_start('switchboard', fast => true)) as first`,
  );
  // a file that vanishes meanwhile is a dropped table's: recovery knows of that
  copyTree(cluster, target, (name, top) => {
    if (LEFT_OUT.test(name)) return 'leave';
    return top && EMPTY_IN_A_COPY.has(name) ? 'bare' : 'copy';
  });
  const stop = await client.query(
    `select pg_walfile_name(lsn) as last, labelfile, spcmapfile
       from pg_backup_stop(wait_for_archive => false)`,
  );
  const { last, labelfile } = stop.rows[0];
  writeFileSync(join(target, 'backup_label'), labelfile, { mode: 0o600 });
  copyLog(join(cluster, 'pg_wal'), join(target, 'pg_wal'), start.rows[0].first, last);
}
