// A process of its own that runs the reactions of reactions-kill.long.test.ts until it is killed.
import { pino } from 'pino';
import { openDb } from '#platform/db/index.ts';
import { runReactions } from '#platform/events/reactions.ts';
import { openJobs } from '#platform/jobs/index.ts';
import { reactions, tellJob } from './reactions-story.ts';

const log = pino({ level: 'silent' });
const db = await openDb({
  url: process.argv[2] ?? '',
  applicationName: 'reactions child',
  poolSize: 4,
  log,
});
const jobs = await openJobs({ db, log, definitions: [tellJob] });
await runReactions({ db, log, jobs, reactions });
process.send?.('ready');
