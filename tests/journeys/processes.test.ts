// Switchboard as it is run: npm start, and workers beside it (WORKERS=apart) on the same database and data folder, each with
// its share of the work, tried out with the operations that GraphiQL opens with.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { STARTING_OPERATIONS } from '#http/starting-operations.ts';
import { processesBelow, program } from '#tests/support/program.ts';
import { serverProcess } from '#tests/support/server-process.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { type Api, type Data, openApi } from '../../demo/api.ts';

const DATA_DIR = temporaryFolder();
const server = await serverProcess({ DATA_DIR, WORKERS: 'apart', SANDBOX_SPEED: '10' }, [
  'npm',
  'start',
]);
const worker = (...names: string[]) =>
  program(
    [process.execPath, 'workers/all.ts', ...names],
    { DATA_DIR, PUBLIC_URL: server.url },
    'the worker is up',
  );
const writing = worker('transcripts');
const others = worker('calls', 'intelligence', 'delivery', 'reports');
let first: string;
let key: string;
let api: Api;

beforeAll(async () => {
  await server.start();
  first = server.said();
  key = /sb_test_\w+/.exec(first)?.[0] ?? '';
  api = openApi(server.url, key);
}, 60_000);
afterAll(() => api?.close());

/** One of the tabs with which GraphiQL opens. */
function tab(name: string) {
  const opening = new RegExp(`^(query|mutation|subscription) ${name}\\b`, 'm');
  const found = STARTING_OPERATIONS.find(({ query }) => query.search(opening) >= 0);
  if (!found) throw new Error(`GraphiQL has no tab ${name}.`);
  return found;
}
/** Runs a tab with its own variables, and the ids that a person would paste into its input. */
const run = (name: string, pasted: object = {}): Promise<Data> => {
  const { query, variables = '{}' } = tab(name);
  const { input, ...rest } = JSON.parse(variables);
  return api.ask(query, input ? { input: { ...input, ...pasted } } : rest);
};

const speechOf = (pid: number) =>
  [...processesBelow(pid).values()].filter((command) => command.includes('moonshine'));

it('worker processes share the work beside a server that does no jobs: one of them writes a call down', {
  timeout: 90_000,
}, async () => {
  await Promise.all([writing.start(), others.start()]);
  const events = api.follow(tab('Live').query);
  const next = async (fits: (event: Data) => boolean): Promise<Data> => {
    for (;;) {
      const { value } = await events.next();
      if (fits(value.events)) return value.events;
    }
  };
  const active = next((event) => event.phoneNumber?.status === 'ACTIVE');
  const { companies, availablePhoneNumbers } = await run('NumbersOnOffer');
  const { createTracker } = await run('BuyNumber', {
    companyId: companies.nodes[0].id,
    number: { phoneNumber: availablePhoneNumbers[0].phoneNumber },
  });
  await active;
  const { id: trackerId } = createTracker.tracker;
  await run('HaveItCalled', { trackerId, dialogue: 'voicemail-message' });
  expect((await next((event) => event.type === 'CALL_ENDED')).call.outcome).toBe('ANSWERED');
  const { call } = await next((event) => event.type === 'TRANSCRIPT_READY');
  const text = call.transcript.segments.map((segment: Data) => segment.text).join(' ');
  expect(text).toMatch(/call me back/i);
  const { calls } = await run('Calls');
  expect(calls.nodes).toMatchObject([{ id: call.id, transcript: { state: 'READY' } }]);
  expect(speechOf(writing.pid())).toHaveLength(1);
  for (const { pid } of [server, others]) expect(speechOf(pid())).toEqual([]);
  // the other test stops the server: nobody may be left following
  await events.return?.();
  expect(await Promise.all([writing.interrupt(), others.interrupt()])).toEqual([0, 0]);
});

it('a worker that nobody knows is named, with those that there are', async () => {
  const mistaken = [process.execPath, ['workers/all.ts', 'transcripts', 'deliveries']] as const;
  const { code, stderr } = await promisify(execFile)(...mistaken).catch((error) => error);
  expect(code).toBe(1);
  expect(stderr).toMatch(/no worker deliveries.*calls, transcripts, intelligence, /s);
});

it('npm start prints where it is reached, and its key once; Ctrl+C ends all of it', {
  timeout: 60_000,
}, async () => {
  for (const path of ['/graphql', '/health', '/ready']) {
    expect(first).toContain(`${server.url}${path}`);
    const { status } = await fetch(server.url + path, { headers: { accept: 'text/html' } });
    expect(status, path).toBe(200);
  }
  expect(first).toContain(`${server.url.replace('http', 'ws')}/graphql`);
  expect(first).toMatch(/API key \(shown once\) {2}sb_test_\w+\n/);
  const whoAmI = '{ viewer { account { name mode } } }';
  const { viewer } = await api.ask(whoAmI);
  expect(viewer.account.mode).toBe('TEST');

  await server.interrupt();
  expect(existsSync(join(DATA_DIR, 'postgres', 'postmaster.pid'))).toBe(false);
  await server.start();
  expect(server.said()).toContain(`${server.url}/graphql`);
  expect(server.said()).not.toMatch(/sb_test_|API key/);
  expect((await api.ask(whoAmI)).viewer).toEqual(viewer);
});
