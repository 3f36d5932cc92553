// npm run restore -- <file.tgz>: rebuilds DATA_DIR, which must be empty, from a file that npm run backup wrote.
//   npm run restore -- --new-epoch   after pg_restore, or a snapshot of a disk or machine: lets old cursors expire
import pg from 'pg';
import { pino } from 'pino';
import { readArguments, readConfig } from '#platform/config/index.ts';
import { raiseEpoch, restore, useDatabase } from '#platform/db/index.ts';

const USAGE = `Use:
  npm run restore -- <file.tgz>    rebuilds DATA_DIR, which must be empty, from a file that npm run backup wrote
  npm run restore                  with DATABASE_URL: tells which of PostgreSQL's own programs to run
  npm run restore -- --new-epoch   after pg_restore, or a snapshot of a disk or machine: lets old cursors expire`;
const [argument] = readArguments(USAGE, { options: ['--new-epoch'] });

const ownServer = (
  dataDir: string,
) => `DATABASE_URL is set, so the database is restored with PostgreSQL's own programs. Stop Switchboard, make an empty
database and let DATABASE_URL name it (one that holds anything is left as it is). Then run, in this order:

  pg_restore --no-owner --single-transaction --dbname="$DATABASE_URL" switchboard.dump
  mkdir -p "${dataDir}" && tar -xzf switchboard-files.tgz -C "${dataDir}"
  npm run restore -- --new-epoch
`;

async function beginEpoch(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return raiseEpoch(client, 'put back by other means').finally(() => client.end());
}

try {
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = readConfig();
  const log = pino({ level: 'warn' });
  if (argument === '--new-epoch') {
    const epoch = await useDatabase({ databaseUrl, dataDir }, log, beginEpoch);
    console.log(`Event epoch ${epoch} begins.`);
  } else if (databaseUrl) {
    console.log(ownServer(dataDir));
  } else if (!argument || argument.startsWith('--')) {
    throw new Error(`Name the file to restore from.\n${USAGE}`);
  } else {
    const { epoch, createdAt } = await restore({ dataDir, file: argument, log });
    console.log(`Restored ${dataDir} as of ${createdAt}; event epoch ${epoch} begins.`);
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
