// npm run carrier-events: the carrier's events whose step failed, newest first.
// npm run carrier-events -- replay <id|all>: has the running server step them again.
import { openInbox } from '#platform/carrier/index.ts';
import { readArguments, readConfig } from '#platform/config/index.ts';
import { openDb, useDatabase } from '#platform/db/index.ts';
import { openLog } from '#platform/log/index.ts';

const USAGE = `Use:
  npm run carrier-events                       the carrier's events whose step failed, newest first
  npm run carrier-events -- replay <id|all>    has the running server step them again`;
const [command = 'list', id = ''] = readArguments(USAGE);

/** No body is read here, so the key of those that are sealed is not asked for. */
const noKey = (): never => {
  throw new Error('This tool has no key.');
};

try {
  const config = readConfig();
  const log = openLog({ level: 'warn', name: 'carrier-events', showPersonalData: false });
  const database = { databaseUrl: config.DATABASE_URL, dataDir: config.DATA_DIR };
  await useDatabase(database, log, async (url) => {
    const db = await openDb({ url, applicationName: 'switchboard tool', poolSize: 2, log });
    const inbox = openInbox(db, { seal: noKey, open: noKey }, log);
    try {
      if (command === 'list') {
        const failed = await inbox.failed(100);
        for (const one of failed) {
          console.log(`${one.id}  ${one.kind}  ${one.receivedAt.toISOString()}  ${one.error}`);
        }
        console.log(`${failed.length} failed.`);
      } else if (command === 'replay' && id) {
        const replayed = await inbox.replay(id === 'all' ? null : id);
        if (replayed === 0 && id !== 'all')
          throw new Error(`There is no failed carrier event ${id}.`);
        console.log(`${replayed} will be stepped again.`);
      } else {
        throw new Error(`Unknown: ${[command, id].join(' ').trim()}.\n${USAGE}`);
      }
    } finally {
      await db.close();
    }
  });
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
