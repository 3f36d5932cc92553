// npm run migrate: brings the database (DATABASE_URL, else the embedded one of DATA_DIR) up to date.
//   npm run migrate -- again <name> applies one at the next start that was begun and did not end
//   npm run migrate -- new <name>   writes a new migration from the models
//   npm run migrate -- check        fails when models and migrations do not agree
import { pino } from 'pino';
import { readArguments, readConfig } from '#platform/config/index.ts';
import {
  applyAgain,
  applyMigrations,
  diffModels,
  useDatabase,
  writeMigration,
} from '#platform/db/index.ts';

const USAGE = `Use:
  npm run migrate                 brings the database up to date
  npm run migrate -- again <name> applies one at the next start that was begun and did not end
  npm run migrate -- new <name>   writes a new migration from the models
  npm run migrate -- check        fails when models and migrations do not agree`;
const [command = 'deploy', name = ''] = readArguments(USAGE);

async function work(url: string): Promise<string> {
  if (command === 'deploy') {
    const applied = await applyMigrations(url);
    return applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'Nothing to apply.';
  }
  if (command === 'again') {
    if (await applyAgain(url, name)) return `${name} will be applied at the next start.`;
    throw new Error(`No migration ${name} was begun here and did not end.`);
  }
  if (command === 'new') {
    const file = await writeMigration(url, name, new Date());
    return file ? `Written: ${file}\nRead it before you apply it.` : 'Models and migrations agree.';
  }
  if (command === 'check') {
    const difference = await diffModels(url);
    if (!difference) return 'Models and migrations agree.';
    throw new Error(
      `The migrations lack (npm run migrate -- new <name> writes it):\n${difference}`,
    );
  }
  throw new Error(`Unknown: ${command}.\n${USAGE}`);
}

try {
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = readConfig();
  const config = { databaseUrl, dataDir };
  // writing and comparing migrations is a contributor's work, and any database will do for it
  const mayCreate = command === 'new' || command === 'check';
  console.log(await useDatabase(config, pino({ level: 'warn' }), work, { mayCreate }));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
