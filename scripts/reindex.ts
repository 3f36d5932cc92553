// npm run reindex: goes on with a rebuild of the search index that was cut off; else indexes what is missing or older.
//   npm run reindex -- all   indexes every transcript again
// The server may run meanwhile; stop this at any time and it goes on where it was.
import { taggedInteractions } from '#domains/interactions/index.ts';
import { searchSource } from '#domains/transcripts/index.ts';
import { readArguments, readConfig } from '#platform/config/index.ts';
import { openDb, useDatabase } from '#platform/db/index.ts';
import { openLog } from '#platform/log/index.ts';
import { beginRebuild, openPostgresSearch, runRebuild } from '#platform/search/index.ts';

const USAGE = `Use:
  npm run reindex          indexes what is missing or of older rules; goes on where it was cut off
  npm run reindex -- all   indexes every transcript again`;
const [what = 'missing'] = readArguments(USAGE);
const config = readConfig();
const log = openLog({ level: 'warn', name: 'reindex', showPersonalData: false });
const TELL_EVERY_MS = 2_000;

async function rebuild(url: string): Promise<void> {
  const db = await openDb({ url, applicationName: 'switchboard tool', poolSize: 2, log });
  try {
    const search = openPostgresSearch({ db, tags: taggedInteractions });
    const now = () => new Date();
    const everything = what === 'all';
    await beginRebuild({ db, search }, searchSource.name, {
      now: now(),
      everything,
      onlyIfDue: false,
    });
    let toldAt = performance.now();
    const onProgress = (documents: number) => {
      if (performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      console.log(`${documents} indexed …`);
    };
    const documents = await runRebuild({ db, search }, searchSource, { now, onProgress });
    console.log(`Done: ${documents} indexed.`);
  } finally {
    await db.close();
  }
}

try {
  if (what !== 'missing' && what !== 'all') {
    throw new Error(`Unknown: ${what}.\n${USAGE}`);
  }
  await useDatabase({ databaseUrl: config.DATABASE_URL, dataDir: config.DATA_DIR }, log, rebuild);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
