// A process of its own that runs the rebuild of rebuild-kill.test.ts until it is killed.
import { pino } from 'pino';
import { taggedInteractions } from '#domains/interactions/index.ts';
import { searchSource } from '#domains/transcripts/index.ts';
import { openDb } from '#platform/db/index.ts';
import { openPostgresSearch, runRebuild } from '#platform/search/index.ts';

const db = await openDb({
  url: process.argv[2] ?? '',
  applicationName: 'rebuild child',
  poolSize: 2,
  log: pino({ level: 'silent' }),
});
const search = openPostgresSearch({ db, tags: taggedInteractions });
process.send?.('ready');
await runRebuild({ db, search }, searchSource, { now: () => new Date() });
