// Workers are started by name: each process may do a share of the work, and together they do all of it.
import { afterAll, expect, it } from 'vitest';
import { readConfig } from '#platform/config/index.ts';
import { openLog } from '#platform/log/index.ts';
import { handlersOf } from '#reactions';
import { openIntake } from '../src/intake.ts';
import { openPlatform } from '../src/open-platform.ts';
import { startWorkers, type WorkerName } from '../src/start-workers.ts';
import { bareDatabase } from './support/database.ts';
import { TEMPLATE } from './support/template.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const databaseUrl = await bareDatabase(TEMPLATE);
const config = readConfig({ DATA_DIR: temporaryFolder(), DATABASE_URL: databaseUrl });
const log = openLog({ level: 'silent', name: 'worker', showPersonalData: false });

it.each(Object.keys(handlersOf) as WorkerName[])('%s starts alone', async (name) => {
  const platform = await openPlatform({ config, log, databaseUrl, name: 'worker' });
  const intake = openIntake(platform);
  const stop: (() => Promise<void>)[] = [platform.close, intake.stop];
  afterAll(async () => {
    for (const close of stop.splice(0).reverse()) await close();
  });
  const workers = await startWorkers(platform, [name], { intake });
  stop.push(workers.stop);
  expect(workers).toBeDefined();
});
