// The story of an answered call, as the demo tells it, through public doors only: HTTP, graphql-ws and a signed link,
// over a whole server with its own database, sandbox carrier and speech engine.
import { afterAll, expect, it } from 'vitest';
import { readConfig } from '#platform/config/index.ts';
import { openLog } from '#platform/log/index.ts';
import { type Api, openApi } from '../../demo/api.ts';
import { playStory, type Step } from '../../demo/story.ts';
import { type RunningServer, startServer } from '../../src/start-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PATIENCE_MS = 90_000;

// before the hook that stops the server: hooks run in reverse, so the folder goes last
const DATA_DIR = temporaryFolder();
let server: RunningServer | undefined;
let api: Api | undefined;
afterAll(async () => {
  api?.close();
  await server?.stop();
});

it('every step is told by the API, in order', { timeout: PATIENCE_MS + 30_000 }, async () => {
  const config = readConfig({
    DATA_DIR,
    PORT: '0',
    SANDBOX_SPEED: '5',
    LOG_LEVEL: 'silent',
  });
  const log = openLog({ level: 'silent', name: 'test', showPersonalData: false });
  server = await startServer({ config, log });
  api = openApi(server.url, server.first?.apiKey ?? '');
  const steps: Step[] = [];
  await playStory(api, (step) => steps.push(step), PATIENCE_MS);
  expect(steps.map((step) => step.name).filter(Boolean)).toEqual([
    'signed in',
    'number bought',
    'call arrives',
    'lead made',
    'announced',
    'recording',
    'whispered',
    'bridged',
    'ended',
    'recording stored',
    'transcribed',
  ]);

  // a second call of the same person: known, counted, and listed with its lead
  const { trackers } = await api.ask('{ trackers(first: 1) { nodes { id } } }');
  const seen = api.follow('subscription { events(filter: { types: [CALL_ENDED] }) { type } }');
  const ended = seen.next();
  await api.ask(
    'mutation($input: PlaceSandboxCallInput!) { placeSandboxCall(input: $input) { userErrors { code message field } } }',
    { input: { trackerId: trackers.nodes[0].id, from: '+14155550134', hangUpAfterSeconds: 2 } },
  );
  await ended;
  const { calls, leads } = await api.ask(
    `{ calls(first: 1) { nodes { outcome firstCall priorCalls } }
       leads { totalCount nodes { phoneNumbers interactions { totalCount } } } }`,
  );
  expect(calls.nodes).toEqual([{ outcome: 'ABANDONED', firstCall: false, priorCalls: 1 }]);
  expect(leads).toMatchObject({ totalCount: 1, nodes: [{ interactions: { totalCount: 2 } }] });
});
