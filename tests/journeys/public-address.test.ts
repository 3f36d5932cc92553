// What a server says at its start of what an operator has to know: links that nobody else can open, and no account yet.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { freshDatabase } from '#tests/support/database.ts';
import { serverProcess } from '#tests/support/server-process.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const { url } = await freshDatabase();
const env = {
  DATA_DIR: temporaryFolder(),
  DATABASE_URL: url,
  SECRET_KEY: randomBytes(32).toString('base64'),
};
const everywhere = await serverProcess({ ...env, HOST: '0.0.0.0' });
const inside = await serverProcess(env);
const known = await serverProcess({
  ...env,
  HOST: '0.0.0.0',
  PUBLIC_URL: 'https://calls.example.com',
});
const REMINDER = 'PUBLIC_URL is not set';

it('a server that others reach says that its links lead to this machine, unless it knows better', async () => {
  await everywhere.start();
  const { port } = new URL(everywhere.url);
  expect(everywhere.said()).toContain(
    `${REMINDER}: snippets, recordings and invitations point to http://localhost:${port}, which`,
  );
  await everywhere.interrupt();
  for (const server of [inside, known]) {
    await server.start();
    expect(server.said()).not.toContain(REMINDER);
    await server.interrupt();
  }
});

it('where there is no account, the list of them says what makes one', async () => {
  const list = async (settings: Record<string, string>) =>
    (
      await promisify(execFile)(process.execPath, ['scripts/account.ts', 'list'], {
        env: { ...process.env, ...env, ...settings },
      })
    ).stdout;
  expect(await list({})).toBe('No account yet: npm run account -- new "<name>" LIVE makes one.\n');
  expect(await list({ SANDBOX: 'on' })).toBe('No account yet: npm start makes one.\n');
});
