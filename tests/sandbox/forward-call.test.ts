// The whole story of a forwarded call, told through the SDK and the webhooks: announced, recorded, bridged, ended, saved.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { peakOf } from '#sandbox/audio/frames.ts';
import { speechCatalogue } from '#sandbox/audio/speech.ts';
import { buildTown, type Town } from './support/town.ts';

const CALLER = '+13125550155';
const OFFICE = '+14155550142';
let town: Town;
beforeEach(async () => {
  town = await buildTown();
});
afterEach(() => town.leave());

it('announces, records, bridges and ends a forwarded call and saves both voices on their own channels', async () => {
  const { sandbox, telnyx, receiver, connectionId, number } = town;
  sandbox.destination(OFFICE, { behaviour: 'answer', answerAfterSeconds: 4, say: 'garage-door' });
  const caller = sandbox.call({ from: CALLER, to: number, say: 'garage-door' });
  const a = caller.callControlId;
  await sandbox.clock.advance(1000);
  await telnyx.calls.actions.answer(a, { client_state: btoa('first'), command_id: 'c1' });
  await telnyx.calls.actions.speak(a, {
    payload: 'This call may be recorded.',
    voice: 'female',
    command_id: 'c2',
  });
  await sandbox.clock.advance(5000);
  expect(receiver.types()).toEqual([
    'call.initiated',
    'call.answered',
    'call.speak.started',
    'call.speak.ended',
  ]);
  await telnyx.calls.actions.startRecording(a, {
    channels: 'dual',
    format: 'wav',
    command_id: 'c3',
  });
  const dialled = await telnyx.calls.dial({
    to: OFFICE,
    from: number,
    connection_id: connectionId,
    link_to: a,
    bridge_on_answer: true,
    client_state: btoa('second'),
    command_id: 'c4',
  });
  expect(dialled.data?.call_session_id).toBe(caller.sessionId);
  await sandbox.clock.advance(40_000);
  expect(receiver.types().slice(4)).toEqual([
    'call.initiated',
    'call.answered',
    'call.bridged',
    'call.bridged',
    'call.hangup',
    'call.hangup',
    'call.recording.saved',
  ]);
  const saved = receiver.hooks.at(-1)?.body.data.payload as {
    recording_urls: { wav: string };
    call_leg_id: string;
  };
  expect(saved.call_leg_id).toBe(caller.legId);
  const response = await fetch(saved.recording_urls.wav);
  const wav = Buffer.from(await response.arrayBuffer());
  expect(Number(response.headers.get('content-length'))).toBe(wav.length);
  expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
  expect(wav.readUInt16LE(22)).toBe(2);
  expect(wav.readUInt32LE(40)).toBe(wav.length - 44);
  // The bridge is 4 s into the recording; a dialogue's times are counted from there.
  const loudness = (fromMs: number, toMs: number, channel: number) => {
    const samples: number[] = [];
    for (let at = 44 + fromMs * 32 + channel * 2; at < 44 + toMs * 32; at += 4)
      samples.push(wav.readInt16LE(at));
    return peakOf(Int16Array.from(samples));
  };
  expect(loudness(0, 4_500, 0)).toBe(0);
  for (const { speaker, startMs, durationMs } of speechCatalogue().dialogues['garage-door'] ?? []) {
    const [own, other] = speaker === 'caller' ? [0, 1] : [1, 0];
    const fromMs = 4_000 + startMs + 20;
    const toMs = 4_000 + startMs + durationMs - 20;
    expect(loudness(fromMs, toMs, own)).toBeGreaterThan(5_000);
    expect(loudness(fromMs, toMs, other)).toBe(0);
  }
});
