// What the README has its reader do: paste the first call, a website, a scan, a text and a report, and run a partner's app that
// outlives being killed and forgets what was erased.
import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { stranger } from '#tests/platform/outbound/stranger.ts';
import { program } from '#tests/support/program.ts';
import { freePort } from '#tests/support/server-process.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { openTown, until } from '#tests/support/town.ts';
import { SCRIPT_VERSION } from '#values/script-version.ts';
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

/** where the shell writes what it is told to keep */
const cwd = temporaryFolder();
const readme = readFileSync('README.md', 'utf8');

/** What a section has its reader paste, and the answers that it shows. */
function section(title: string): { pasted: string; answers: string[] } {
  const [, text = ''] = readme.split(`\n## ${title}\n`);
  const [own = ''] = text.split(/\n## /);
  const blocks = own.matchAll(/^```sh\n(.*?)^```$|^ {4}(ask [^\n]*)$/gms);
  return {
    pasted: [...blocks].map(([, block, line]) => block ?? line).join('\n'),
    answers: [...own.matchAll(/^```json\n(.*?)\n```$/gms)].map(([, answer = '']) => answer),
  };
}

/** What a shell with the key says to these. */
async function paste(...scripts: string[]): Promise<string> {
  const env = { ...process.env, KEY: town.key, SWITCHBOARD: town.server.url };
  const { stdout } = await promisify(execFile)('bash', ['-uc', scripts.join('\n')], { env, cwd });
  expect(stdout).not.toContain('"errors"');
  return stdout;
}

/** A browser opens the website by a click on an ad. Answers the number that it shows. */
async function visit(origin: string, snippet: string): Promise<string> {
  const response = await fetch(`${town.server.url}/collect/visit`, {
    method: 'POST',
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      origin,
      'user-agent': 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/140.0.0.0',
    },
    body: JSON.stringify({
      ...{ key: /sb_site_\w+/.exec(snippet)?.[0], visitor: randomUUID(), id: randomUUID() },
      ...{ at: Date.now(), url: `${origin}/?gclid=abc`, referrer: '', consent: 'granted' },
      ...{ script: SCRIPT_VERSION, numbers: ['+12125550180'] },
    }),
  });
  const { swaps } = await response.json();
  return swaps[0].number;
}

describe.skipIf(spawnSync('curl', ['--version']).error)(
  'the first call, a website behind it, and what they come to',
  () => {
    it('can be pasted as they stand', async () => {
      const called = section('Your first call');
      // waiting for the words of the call is left to stories with less to do
      const call = called.pasted.slice(0, called.pasted.indexOf('# about a minute later'));
      const functions = call.slice(0, call.indexOf('# which company'));
      const website = section('Your website');
      const [site = '', page = ''] = website.pasted.split(/^# a page of this machine.*$/m);
      const [, html = ''] = /echo "(<!doctype html>.*?)" > page\.html/.exec(page) ?? [];
      const [dial = ''] =
        /^ask "mutation \{ placeSandboxCall.*?^wait_for [^\n]*$/ms.exec(page) ?? [];
      const [explain = ''] = /^ask "\{ explainSource.*$/m.exec(page) ?? [];
      const [dialled = '', explained = ''] = website.answers;

      const begun = await paste(
        call.replace('-sNm 120', '-sNm 1'),
        site,
        explain,
        'echo "$COMPANY $POOL $TRACKER"; echo "$SNIPPET"',
      );
      expect(begun).toContain(explained);
      expect(begun.match(/"userErrors":\[\]/g)).toHaveLength(4);
      const [ids = '', snippet = ''] = begun.trim().split('\n').slice(-2);
      const [COMPANY = '', POOL = '', TRACKER = ''] = ids.split(' ');
      await town.sees('CALL_RINGING', ({ call: { from } }) => from === '+14155550134');
      const go = (...scripts: string[]) =>
        paste(`COMPANY=${COMPANY} POOL=${POOL} TRACKER=${TRACKER}`, functions, ...scripts);

      const { port } = await stranger((_, response) =>
        response.end(html.replace('$SNIPPET', snippet)),
      );
      const here = (text: string) => text.replaceAll('127.0.0.1:8000', `127.0.0.1:${port}`);
      const SHOWN = await visit(here('http://127.0.0.1:8000'), snippet);
      expect(await go(`SHOWN=${SHOWN}`, dial)).toContain(dialled);

      const installed = section('Is it installed rightly?');
      const [health = '', scan = ''] = installed.pasted.split(/^(?=ask "mutation)/m);
      const [faults, scanned = ''] = installed.answers;
      await town.until('the visit is seen', async () =>
        (await go(health)).includes(`{"checks":[${faults}]}`),
      );
      expect(await go(here(scan))).toContain(here(scanned));

      const reports = section('Reports');
      const [summary = '', costs = ''] = reports.pasted.split('# what was spent');
      await town.until('the report tells of both calls', async () =>
        (await go(summary)).includes(`"callSummary":${reports.answers[0]}`),
      );
      const told = await go(summary, `# ${costs}`);
      expect(told).toContain('"cost":{"amountCents":4500},"costPerLead":{"amountCents":2250}');
      expect(told).toMatch(/^id,.*\+14155550156,/ms);

      // behind the report, which counts the leads that came by calls
      const texts = section('Texts and chat');
      const answered = await go(texts.pasted);
      for (const answer of texts.answers) expect(answered).toContain(answer);

      const [, judged = ''] = section('Automation rules').pasted.split(/^(?=ask '\{ calls)/m);
      expect(await go(judged)).toContain('"explainRules":[]');
      const mails = await go(section('Alerts and summaries').pasted);
      expect(mails.match(/"userErrors":\[\]/g)).toHaveLength(2);
      expect(mails).toContain('"subject":"Daily summary: First company, ');
    });
  },
);

it.skipIf(spawnSync('curl', ['--version']).error)(
  'what does not come is told, and what was not filled in asks for nothing',
  async () => {
    const pasted = section('Your first call').pasted;
    const functions = pasted.slice(0, pasted.indexOf('# which company'));
    const tries = functions.replace('{1..180}', '1');
    expect(tries).not.toBe(functions);
    const run = (script: string) =>
      promisify(execFile)('bash', ['-uc', `${tries}\n${script}`], {
        env: { ...process.env, KEY: town.key, SWITCHBOARD: town.server.url },
      });
    await expect(run("wait_for NEVER '{ viewer { account { name } } }'")).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('No NEVER in three minutes'),
    });
    const [dial = ''] =
      /^ask "mutation \{ placeSandboxCall.*?^wait_for [^\n]*$/ms.exec(
        section('Your website').pasted,
      ) ?? [];
    await expect(run(`POOL=x; ${dial}`)).rejects.toMatchObject({
      stdout: '',
      stderr: expect.stringContaining('SHOWN: is not set'),
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
    town.business(tracker).is('answer');
    const caller = town.caller();
    caller.dials(tracker, { say: [] });
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
