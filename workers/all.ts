// Entry of a worker beside the server (WORKERS=apart): reactions, jobs and the carrier sweep. Any number may run.
import { readConfig } from '#platform/config/index.ts';
import { findDatabase } from '#platform/db/index.ts';
import { openLog } from '#platform/log/index.ts';
import { openIntake } from '../src/intake.ts';
import { openPlatform } from '../src/open-platform.ts';
import { startWorkers } from '../src/start-workers.ts';

const config = readConfig();
const { LOG_LEVEL: level, LOG_PERSONAL_DATA: showPersonalData } = config;
const log = openLog({ level, name: 'worker', showPersonalData });
const database = { databaseUrl: config.DATABASE_URL, dataDir: config.DATA_DIR };
const databaseUrl = await findDatabase(database);
const platform = await openPlatform({ config, log, databaseUrl, name: 'worker' });
const intake = openIntake(platform);
const workers = await startWorkers(platform, ['calls', 'transcripts', 'delivery'], { intake });
log.info('the worker is up');
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await workers.stop();
    await intake.stop();
    await platform.close();
    process.exit(0);
  });
}
