// npm run account -- new <name> [LIVE|TEST]: makes an account with one company and an API key of all scopes, which is
// shown once. npm run account -- list: the accounts there are, and where the carrier sends each one's webhooks.
// npm run account -- invite <e-mail address> [account id] [role]: makes a person a member and prints the link by which
// they choose a password. The account may be left out where there is one, the role is ADMIN then.
import {
  createAccount,
  createApiKey,
  createCompany,
  inviteByLink,
  listAccounts,
  systemViewer,
} from '#domains/accounts/index.ts';
import { systemClock as clock } from '#platform/clock/index.ts';
import { readConfig } from '#platform/config/index.ts';
import { type Db, openDb, useDatabase } from '#platform/db/index.ts';
import { openLog } from '#platform/log/index.ts';
import { ROLES, SCOPES } from '#values/scopes.ts';

const [command = 'list', name = '', ...more] = process.argv.slice(2);
const config = readConfig();
const log = openLog({ level: 'warn', name: 'account', showPersonalData: false });
const root = config.PUBLIC_URL?.replace(/\/$/, '') ?? `http://${config.HOST}:${config.PORT}`;

async function make(db: Db): Promise<string[]> {
  const [mode = 'LIVE'] = more;
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

async function invite(db: Db): Promise<string[]> {
  const role = ROLES.find((one) => more.includes(one)) ?? 'ADMIN';
  const [wanted] = more.filter((one) => one !== role);
  const accounts = await listAccounts(db.prisma);
  const account = accounts.length === 1 ? accounts[0] : accounts.find((one) => one.id === wanted);
  if (!account || (wanted && account.id !== wanted)) {
    const known = accounts.map((one) => `${one.id}  ${one.mode}  ${one.name}`);
    throw new Error(['Name one of these accounts by its id:', ...known].join('\n'));
  }
  const operator = systemViewer(account.id, account.mode, 'operator');
  const person = { email: name, name: name.split('@')[0] ?? name, role };
  const link = await inviteByLink({ db, clock }, operator, root, person);
  if (!link) return [`${name} is a member of ${account.name} and has a password: ${root}/sign-in`];
  return [`${name} is a member of ${account.name}. The link works once, for 7 days:`, link];
}

try {
  const database = { databaseUrl: config.DATABASE_URL, dataDir: config.DATA_DIR };
  const lines = await useDatabase(database, log, async (url) => {
    const db = await openDb({ url, applicationName: 'switchboard account', poolSize: 2, log });
    try {
      if (command === 'new' && name) return await make(db);
      if (command === 'list') return await list(db);
      if (command === 'invite' && name) return await invite(db);
      throw new Error(
        'Use: npm run account -- list | new <name> [LIVE|TEST] | invite <e-mail address> [account id] [role]',
      );
    } finally {
      await db.close();
    }
  });
  console.log(lines.join('\n'));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
