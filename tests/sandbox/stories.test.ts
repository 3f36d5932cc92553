// What becomes of calls: busy, unanswered, refused, abandoned, left on voicemail, parked, accepted by a key.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { peakOf } from '#sandbox/audio/frames.ts';
import { answeredCall, CALLER, dialOffice, OFFICE, payloadsOf } from './support/calls.ts';
import { buildTown, type Town } from './support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await buildTown();
});
afterEach(() => town.leave());

describe('a destination', () => {
  it.each([
    ['busy', { hangup_cause: 'user_busy', sip_hangup_cause: '486', hangup_source: 'callee' }],
    ['reject', { hangup_cause: 'call_rejected', sip_hangup_cause: '603', hangup_source: 'callee' }],
    ['not-found', { hangup_cause: 'not_found', sip_hangup_cause: '404' }],
    ['no-answer', { hangup_cause: 'timeout', sip_hangup_cause: '487' }],
  ] as const)(
    'that is "%s" ends the dialled leg and leaves the caller up',
    async (behaviour, hangup) => {
      town.sandbox.destination(OFFICE, { behaviour });
      const a = await answeredCall(town);
      const b = await dialOffice(town, a.callControlId);
      await town.sandbox.clock.advance(19_900);
      if (behaviour === 'no-answer') expect(payloadsOf(town, 'call.hangup')).toEqual([]);
      await town.sandbox.clock.advance(200);
      expect(payloadsOf(town, 'call.hangup')).toHaveLength(1);
      expect(payloadsOf(town, 'call.hangup')[0]).toMatchObject({ call_leg_id: b.legId, ...hangup });
      const status = await town.telnyx.calls.retrieveStatus(a.callControlId);
      expect(status.data?.is_alive).toBe(true);
    },
  );

  it('that nobody answers gives "no_answer" when the dial is not to be retried', async () => {
    town.sandbox.destination(OFFICE, { behaviour: 'no-answer' });
    const a = await answeredCall(town);
    await dialOffice(town, a.callControlId, { retry_on_timeout: false });
    await town.sandbox.clock.advance(20_100);
    expect(payloadsOf(town, 'call.hangup')[0]).toMatchObject({ hangup_cause: 'no_answer' });
  });

  it('that accepts by a key is asked, heard and bridged by command', async () => {
    const { sandbox, telnyx, receiver } = town;
    sandbox.destination(OFFICE, {
      behaviour: 'answer',
      answerAfterSeconds: 2,
      dtmf: { digits: '1', afterSeconds: 4 },
      hangUpAfterSeconds: 6,
    });
    const a = await answeredCall(town);
    const b = await dialOffice(town, a.callControlId);
    await sandbox.clock.advance(2_000);
    await telnyx.calls.actions.gatherUsingSpeak(b.callControlId, {
      payload: 'Call from a search ad. Press one to accept.',
      voice: 'female',
      minimum_digits: 1,
      maximum_digits: 1,
    });
    await sandbox.clock.advance(5_000);
    expect(payloadsOf(town, 'call.dtmf.received')[0]).toMatchObject({
      digit: '1',
      call_leg_id: b.legId,
    });
    expect(payloadsOf(town, 'call.gather.ended')[0]).toMatchObject({
      digits: '1',
      status: 'valid',
    });
    await telnyx.calls.actions.bridge(a.callControlId, {
      call_control_id_to_bridge_with: b.callControlId,
    });
    await sandbox.clock.advance(7_000);
    expect(receiver.types().slice(-4)).toEqual([
      'call.bridged',
      'call.bridged',
      'call.hangup',
      'call.hangup',
    ]);
    expect(payloadsOf(town, 'call.hangup')[0]).toMatchObject({
      call_leg_id: b.legId,
      hangup_source: 'callee',
    });
  });

  it('is not told of by its own leg only: one session holds both legs, each with its own state', async () => {
    const a = await answeredCall(town);
    const b = await dialOffice(town, a.callControlId, { client_state: btoa('b') });
    await town.sandbox.clock.advance(4_000);
    const [first, second] = payloadsOf(town, 'call.initiated');
    expect(first).toMatchObject({ client_state: null, direction: 'incoming', state: 'parked' });
    expect(second).toMatchObject({
      client_state: btoa('b'),
      direction: 'outgoing',
      state: 'bridging',
      call_leg_id: b.legId,
    });
    expect(second?.call_session_id).toBe(first?.call_session_id);
  });
});

describe('a caller', () => {
  it('who gives up while it rings is an originator cancel', async () => {
    const { sandbox, number } = town;
    sandbox.call({ from: CALLER, to: number, hangUpAfterSeconds: 6 });
    await sandbox.clock.advance(6_000);
    expect(payloadsOf(town, 'call.hangup')[0]).toMatchObject({
      hangup_cause: 'originator_cancel',
      hangup_source: 'caller',
      sip_hangup_cause: 'unspecified',
    });
  });

  it('who is rejected hears busy', async () => {
    const leg = town.sandbox.call({ from: CALLER, to: town.number });
    await town.telnyx.calls.actions.reject(leg.callControlId, { cause: 'USER_BUSY' });
    await town.sandbox.settled();
    expect(payloadsOf(town, 'call.hangup')[0]).toMatchObject({
      hangup_cause: 'user_busy',
      hangup_source: 'callee',
    });
  });

  it('leaves a message after the beep, and only the message is recorded', async () => {
    const { sandbox, telnyx } = town;
    const a = await answeredCall(town, { afterBeep: 'voicemail-message' });
    await telnyx.calls.actions.startRecording(a.callControlId, {
      channels: 'single',
      format: 'wav',
      play_beep: true,
      max_length: 120,
    });
    await sandbox.clock.advance(15_000);
    expect(payloadsOf(town, 'call.hangup')[0]).toMatchObject({
      hangup_cause: 'normal_clearing',
      hangup_source: 'caller',
    });
    const saved = payloadsOf(town, 'call.recording.saved')[0] as {
      recording_urls: { wav: string };
      channels: string;
    };
    expect(saved.channels).toBe('single');
    const wav = Buffer.from(await (await fetch(saved.recording_urls.wav)).arrayBuffer());
    expect(wav.readUInt16LE(22)).toBe(1);
    const samples = new Int16Array(
      wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length),
    );
    expect(peakOf(samples.subarray(0, 3_900))).toBe(0);
    expect(peakOf(samples.subarray(4_000, 12_000))).toBeGreaterThan(5_000);
  });

  it('is kept when the bridge ends, if that was asked for', async () => {
    const { sandbox, telnyx } = town;
    sandbox.destination(OFFICE, {
      behaviour: 'answer',
      answerAfterSeconds: 1,
      hangUpAfterSeconds: 3,
    });
    const a = await answeredCall(town);
    const b = await dialOffice(town, a.callControlId);
    await sandbox.clock.advance(1_500);
    await telnyx.calls.actions.bridge(a.callControlId, {
      call_control_id_to_bridge_with: b.callControlId,
      park_after_unbridge: 'self',
    });
    await sandbox.clock.advance(4_000);
    expect(payloadsOf(town, 'call.hangup').map((one) => one.call_leg_id)).toEqual([b.legId]);
    expect(sandbox.calls().legs.find((leg) => leg.callControlId === a.callControlId)?.phase).toBe(
      'parked',
    );
    await telnyx.calls.actions.speak(a.callControlId, { payload: 'Thank you.', voice: 'female' });
    await sandbox.clock.advance(2_000);
    expect(payloadsOf(town, 'call.speak.ended')).toHaveLength(1);
  });

  it('who hangs up during a prompt and a gather ends both', async () => {
    const { sandbox, telnyx } = town;
    const a = await answeredCall(town);
    await telnyx.calls.actions.gatherUsingSpeak(a.callControlId, {
      payload: 'Press one for sales.',
      voice: 'female',
    });
    await telnyx.calls.actions.speak(a.callControlId, { payload: 'Later.', voice: 'female' });
    sandbox.hangUp(a.callControlId);
    await sandbox.settled();
    expect(payloadsOf(town, 'call.gather.ended')[0]).toMatchObject({
      status: 'call_hangup',
      digits: '',
    });
    expect(town.receiver.types().at(-1)).toBe('call.hangup');
  });
});
