// The story of an answered call, as the demo tells it: `demo --exit` as a process of its own, which sees every step through
// public doors only (HTTP, graphql-ws and a signed link) and says so by its exit code. A second one leaves its data alone.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { program } from '#tests/support/program.ts';
import { closingWords } from '../../demo/telling.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const demo = (env: Record<string, string>, ...args: string[]) =>
  program(
    [process.execPath, 'demo/demo.ts', '--exit', ...args],
    { DATA_DIR: temporaryFolder(), SANDBOX_SPEED: '5', ...env },
    'what the API told',
  );
const DATA_DIR = temporaryFolder();
const story = demo({ DATA_DIR });
const second = demo({ DATA_DIR });
const broken = demo({ WORKERS: 'apart' }, '--patience', '3');

/** The rows of the demo's table. */
function tableOf(said: string): { name: string; seconds: number; seen: string }[] {
  return [...said.matchAll(/^ {2}(\S[^\n]{16}) +([\d.]+) s {2}(.+)$/gm)].map(
    ([, name = '', seconds, seen = '']) => ({ name: name.trim(), seconds: Number(seconds), seen }),
  );
}

it('every step is told by the API, in order, and the demo exits with 0', {
  timeout: 150_000,
}, async () => {
  await story.start();
  await expect(second.start()).rejects.toThrow(
    `demo is already in use by another Switchboard (process ${story.pid()})`,
  );

  const dataDir = join(DATA_DIR, 'demo');
  const inShell = async (command: string) =>
    (await promisify(execFile)('bash', ['-c', command])).stdout;
  const listed = await inShell(`DATA_DIR='${dataDir}' npm run account -- list`);
  const [, accountId = ''] = /^TEST {2}Sandbox {2}(\S+)/m.exec(listed) ?? [];
  const words = closingWords({ url: '', apiKey: '', accountId, dataDir });
  const [, command = ''] = /lost it\? +(.*)/.exec(words) ?? [];
  expect(await inShell(command)).toMatch(/sb_test_\w+/);

  expect(await story.ended(), story.said()).toBe(0);
  const table = tableOf(story.said());
  expect(table.map((step) => step.name)).toEqual([
    'signed in',
    'number bought',
    'call arrives',
    'lead made',
    'announced',
    'whispered',
    'recording',
    'bridged',
    'ended',
    'recording stored',
    'transcribed',
    'webhook',
    'keywords',
    'summary',
    'found',
    'pool bought',
    'ad clicked',
    'visitor calls',
    'attributed',
    'form sent',
    'attributed',
    'text arrives',
    'may we answer?',
    'registered',
    'answered',
    'STOP',
    'chat',
  ]);
  const times = table.map((step) => step.seconds);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(story.said()).toContain(`${table.length} steps, each seen through the public API.`);
});

it('a step that does not come ends it with 1, by name: nobody does the jobs', {
  timeout: 60_000,
}, async () => {
  await broken.start();
  expect(await broken.ended(), broken.said()).toBe(1);
  expect(tableOf(broken.said()).map((step) => step.name)).toEqual(['signed in']);
  expect(broken.said()).toContain('The event NUMBER_STATUS_CHANGED did not come.');
});
