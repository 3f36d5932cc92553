// npm run account: makes accounts and keys by the operator's hand, where there is no key yet or the last one was lost.
import {
  createAccount,
  createApiKey,
  createCompany,
  inviteByLink,
  listAccounts,
  systemViewer,
} from '#domains/accounts/index.ts';
import { systemClock as clock } from '#platform/clock/index.ts';
import {
  type Config,
  readArguments,
  readConfig,
  readServerAddress,
} from '#platform/config/index.ts';
import { type Db, openDb, useDatabase } from '#platform/db/index.ts';
import { openLog } from '#platform/log/index.ts';
import { ROLES, SCOPES } from '#values/scopes.ts';

const USAGE = `Use:
  npm run account -- list                    the accounts, and where the carrier sends each one's webhooks
  npm run account -- new <name> [LIVE|TEST]  a new account with one company and an API key of all scopes
  npm run account -- key <account id>        another API key of all scopes, for a lost one
  npm run account -- invite <e-mail address> [account id] [role]
                                             makes a person a member and prints the link by which they choose a
                                             password; where there is one account its id may be left out, the role is
                                             ADMIN unless given`;
const [command = 'list', name = '', ...more] = readArguments(USAGE);

async function make(db: Db, webhooks: (id: string) => string): Promise<string[]> {
  const [mode = 'LIVE'] = more;
  if (mode !== 'LIVE' && mode !== 'TEST') {
    throw new Error(`An account is LIVE or TEST, not ${mode}.`);
  }
  const { id } = await createAccount({ db, clock }, { name, mode });
  await createCompany({ db, clock }, systemViewer(id, mode, 'operator'), { name });
  return [
    `Account             ${name} (${mode}), ${id}`,
    ...(await makeKey(db, { id, mode }, 'First key')),
    `Carrier webhook URL ${webhooks(id)}`,
  ];
}

async function makeKey(
  db: Db,
  account: { id: string; mode: 'LIVE' | 'TEST' },
  keyName: string,
): Promise<string[]> {
  const viewer = systemViewer(account.id, account.mode, 'operator');
  const key = { name: keyName, scopes: [...SCOPES] };
  const { secret } = await createApiKey({ db, clock }, viewer, key);
  return [`API key (once)      ${secret}`];
}

async function invite(db: Db, root: string): Promise<string[]> {
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

async function work(db: Db, config: Config): Promise<string[]> {
  const webhooks = (id: string) =>
    config.PUBLIC_URL
      ? `${rootOf(config)}/carrier/${id}`
      : `/carrier/${id} (PUBLIC_URL is not set: put your public root before it)`;
  if (command === 'invite' && name) return invite(db, rootOf(config));
  if (command === 'new' && name) return make(db, webhooks);
  const accounts = await listAccounts(db.prisma);
  if (command === 'list') {
    if (accounts.length === 0) {
      const how = config.SANDBOX ? 'npm start' : 'npm run account -- new "<name>" LIVE';
      return [`No account yet: ${how} makes one.`];
    }
    return accounts.map((one) => `${one.mode}  ${one.name}  ${one.id}  ${webhooks(one.id)}`);
  }
  if (command !== 'key') throw new Error(USAGE);
  const account = accounts.find((one) => one.id === name);
  if (!account) throw new Error(`There is no account ${name}. See npm run account -- list.`);
  return makeKey(db, account, 'Key made by the operator');
}

const rootOf = (config: Config) =>
  config.PUBLIC_URL?.replace(/\/$/, '') ??
  readServerAddress(config.DATA_DIR) ??
  `http://${config.HOST}:${config.PORT}`;

async function main(): Promise<void> {
  const config = readConfig();
  const log = openLog({ level: 'warn', name: 'account', showPersonalData: false });
  const database = { databaseUrl: config.DATABASE_URL, dataDir: config.DATA_DIR };
  const lines = await useDatabase(database, log, async (url) => {
    const db = await openDb({ url, applicationName: 'switchboard account', poolSize: 2, log });
    return work(db, config).finally(() => db.close());
  });
  console.log(lines.join('\n'));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
