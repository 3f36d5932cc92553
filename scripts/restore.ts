// npm run restore -- <file.tgz>: rebuilds DATA_DIR, which must be empty, from a file that npm run backup wrote.
//   npm run restore -- --new-epoch   after pg_restore into DATABASE_URL: lets old cursors expire
import pg from 'pg';
import { pino } from 'pino';
import { readArguments, readConfig } from '#platform/config/index.ts';
import { raiseEpoch, restore } from '#platform/db/index.ts';

const USAGE = `Use:
  npm run restore -- <file.tgz>    rebuilds DATA_DIR, which must be empty, from a file that npm run backup wrote
  npm run restore                  with DATABASE_URL: tells which of PostgreSQL's own programs to run
  npm run restore -- --new-epoch   after pg_restore into DATABASE_URL: lets old cursors expire`;
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
  return raiseEpoch(client, 'restored with pg_restore').finally(() => client.end());
}

try {
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = readConfig();
  if (databaseUrl) {
    if (argument === '--new-epoch') {
      console.log(`Event epoch ${await beginEpoch(databaseUrl)} begins.`);
    } else {
      console.log(ownServer(dataDir));
    }
  } else if (!argument || argument.startsWith('--')) {
    throw new Error(`Name the file to restore from.\n${USAGE}`);
  } else {
    const { epoch, createdAt } = await restore({
      dataDir,
      file: argument,
      log: pino({ level: 'warn' }),
    });
    console.log(`Restored ${dataDir} as of ${createdAt}; event epoch ${epoch} begins.`);
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
