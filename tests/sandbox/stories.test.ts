// What becomes of calls: busy, unanswered, refused, abandoned, left on voicemail, parked, accepted by a key.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { peakOf } from '#sandbox/audio/frames.ts';
import { buildTown, type Town } from './support/town.ts';

const CALLER = '+13125550155';
const OFFICE = '+14155550142';
let town: Town;
beforeEach(async () => {
  town = await buildTown();
});
afterEach(() => town.leave());

async function answeredCall(
  script: { afterBeep?: string; say?: string; dtmf?: { digits: string }[] } = {},
) {
  const { sandbox, telnyx, number } = town;
  const leg = sandbox.call({ from: CALLER, to: number, ...script });
  await sandbox.clock.advance(500);
  await telnyx.calls.actions.answer(leg.callControlId, {});
  return leg;
}

async function dial(linkTo: string, extra: object = {}) {
  const { telnyx, number, connectionId } = town;
  const { data } = await telnyx.calls.dial({
    to: OFFICE,
    from: number,
    connection_id: connectionId,
    link_to: linkTo,
    timeout_secs: 20,
    ...extra,
  });
  return { callControlId: data?.call_control_id ?? '', legId: data?.call_leg_id ?? '' };
}

const payloads = (type: string) =>
  town.receiver.hooks
    .filter((hook) => hook.body.data.event_type === type)
    .map((hook) => hook.body.data.payload);

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
      const a = await answeredCall();
      const b = await dial(a.callControlId);
      await town.sandbox.clock.advance(19_900);
      if (behaviour === 'no-answer') expect(payloads('call.hangup')).toEqual([]);
      await town.sandbox.clock.advance(200);
      expect(payloads('call.hangup')).toHaveLength(1);
      expect(payloads('call.hangup')[0]).toMatchObject({ call_leg_id: b.legId, ...hangup });
      const status = await town.telnyx.calls.retrieveStatus(a.callControlId);
      expect(status.data?.is_alive).toBe(true);
    },
  );

  it('that nobody answers gives "no_answer" when the dial is not to be retried', async () => {
    town.sandbox.destination(OFFICE, { behaviour: 'no-answer' });
    const a = await answeredCall();
    await dial(a.callControlId, { retry_on_timeout: false });
    await town.sandbox.clock.advance(20_100);
    expect(payloads('call.hangup')[0]).toMatchObject({ hangup_cause: 'no_answer' });
  });

  it('that accepts by a key is asked, heard and bridged by command', async () => {
    const { sandbox, telnyx, receiver } = town;
    sandbox.destination(OFFICE, {
      behaviour: 'answer',
      answerAfterSeconds: 2,
      dtmf: { digits: '1', afterSeconds: 4 },
      hangUpAfterSeconds: 6,
    });
    const a = await answeredCall();
    const b = await dial(a.callControlId);
    await sandbox.clock.advance(2_000);
    await telnyx.calls.actions.gatherUsingSpeak(b.callControlId, {
      payload: 'Call from a search ad. Press one to accept.',
      voice: 'female',
      minimum_digits: 1,
      maximum_digits: 1,
    });
    await sandbox.clock.advance(5_000);
    expect(payloads('call.dtmf.received')[0]).toMatchObject({ digit: '1', call_leg_id: b.legId });
    expect(payloads('call.gather.ended')[0]).toMatchObject({ digits: '1', status: 'valid' });
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
    expect(payloads('call.hangup')[0]).toMatchObject({
      call_leg_id: b.legId,
      hangup_source: 'callee',
    });
  });

  it('is not told of by its own leg only: one session holds both legs, each with its own state', async () => {
    const a = await answeredCall();
    const b = await dial(a.callControlId, { client_state: btoa('b') });
    await town.sandbox.clock.advance(4_000);
    const [first, second] = payloads('call.initiated');
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
    expect(payloads('call.hangup')[0]).toMatchObject({
      hangup_cause: 'originator_cancel',
      hangup_source: 'caller',
      sip_hangup_cause: 'unspecified',
    });
  });

  it('who is rejected hears busy', async () => {
    const leg = town.sandbox.call({ from: CALLER, to: town.number });
    await town.telnyx.calls.actions.reject(leg.callControlId, { cause: 'USER_BUSY' });
    await town.sandbox.settled();
    expect(payloads('call.hangup')[0]).toMatchObject({
      hangup_cause: 'user_busy',
      hangup_source: 'callee',
    });
  });

  it('leaves a message after the beep, and only the message is recorded', async () => {
    const { sandbox, telnyx } = town;
    const a = await answeredCall({ afterBeep: 'voicemail-message' });
    await telnyx.calls.actions.startRecording(a.callControlId, {
      channels: 'single',
      format: 'wav',
      play_beep: true,
      max_length: 120,
    });
    await sandbox.clock.advance(15_000);
    expect(payloads('call.hangup')[0]).toMatchObject({
      hangup_cause: 'normal_clearing',
      hangup_source: 'caller',
    });
    const saved = payloads('call.recording.saved')[0] as {
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
    const a = await answeredCall();
    const b = await dial(a.callControlId);
    await sandbox.clock.advance(1_500);
    await telnyx.calls.actions.bridge(a.callControlId, {
      call_control_id_to_bridge_with: b.callControlId,
      park_after_unbridge: 'self',
    });
    await sandbox.clock.advance(4_000);
    expect(payloads('call.hangup').map((one) => one.call_leg_id)).toEqual([b.legId]);
    expect(sandbox.calls().legs.find((leg) => leg.callControlId === a.callControlId)?.phase).toBe(
      'parked',
    );
    await telnyx.calls.actions.speak(a.callControlId, { payload: 'Thank you.', voice: 'female' });
    await sandbox.clock.advance(2_000);
    expect(payloads('call.speak.ended')).toHaveLength(1);
  });

  it('who hangs up during a prompt and a gather ends both', async () => {
    const { sandbox, telnyx } = town;
    const a = await answeredCall();
    await telnyx.calls.actions.gatherUsingSpeak(a.callControlId, {
      payload: 'Press one for sales.',
      voice: 'female',
    });
    await telnyx.calls.actions.speak(a.callControlId, { payload: 'Later.', voice: 'female' });
    sandbox.hangUp(a.callControlId);
    await sandbox.settled();
    expect(payloads('call.gather.ended')[0]).toMatchObject({ status: 'call_hangup', digits: '' });
    expect(town.receiver.types().at(-1)).toBe('call.hangup');
  });
});

describe('a limit', () => {
  it('of a dialled leg is counted from its answer', async () => {
    const { sandbox } = town;
    sandbox.destination(OFFICE, { behaviour: 'answer', answerAfterSeconds: 10 });
    const a = await answeredCall();
    const b = await dial(a.callControlId, { time_limit_secs: 30, timeout_secs: 15 });
    await sandbox.clock.advance(39_900);
    expect(payloads('call.hangup')).toEqual([]);
    await sandbox.clock.advance(200);
    expect(payloads('call.hangup')[0]).toMatchObject({
      hangup_cause: 'time_limit',
      call_leg_id: b.legId,
    });
  });

  it('on the first command ends a call that the platform ignores', async () => {
    const { sandbox, telnyx, receiver, connectionId } = town;
    await telnyx.callControlApplications.update(connectionId, {
      application_name: 'Switchboard',
      webhook_event_url: receiver.url,
      first_command_timeout: true,
      first_command_timeout_secs: 10,
    });
    const ignored = sandbox.call({ from: CALLER, to: town.number });
    const taken = await answeredCall();
    await sandbox.clock.advance(12_000);
    expect(payloads('call.hangup').map((one) => one.call_leg_id)).toEqual([ignored.legId]);
    expect((await telnyx.calls.retrieveStatus(taken.callControlId)).data?.is_alive).toBe(true);
  });
});

describe('a dial', () => {
  it('with bridge_intent shows the caller, and needs a link', async () => {
    const { telnyx, number, connectionId } = town;
    const a = await answeredCall();
    await dial(a.callControlId, { bridge_intent: true });
    await town.sandbox.settled();
    expect(payloads('call.initiated')[1]).toMatchObject({ from: CALLER, to: OFFICE });
    const unlinked = telnyx.calls.dial({
      to: OFFICE,
      from: number,
      connection_id: connectionId,
      bridge_intent: true,
    });
    await expect(unlinked).rejects.toMatchObject({
      error: { errors: [{ code: '10004', source: { pointer: '/link_to' } }] },
    });
  });

  it('that answers second is hung up when double bridges are to be prevented', async () => {
    const { sandbox } = town;
    sandbox.destination(OFFICE, { behaviour: 'answer', answerAfterSeconds: 2 });
    const a = await answeredCall();
    const options = { bridge_on_answer: true, prevent_double_bridge: true };
    const first = await dial(a.callControlId, options);
    const second = await dial(a.callControlId, options);
    await sandbox.clock.advance(3_000);
    expect(payloads('call.bridged').map((one) => one.call_leg_id)).toEqual([a.legId, first.legId]);
    expect(payloads('call.hangup').map((one) => one.call_leg_id)).toEqual([second.legId]);
  });

  it('can record from the answer, and tells the recording at once', async () => {
    const { sandbox, telnyx, number, connectionId } = town;
    sandbox.destination(OFFICE, {
      behaviour: 'voicemail',
      answerAfterSeconds: 2,
      hangUpAfterSeconds: 8,
    });
    const { data } = await telnyx.calls.dial({
      to: OFFICE,
      from: number,
      connection_id: connectionId,
      record: 'record-from-answer',
      record_format: 'wav',
    });
    await sandbox.clock.advance(12_000);
    const { data: recording } = await telnyx.recordings.retrieve(data?.recording_id ?? '');
    expect(recording?.duration_millis).toBe(8_000);
    const wav = Buffer.from(await (await fetch(recording?.download_urls?.wav ?? '')).arrayBuffer());
    const left = Int16Array.from({ length: 8_000 }, (_, index) =>
      wav.readInt16LE(44 + (index + 4_800) * 4),
    );
    expect(peakOf(left)).toBeGreaterThan(5_000);
  });
});

describe('a recording', () => {
  it('ends by itself at its maximum length', async () => {
    const a = await answeredCall();
    await town.telnyx.calls.actions.startRecording(a.callControlId, {
      channels: 'dual',
      format: 'wav',
      max_length: 3,
    });
    await town.sandbox.clock.advance(10_000);
    const { data } = await town.telnyx.recordings.list({ filter: { call_leg_id: a.legId } });
    expect(data?.[0]?.duration_millis).toBe(3_000);
  });

  it('ends after silence once something was heard', async () => {
    const { sandbox, telnyx } = town;
    const a = await answeredCall();
    await telnyx.calls.actions.startRecording(a.callControlId, {
      channels: 'single',
      format: 'wav',
      timeout_secs: 2,
    });
    await sandbox.clock.advance(5_000);
    expect(payloads('call.recording.saved')).toEqual([]);
    await telnyx.calls.actions.startPlayback(a.callControlId, { media_name: 'voicemail-greeting' });
    await sandbox.clock.advance(10_000);
    expect(payloads('call.recording.saved')).toHaveLength(1);
  });

  it('link expires after ten minutes, and the recording gives a fresh one', async () => {
    const { sandbox, telnyx } = town;
    const a = await answeredCall();
    await telnyx.calls.actions.startRecording(a.callControlId, { channels: 'dual', format: 'wav' });
    await sandbox.clock.advance(2_000);
    sandbox.hangUp(a.callControlId);
    await sandbox.clock.advance(1_000);
    const saved = payloads('call.recording.saved')[0] as {
      recording_urls: { wav: string };
      recording_id: string;
    };
    expect((await fetch(saved.recording_urls.wav)).status).toBe(200);
    expect(
      (await fetch(saved.recording_urls.wav.replace(/signature=../, 'signature=00'))).status,
    ).toBe(403);
    await sandbox.clock.advance(10 * 60_000 + 1);
    expect((await fetch(saved.recording_urls.wav)).status).toBe(403);
    const { data } = await telnyx.recordings.retrieve(saved.recording_id);
    const fresh = await fetch(data?.download_urls?.wav ?? '');
    expect(fresh.status).toBe(200);
    expect(Number(fresh.headers.get('content-length'))).toBe(44 + 2_000 * 32);
    await telnyx.recordings.delete(saved.recording_id);
    await expect(telnyx.recordings.retrieve(saved.recording_id)).rejects.toMatchObject({
      status: 404,
    });
  });
});
