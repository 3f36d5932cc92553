// Commands as the SDK sends them: error codes, the once-only command_id, faults on demand, rate limit, and who may ask.
import { join } from 'node:path';
import Telnyx from 'telnyx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Exchange, startSandbox } from '#sandbox/index.ts';
import { API_KEY, buildTown, type Town } from './support/town.ts';

const CALLER = '+13125550155';
const OFFICE = '+14155550142';
let town: Town;
beforeEach(async () => {
  town = await buildTown();
});
afterEach(() => town.leave());

const refusal = (status: number, code: string) => ({ status, error: { errors: [{ code }] } });
const ring = () => town.sandbox.call({ from: CALLER, to: town.number }).callControlId;
const dialBody = () => ({ to: OFFICE, from: town.number, connection_id: town.connectionId });

describe('a refused command', () => {
  it('on a call that has ended is 90018', async () => {
    const id = ring();
    town.sandbox.hangUp(id);
    await expect(town.telnyx.calls.actions.answer(id, {})).rejects.toMatchObject(
      refusal(422, '90018'),
    );
  });

  it('on an id that never was is 90015', async () => {
    await expect(town.telnyx.calls.actions.hangup('v3:nobody', {})).rejects.toMatchObject(
      refusal(422, '90015'),
    );
  });

  it('before the answer is 90034, and 90020 for a recording', async () => {
    const { actions } = town.telnyx.calls;
    const id = ring();
    const early = actions.speak(id, { payload: 'Hello.', voice: 'female' });
    await expect(early).rejects.toMatchObject(refusal(422, '90034'));
    const tape = actions.startRecording(id, { channels: 'dual', format: 'wav' });
    await expect(tape).rejects.toMatchObject(refusal(422, '90020'));
    await actions.answer(id, {});
    const { data } = await town.telnyx.calls.dial({ ...dialBody(), link_to: id });
    const bridge = actions.bridge(id, {
      call_control_id_to_bridge_with: data?.call_control_id ?? '',
    });
    await expect(bridge).rejects.toMatchObject(refusal(422, '90034'));
  });

  it('names the field that is missing or wrong', async () => {
    const { from: _from, ...body } = dialBody();
    await expect(town.telnyx.calls.dial(body as never)).rejects.toMatchObject({
      status: 422,
      error: { errors: [{ code: '10004', source: { pointer: '/from' } }] },
    });
    await expect(town.telnyx.calls.dial({ ...dialBody(), timeout_secs: 2 })).rejects.toMatchObject({
      status: 422,
      error: { errors: [{ code: '10015', source: { pointer: '/timeout_secs' } }] },
    });
    const wrong = town.telnyx.calls.dial({ ...dialBody(), client_state: 'not base64!' });
    await expect(wrong).rejects.toMatchObject({
      error: { errors: [{ source: { pointer: '/client_state' } }] },
    });
    await expect(
      town.telnyx.calls.dial({ ...dialBody(), from: '+12125550199' }),
    ).rejects.toMatchObject(refusal(403, 'D35'));
  });

  it('without the key is 401, and a body that is no JSON is 400', async () => {
    const stranger = new Telnyx({
      apiKey: 'wrong',
      baseURL: `${town.sandbox.url}/v2`,
      maxRetries: 0,
    });
    await expect(stranger.phoneNumbers.list()).rejects.toMatchObject(refusal(401, '10009'));
    const headers = { authorization: `Bearer ${API_KEY}` };
    expect(
      (await fetch(`${town.sandbox.url}/v2/calls`, { method: 'POST', headers, body: '{' })).status,
    ).toBe(400);
    const large = await fetch(`${town.sandbox.url}/v2/calls`, {
      method: 'POST',
      headers,
      body: ' '.repeat(1_100_000),
    });
    expect(large.status).toBe(413);
    expect((await fetch(`${town.sandbox.url}/v2/nothing`, { headers })).status).toBe(404);
  });
});

describe('a command_id', () => {
  it('is carried out once: the second dial gets the first answer and no second leg', async () => {
    const body = { ...dialBody(), command_id: 'same' };
    const [first, second] = await Promise.all([
      town.telnyx.calls.dial(body),
      town.telnyx.calls.dial(body),
    ]);
    expect(second.data).toEqual(first.data);
    const { legs, commands } = town.sandbox.calls();
    expect(legs).toHaveLength(1);
    expect(
      commands.map(({ kind, commandId, duplicate }) => ({ kind, commandId, duplicate })),
    ).toEqual([
      { kind: 'dial', commandId: 'same', duplicate: false },
      { kind: 'dial', commandId: 'same', duplicate: true },
    ]);
  });

  it('is forgotten after 60 seconds', async () => {
    const body = { ...dialBody(), command_id: 'same' };
    await town.telnyx.calls.dial(body);
    await town.sandbox.clock.advance(59_999);
    await town.telnyx.calls.dial(body);
    expect(town.sandbox.calls().legs).toHaveLength(1);
    await town.sandbox.clock.advance(1);
    await town.telnyx.calls.dial(body);
    expect(town.sandbox.calls().legs).toHaveLength(2);
  });

  it('may try again after a refusal', async () => {
    const id = ring();
    const speak = () =>
      town.telnyx.calls.actions.speak(id, { payload: 'Hi.', voice: 'female', command_id: 's' });
    await expect(speak()).rejects.toMatchObject(refusal(422, '90034'));
    await town.telnyx.calls.actions.answer(id, {});
    await expect(speak()).resolves.toMatchObject({ data: { result: 'ok' } });
  });
});

describe('a fault', () => {
  it('refuses the next command of its kind, without effect, and then no more', async () => {
    town.sandbox.faults([{ command: 'answer', status: 500 }]);
    const id = ring();
    await expect(town.telnyx.calls.actions.answer(id, {})).rejects.toMatchObject({ status: 500 });
    expect(town.sandbox.calls().legs[0]?.phase).toBe('ringing');
    await town.telnyx.calls.actions.answer(id, {});
    expect(town.sandbox.calls().legs[0]?.phase).toBe('answered');
  });

  it('can lose the answer of a dial that took effect: the retry finds it done', async () => {
    town.sandbox.faults([{ command: 'dial', status: 503, carryOut: true }]);
    const body = { ...dialBody(), command_id: 'once' };
    await expect(town.telnyx.calls.dial(body)).rejects.toMatchObject({ status: 503 });
    expect(town.sandbox.calls().legs).toHaveLength(1);
    await town.telnyx.calls.dial(body);
    expect(town.sandbox.calls().legs).toHaveLength(1);
  });

  it('can leave a command unanswered or answer it late', async () => {
    town.sandbox.faults([
      { command: 'dial', hang: true, carryOut: false },
      { command: 'dial', delayMs: 80 },
    ]);
    const silent = town.telnyx.calls.dial(dialBody(), { timeout: 150 });
    await expect(silent).rejects.toBeInstanceOf(Telnyx.APIConnectionTimeoutError);
    expect(town.sandbox.calls().legs).toHaveLength(0);
    const begun = performance.now();
    await town.telnyx.calls.dial(dialBody());
    expect(performance.now() - begun).toBeGreaterThanOrEqual(75);
  });

  it('can hit one call, and of it only what its client_state names', async () => {
    const { actions } = town.telnyx.calls;
    const [first, second] = [ring(), ring()];
    const sessionId = town.sandbox.calls().legs[0]?.sessionId ?? '';
    const state = (word: string) => ({ client_state: btoa(`step ${word}`) });
    const speak = (id: string, word: string) =>
      actions.speak(id, { payload: 'Hi.', voice: 'female', ...state(word) });
    for (const id of [first, second]) await actions.answer(id, state('answer'));
    town.sandbox.faults([{ command: 'speak', sessionId, clientState: 'greet', status: 422 }]);
    await speak(second, 'greet');
    await speak(first, 'leave');
    await expect(speak(first, 'greet')).rejects.toMatchObject({ status: 422 });
    await speak(first, 'greet');
  });

  it('is told from a refusal of the carrier’s own', async () => {
    const exchanges: Exchange[] = [];
    const options = { dataDir: join(town.dataDir, 'another'), apiKey: API_KEY };
    const sandbox = await startSandbox(options, undefined, (one) => exchanges.push(one));
    sandbox.faults([{ command: 'GET /v2/phone_numbers', status: 404 }]);
    const headers = { authorization: `Bearer ${API_KEY}` };
    for (const path of ['phone_numbers', 'phone_numbers/1', 'phone_numbers']) {
      await fetch(`${sandbox.url}/v2/${path}`, { headers });
    }
    await sandbox.stop();
    const told = exchanges.map(({ status, isScripted }) => [status, isScripted]);
    expect(told).toEqual([
      [404, true],
      [404, false],
      [200, false],
    ]);
  });

  it('can hit one destination, a route, or a download', async () => {
    town.sandbox.faults([
      { command: 'dial', to: '+14155550111', status: 422, code: '90041' },
      { command: 'GET /v2/phone_numbers', status: 429, code: '10011' },
      { command: 'recording.download', status: 404 },
    ]);
    await town.telnyx.calls.dial(dialBody());
    const other = town.telnyx.calls.dial({ ...dialBody(), to: '+14155550111' });
    await expect(other).rejects.toMatchObject(refusal(422, '90041'));
    await expect(town.telnyx.phoneNumbers.list()).rejects.toMatchObject(refusal(429, '10011'));
    expect((await fetch(`${town.sandbox.url}/recordings/x.wav`)).status).toBe(404);
    expect((await fetch(`${town.sandbox.url}/recordings/x.wav`)).status).toBe(403);
  });
});

it('tells its rate limit on every answer and refuses what is above it', async () => {
  await town.leave();
  town = await buildTown({ requestsPerSecond: 5 });
  const headers = { authorization: `Bearer ${API_KEY}` };
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => fetch(`${town.sandbox.url}/v2/phone_numbers`, { headers })),
  );
  const refused = answers.filter((answer) => answer.status === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect(answers[0]?.headers.get('x-ratelimit-limit')).toBe('5');
  expect(refused[0]?.headers.get('x-ratelimit-reset')).toBe('1');
  expect(await refused[0]?.json()).toMatchObject({ errors: [{ code: '10011' }] });
});
