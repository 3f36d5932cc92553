// npm run recount: counts every call and form for the reports anew; sums that are right already stay as they are.
// The server may run meanwhile; stop this at any time, and a start of the server, or `npm run recount -- on`, goes on
// where it was.
import { awaitAttributionJob, countAll, recountLeadJob } from '#domains/reports/index.ts';
import { systemClock } from '#platform/clock/index.ts';
import { readArguments, readConfig } from '#platform/config/index.ts';
import { openDb, useDatabase } from '#platform/db/index.ts';
import { openJobs } from '#platform/jobs/index.ts';
import { openLog } from '#platform/log/index.ts';

const USAGE = `Use:
  npm run recount         counts every call and form for the reports anew
  npm run recount -- on   goes on where it was cut off`;
const [what = 'all'] = readArguments(USAGE);
const config = readConfig();
const log = openLog({ level: 'warn', name: 'recount', showPersonalData: false });
const TELL_EVERY_MS = 2_000;

async function recount(url: string): Promise<void> {
  const db = await openDb({ url, applicationName: 'switchboard tool', poolSize: 2, log });
  try {
    const definitions = [awaitAttributionJob, recountLeadJob];
    const jobs = await openJobs({ db, log, definitions });
    let toldAt = performance.now();
    const onProgress = (counted: number) => {
      if (performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      console.log(`${counted} counted …`);
    };
    const needs = { db, jobs, log, clock: systemClock };
    const counted = await countAll(needs, { everything: what === 'all', onProgress }).finally(() =>
      jobs.stop(),
    );
    console.log(`Done: ${counted} counted.`);
  } finally {
    await db.close();
  }
}

try {
  if (what !== 'all' && what !== 'on') throw new Error(`Unknown: ${what}.\n${USAGE}`);
  await useDatabase({ databaseUrl: config.DATABASE_URL, dataDir: config.DATA_DIR }, log, recount);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
