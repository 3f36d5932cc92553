// The sandbox as a process: forked, driven over its control API, killed, and started again on the same folder.
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ForkedSandbox, forkSandbox } from '#sandbox/index.ts';
import { makeFolder } from '../support/temporary-folder.ts';
import { API_KEY, clientOf, type Receiver, startReceiver } from './support/town.ts';

const CALLER = '+13125550155';
const NUMBER = '+12125550123';
const OFFICE = '+14155550142';
let dataDir: string;
let receiver: Receiver;
let sandbox: ForkedSandbox;
beforeEach(async () => {
  dataDir = makeFolder();
  receiver = await startReceiver();
  sandbox = await forkSandbox({ dataDir, apiKey: API_KEY, speed: 20 });
});
afterEach(async () => {
  await sandbox.stop();
  await receiver.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function control(method: string, path: string, body?: object) {
  const response = await fetch(`${sandbox.url}/sandbox${path}`, {
    method,
    headers: { authorization: `Bearer ${API_KEY}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: await response.json() };
}

async function makeApplication(): Promise<string> {
  const { data } = await clientOf(sandbox).callControlApplications.create({
    application_name: 'Switchboard',
    webhook_event_url: receiver.url,
    webhook_api_version: '2',
  });
  const connectionId = data?.id ?? '';
  await control('POST', '/numbers', { phoneNumber: NUMBER, connectionId });
  return connectionId;
}

it('plays a forwarded call of half a minute in a few seconds, the platform answering from its webhooks', async () => {
  const connectionId = await makeApplication();
  const { calls } = clientOf(sandbox);
  await control('PUT', `/destinations/${encodeURIComponent(OFFICE)}`, {
    behaviour: 'answer',
    say: 'garage-door',
  });
  const placed = await control('POST', '/calls', { from: CALLER, to: NUMBER, say: 'garage-door' });
  expect(placed.status).toBe(201);
  const a = placed.body.leg.callControlId as string;
  await receiver.once('call.initiated');
  await calls.actions.answer(a, {});
  await calls.actions.startRecording(a, { channels: 'dual', format: 'wav' });
  await calls.dial({
    to: OFFICE,
    from: NUMBER,
    connection_id: connectionId,
    link_to: a,
    bridge_on_answer: true,
  });
  const saved = await receiver.once('call.recording.saved');
  const payload = saved.body.data.payload as {
    recording_urls: { wav: string };
    recording_id: string;
  };
  const wav = await (await fetch(payload.recording_urls.wav)).arrayBuffer();
  expect(wav.byteLength).toBeGreaterThan(30_000 * 32);
  const log = await control('GET', '/calls');
  expect(log.body.commands.map((one: { kind: string }) => one.kind)).toEqual([
    'answer',
    'record_start',
    'dial',
  ]);
  expect(log.body.legs.map((leg: { phase: string }) => leg.phase)).toEqual(['ended', 'ended']);
});

it('after kill -9 has the same key, numbers and recordings, and knows that its calls are over', async () => {
  await makeApplication();
  const { publicKey } = sandbox;
  const placed = await control('POST', '/calls', { from: CALLER, to: NUMBER });
  const a = placed.body.leg.callControlId as string;
  await clientOf(sandbox).calls.actions.answer(a, {});
  await clientOf(sandbox).calls.actions.startRecording(a, { channels: 'dual', format: 'wav' });
  await clientOf(sandbox).calls.actions.startPlayback(a, { media_name: 'voicemail-greeting' });
  await receiver.once('call.playback.ended');
  process.kill(sandbox.pid, 'SIGKILL');
  expect(await sandbox.exited).toBe('SIGKILL');

  sandbox = await forkSandbox({ dataDir, apiKey: API_KEY, speed: 20 });
  const telnyx = clientOf(sandbox);
  expect(sandbox.publicKey).toBe(publicKey);
  expect((await telnyx.phoneNumbers.list()).data.map((number) => number.phone_number)).toEqual([
    NUMBER,
  ]);
  expect((await telnyx.calls.retrieveStatus(a)).data).toMatchObject({
    is_alive: false,
    call_control_id: a,
  });
  const late = telnyx.calls.actions.hangup(a, {});
  await expect(late).rejects.toMatchObject({ error: { errors: [{ code: '90018' }] } });
  const { data = [] } = await telnyx.recordings.list();
  const wav = Buffer.from(await (await fetch(data[0]?.download_urls?.wav ?? '')).arrayBuffer());
  expect(wav.readUInt32LE(40)).toBe(wav.length - 44);
  expect(wav.length).toBeGreaterThan(44);
});

it('says why it cannot start', async () => {
  const port = sandbox.port;
  await expect(forkSandbox({ dataDir: `${dataDir}-2`, apiKey: API_KEY, port })).rejects.toThrow(
    /EADDRINUSE/,
  );
  await expect(forkSandbox({ dataDir, apiKey: 'short' })).rejects.toThrow(/apiKey/);
  await rm(`${dataDir}-2`, { recursive: true, force: true });
});

it('lists its assumptions and speech, changes speed, and refuses a script it does not understand', async () => {
  expect((await control('GET', '/assumptions')).body.assumptions.length).toBeGreaterThan(20);
  expect((await control('GET', '/speech')).body.dialogues['garage-door'].length).toBe(8);
  expect((await control('POST', '/clock', { speed: 5 })).body.speed).toBe(5);
  const wrong = await control('PUT', `/destinations/${encodeURIComponent(OFFICE)}`, {
    behaviour: 'sing',
  });
  expect(wrong).toMatchObject({
    status: 422,
    body: { errors: [{ source: { pointer: '/behaviour' } }] },
  });
  const nowhere = await control('POST', '/calls', { from: CALLER, to: '+12125550100' });
  expect(nowhere.status).toBe(404);
  expect((await fetch(`${sandbox.url}/sandbox/calls`)).status).toBe(401);
});
