// npm run account -- new <name> [LIVE|TEST]: makes an account with one company and an API key of all scopes, which is
// shown once. npm run account -- list: the accounts there are, and where the carrier sends each one's webhooks.
import {
  createAccount,
  createApiKey,
  createCompany,
  listAccounts,
  systemViewer,
} from '#domains/accounts/index.ts';
import { systemClock as clock } from '#platform/clock/index.ts';
import { readConfig } from '#platform/config/index.ts';
import { type Db, openDb, useDatabase } from '#platform/db/index.ts';
import { openLog } from '#platform/log/index.ts';
import { SCOPES } from '#values/scopes.ts';

const [command = 'list', name = '', mode = 'LIVE'] = process.argv.slice(2);
const config = readConfig();
const log = openLog({ level: 'warn', name: 'account', showPersonalData: false });
const root = config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`;

async function make(db: Db): Promise<string[]> {
  if (mode !== 'LIVE' && mode !== 'TEST')
    throw new Error(`An account is LIVE or TEST, not ${mode}.`);
  const { id } = await createAccount({ db, clock }, { name, mode });
  const viewer = systemViewer(id, mode, 'operator');
  await createCompany({ db, clock }, viewer, { name });
  const key = { name: 'First key', scopes: [...SCOPES] };
  const { secret } = await createApiKey({ db, clock }, viewer, key);
  return [
    `Account             ${name} (${mode}), ${id}`,
    `API key (once)      ${secret}`,
    `Carrier webhook URL ${root}/carrier/${id}`,
  ];
}

async function list(db: Db): Promise<string[]> {
  const accounts = await listAccounts(db.prisma);
  return accounts.map((one) => `${one.mode}  ${one.name}  ${root}/carrier/${one.id}`);
}

try {
  const database = { databaseUrl: config.DATABASE_URL, dataDir: config.DATA_DIR };
  const lines = await useDatabase(database, log, async (url) => {
    const db = await openDb({ url, applicationName: 'switchboard account', poolSize: 2, log });
    try {
      if (command === 'new' && name) return await make(db);
      if (command === 'list') return await list(db);
      throw new Error('Use: npm run account -- list, or npm run account -- new <name> [LIVE|TEST]');
    } finally {
      await db.close();
    }
  });
  console.log(lines.join('\n'));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
