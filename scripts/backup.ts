// npm run backup -- <file.tgz>: writes the embedded database and everything in DATA_DIR into one file; the server may run.
import { pino } from 'pino';
import { readArguments, readConfig } from '#platform/config/index.ts';
import { backUp } from '#platform/db/index.ts';

const USAGE = `Use:
  npm run backup -- <file.tgz>   writes the embedded database and everything in DATA_DIR into one file; the server may run
  npm run backup                 with DATABASE_URL: tells which of PostgreSQL's own programs to run`;
const [file] = readArguments(USAGE);

const ownServer = (
  dataDir: string,
) => `DATABASE_URL is set, so the database is backed up with PostgreSQL's own programs (of the server's major
version or newer). Run, in this order:

  pg_dump --format=custom --no-owner --file=switchboard.dump "$DATABASE_URL"
  tar -czf switchboard-files.tgz -C "${dataDir}" .
`;

try {
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = readConfig();
  if (databaseUrl) {
    console.log(ownServer(dataDir));
  } else if (!file) {
    throw new Error(`Name the file to write.\n${USAGE}`);
  } else {
    await backUp({ dataDir, file, log: pino({ level: 'warn' }), at: new Date() });
    console.log(`Written: ${file}`);
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
