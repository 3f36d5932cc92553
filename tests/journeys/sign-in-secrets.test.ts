// A server in a process of its own, behind https, that logs all it can: the operator's invitation, the cookie under its
// strict name, and a log in which nobody's address, password, token or link stands.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { createAccount } from '#domains/accounts/index.ts';
import { systemClock } from '#platform/clock/index.ts';
import { openTestBrowser } from '#tests/support/browser.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { readMails } from '#tests/support/mailbox.ts';
import {
  ACCEPT,
  CHANGE_PASSWORD,
  ME,
  PASSWORD,
  REQUEST_RESET,
  RESET,
  SIGN_IN,
  tokenIn,
} from '#tests/support/people.ts';
import { serverProcess } from '#tests/support/server-process.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { until } from '#tests/support/town.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/account.ts', import.meta.url));
const PUBLIC = 'https://calls.example.com';
const COOKIE = '__Host-switchboard_session';
const EMAIL = 'robin.miller@example.com';
const run = promisify(execFile);

const folder = temporaryFolder();
const database = await freshDatabase();
const env = {
  PATH: process.env.PATH,
  DATA_DIR: join(folder, 'data'),
  DATABASE_URL: database.url,
  SECRET_KEY: randomBytes(32).toString('base64'),
  SANDBOX: 'off',
  PUBLIC_URL: PUBLIC,
  LOG_LEVEL: 'trace',
};
const server = await serverProcess(env as Record<string, string>);
const invite = async (...words: string[]) =>
  (await run(process.execPath, [SCRIPT, 'invite', ...words], { env })).stdout;
const platform = { db: database.db, clock: systemClock };
/** a test of processes, which are slow to begin where much else runs */
const PATIENCE_MS = 120_000;

it('a first admin comes in by the operator’s link, and nothing of it is told to the log', {
  timeout: PATIENCE_MS,
}, async () => {
  await createAccount(platform, { name: 'Bay Agency', mode: 'TEST' });
  const told = await invite(EMAIL);
  const link = /https:\S+/.exec(told)?.[0] ?? '';
  expect(link).toMatch(/^https:\/\/calls\.example\.com\/invitation\?token=[\w-]{32}$/);
  await server.start();

  const browser = openTestBrowser(server.url, PUBLIC);
  const shown = await browser.get(link.slice(PUBLIC.length));
  expect(shown.status).toBe(200);
  const token = new URL(link).searchParams.get('token') ?? '';
  await browser.ask(ACCEPT, { input: { token, password: PASSWORD } });
  expect(browser.attributesOf(COOKIE)).toMatchObject({ secure: true, httpOnly: true, path: '/' });
  expect(browser.attributesOf(COOKIE)?.domain).toBeUndefined();
  const { viewer } = (await browser.ask(ME)).data;
  expect(viewer).toMatchObject({ role: 'ADMIN', account: { name: 'Bay Agency' } });

  // the same machine, not by https: no Origin of ours, and no cookie of ours
  const plain = { origin: server.url };
  expect((await browser.ask(ME, {}, plain)).errors?.[0]?.extensions.code).toBe(
    'CROSS_SITE_REQUEST',
  );

  const input = { email: EMAIL, password: 'not the right words' };
  await browser.ask(SIGN_IN, { input });
  await browser.send('/sign-in', input);
  await browser.ask(REQUEST_RESET, { input: { email: EMAIL } });
  const mails = () => readMails(join(env.DATA_DIR, 'mail'));
  const mail = await until('the reset mail came', async () => (await mails())[0]);
  expect(mail.link).toContain(`${PUBLIC}/reset?token=`);
  const reset = { token: tokenIn(mail), password: 'another four green doors' };
  await browser.ask(RESET, { input: reset });
  const change = { currentPassword: reset.password, newPassword: 'yet another four green doors' };
  await browser.ask(CHANGE_PASSWORD, { input: change });
  await until('the mails of both changes came', async () => (await mails()).length === 3);

  const log = server.said();
  expect(log).toContain('a mail was kept as a file');
  expect(log).toContain('"outcome":"told 1 accounts"');
  const session = browser.cookies.get(COOKIE) ?? '';
  const secrets = [EMAIL, 'robin.miller', token, tokenIn(mail), session, PASSWORD];
  for (const secret of [...secrets, input.password, reset.password, change.newPassword]) {
    expect(secret.length).toBeGreaterThan(10);
    expect(log).not.toContain(secret);
  }

  // with a second account the operator has to say which one; who is in already needs no link
  const second = await createAccount(platform, { name: 'Another agency', mode: 'TEST' });
  const failed = await invite('sam@example.com').catch((error) => error.stderr);
  expect(failed).toContain(`${second.id}  TEST  Another agency`);
  // in a shell that knows nothing of PUBLIC_URL: the running server has written down where it is reached
  const apart = { env: { ...env, PUBLIC_URL: '' } };
  const words = ['invite', EMAIL, second.id, 'AGENT'];
  const again = (await run(process.execPath, [SCRIPT, ...words], apart)).stdout;
  expect(again).toContain(`is a member of Another agency and has a password: ${PUBLIC}/sign-in`);
  const where = { accountId: second.id };
  expect(await database.db.prisma.membership.findMany({ where })).toMatchObject([
    { role: 'AGENT' },
  ]);
});
