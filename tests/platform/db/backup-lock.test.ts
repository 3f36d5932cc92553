// While a backup copies, no file is removed that a copied row may name; and a backup waits for removals that are under way.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { removeRecordingFileHandler } from '#domains/calls/remove-recording-file.ts';
import { applyMigrations, backUp, openDb, startEmbeddedPostgres } from '#platform/db/index.ts';
import { LOCKS } from '#platform/db/locks.ts';
import { NotYet } from '#platform/jobs/index.ts';
import { openDiskStorage } from '#platform/storage/index.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

it('the file whose muted copy stands goes when the backup is over, and not before', {
  timeout: 120_000,
}, async () => {
  const log = pino({ level: 'silent' });
  const root = temporaryFolder();
  const dataDir = join(root, 'data');
  const server = await startEmbeddedPostgres({ dataDir, log });
  onTestFinished(() => server.stop());
  await applyMigrations(server.url);
  const db = await openDb({ url: server.url, applicationName: 'test', poolSize: 3, log });
  onTestFinished(() => db.close());
  const storage = openDiskStorage(join(dataDir, 'storage'));
  const storageKey = 'recordings/a/heard.wav';
  await storage.put(storageKey, [Buffer.from('RIFF')] as never);
  const { run } = removeRecordingFileHandler({ db, storage });
  const remove = () =>
    run(
      { accountId: randomUUID(), recordingId: randomUUID(), storageKey },
      { id: 'try', attempt: 1, signal: new AbortController().signal },
    );

  // a removal that is under way
  const removing = new pg.Client({ connectionString: server.url });
  await removing.connect();
  await removing.query('select pg_advisory_lock_shared($1)', [LOCKS.backup]);
  const backup = backUp({ dataDir, file: join(root, 'all.tgz'), log, at: new Date() });
  const waits = async () =>
    (await removing.query('select from pg_locks where objid = $1 and not granted', [LOCKS.backup]))
      .rowCount;
  await expect.poll(waits, { timeout: 30_000 }).toBe(1);
  await expect(remove()).rejects.toThrow(NotYet);
  expect(await storage.size(storageKey)).toBe(4);

  await removing.end();
  await backup;
  expect(await remove()).toBe('removed');
  await expect(storage.size(storageKey)).rejects.toThrow();
});
