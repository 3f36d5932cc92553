// A worker whose database goes away while it starts: it waits for it once more, and nothing of the first try is left.
import { expect, it } from 'vitest';
import { freshDatabase } from '#tests/support/database.ts';
import { program } from '#tests/support/program.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { until } from '#tests/support/town.ts';
import { openWire } from '#tests/support/wire.ts';

const { db, url } = await freshDatabase();
const wire = await openWire(url);

it('comes up once the database is back', async () => {
  const settings = { DATA_DIR: temporaryFolder(), DATABASE_URL: wire.url, SPEECH_MODEL: 'tiny' };
  const command = [process.execPath, 'workers/all.ts', 'calls'] as const;
  const worker = program(command, settings, 'the worker is up');
  // it cannot write its schedules, and waits
  const holder = await db.pool.connect();
  await holder.query('begin; set local idle_in_transaction_session_timeout = 0');
  await holder.query('lock table pgboss.schedule in access exclusive mode');
  const started = worker.start();
  await until('the worker waits for a lock', async () => {
    const { rows } = await db.pool.query(
      "select 1 from pg_stat_activity where datname = current_database() and application_name = 'switchboard jobs' and wait_event_type = 'Lock'",
    );
    return rows.length > 0;
  });
  wire.cut();
  await until('it has noticed', () => worker.said().includes('went away while the worker started'));
  await holder.query('rollback');
  holder.release();
  wire.mend();
  await started;
  expect(await worker.interrupt()).toBe(0);
});
