// What the README has its reader do: paste the first call, and run a partner's app that outlives being killed and forgets
// what was erased.
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { program } from '#tests/support/program.ts';
import { freePort } from '#tests/support/server-process.ts';
import { openTown, until } from '#tests/support/town.ts';
import type { Data } from '../../demo/api.ts';

const appPort = await freePort();
const appUrl = `http://127.0.0.1:${appPort}`;
const town = await openTown({ env: { WEBHOOK_ALLOW_HOSTS: '127.0.0.1' } });
const app = program(
  [process.execPath, 'tests/journeys/partner-app.mjs'],
  {
    SWITCHBOARD: town.server.url,
    KEY: town.key,
    HOOK: `${appUrl}/hook`,
    PORT: String(appPort),
  },
  'The partner listens.',
);

describe.skipIf(spawnSync('curl', ['--version']).error)(
  'the first call, and a website behind it',
  () => {
    it('can be pasted as they stand', async () => {
      const readme = readFileSync('README.md', 'utf8');
      const [, block = ''] = /```sh\n(ask\(\) \{.*?)```/s.exec(readme) ?? [];
      // waiting for the words of it is left to stories with less to do
      const [, site = '', explain = '', explained = ''] =
        /## Your website.*?```sh\n(.*?)# a page of this machine.*?\n {4}(ask [^\n]*)\n\n```json\n(.*?)\n```/s.exec(
          readme,
        ) ?? [];
      const [, health = '', faults = ''] =
        /## Is it installed rightly.*?\n {4}(ask [^\n]*)\n\n```json\n(.*?)\n```/s.exec(readme) ??
        [];
      const called = block.slice(0, block.indexOf('# about a minute later'));
      const pasted = [called, site, explain, health]
        .join('\n')
        .replaceAll('localhost:4000', new URL(town.server.url).host)
        .replace('-sNm 120', '-sNm 1');
      const env = { ...process.env, KEY: town.key };
      const { stdout: said } = await promisify(execFile)('bash', ['-uc', pasted], { env });
      expect(said).not.toContain('"errors"');
      expect(said.match(/"userErrors":\[\]/g)).toHaveLength(4);
      expect(said).toContain(explained);
      expect(said).toContain(`{"checks":[${faults}]}`);
      await town.sees('CALL_RINGING', ({ call }) => call?.from === '+14155550134');

      const [, report = '', reported] =
        /## Reports.*?\n {4}(ask [^\n]*)\n\n```json\n(.*?)\n```/s.exec(readme) ?? [];
      const functions = pasted.slice(0, pasted.indexOf('# which company'));
      await town.until('the report tells of the call', async () => {
        const { stdout } = await promisify(execFile)('bash', ['-uc', functions + report], { env });
        return stdout.includes(`"callSummary":${reported}`);
      });
    });
  },
);

describe('a partner’s app', () => {
  it('started again has its one endpoint, is told of calls, and drops those that were erased', async () => {
    await app.start();
    await app.kill();
    // it was away for days
    await town.server.platform.db.prisma.webhookEndpoint.updateMany({
      data: { state: 'PAUSED', pauseReason: 'FAILING', pausedAt: new Date() },
    });
    await app.start();
    const { webhookEndpoints } = await town.ask('{ webhookEndpoints { nodes { url state } } }');
    expect(webhookEndpoints.nodes).toEqual([{ url: `${appUrl}/hook`, state: 'ACTIVE' }]);

    const tracker = await town.tracker();
    town.business(tracker).is('answer', { hangUpAfterSeconds: 5 });
    const caller = town.caller();
    caller.dials(tracker);
    const { id } = await town.endedCall(caller.from);
    const has = async (path: string) => {
      const list: Data[] = await (await fetch(appUrl + path)).json();
      return list.some((one) => id === (path === '/calls' ? one : one.data.call)?.id);
    };
    await until('the call is told', () => has('/told'));
    await until('the call is listed', () => has('/calls'));

    await town.ask(
      'mutation($input: EraseCallInput!) { eraseCall(input: $input) { userErrors { code message field } } }',
      { input: { callId: id } },
    );
    await until('the call is in no list', async () => !(await has('/calls')));
    expect(await has('/told')).toBe(false);
  });
});
