// Limits of a leg, the options of a dial, and how recordings end, are linked to and expire.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { peakOf } from '#sandbox/audio/frames.ts';
import { answeredCall, CALLER, dialOffice, OFFICE, payloadsOf } from './support/calls.ts';
import { buildTown, type Town } from './support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await buildTown();
});
afterEach(() => town.leave());

describe('a limit', () => {
  it('of a dialled leg is counted from its answer', async () => {
    const { sandbox } = town;
    sandbox.destination(OFFICE, { behaviour: 'answer', answerAfterSeconds: 10 });
    const a = await answeredCall(town);
    const b = await dialOffice(town, a.callControlId, { time_limit_secs: 30, timeout_secs: 15 });
    await sandbox.clock.advance(39_900);
    expect(payloadsOf(town, 'call.hangup')).toEqual([]);
    await sandbox.clock.advance(200);
    expect(payloadsOf(town, 'call.hangup')[0]).toMatchObject({
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
    const taken = await answeredCall(town);
    await sandbox.clock.advance(12_000);
    expect(payloadsOf(town, 'call.hangup').map((one) => one.call_leg_id)).toEqual([ignored.legId]);
    expect((await telnyx.calls.retrieveStatus(taken.callControlId)).data?.is_alive).toBe(true);
  });
});

describe('a dial', () => {
  it('with bridge_intent shows the caller, and needs a link', async () => {
    const { telnyx, number, connectionId } = town;
    const a = await answeredCall(town);
    await dialOffice(town, a.callControlId, { bridge_intent: true });
    await town.sandbox.settled();
    expect(payloadsOf(town, 'call.initiated')[1]).toMatchObject({ from: CALLER, to: OFFICE });
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
    const a = await answeredCall(town);
    const options = { bridge_on_answer: true, prevent_double_bridge: true };
    const first = await dialOffice(town, a.callControlId, options);
    const second = await dialOffice(town, a.callControlId, options);
    await sandbox.clock.advance(3_000);
    expect(payloadsOf(town, 'call.bridged').map((one) => one.call_leg_id)).toEqual([
      a.legId,
      first.legId,
    ]);
    expect(payloadsOf(town, 'call.hangup').map((one) => one.call_leg_id)).toEqual([second.legId]);
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

describe('a bridge', () => {
  it('ends the ringback that the caller was played', async () => {
    const { sandbox, telnyx } = town;
    sandbox.destination(OFFICE, { behaviour: 'answer', answerAfterSeconds: 3 });
    const a = await answeredCall(town);
    await telnyx.calls.actions.startPlayback(a.callControlId, {
      media_name: 'ringback',
      loop: 'infinity',
    });
    await telnyx.calls.actions.startRecording(a.callControlId, { channels: 'dual', format: 'wav' });
    await dialOffice(town, a.callControlId, { bridge_on_answer: true });
    await sandbox.clock.advance(10_000);
    expect(payloadsOf(town, 'call.playback.ended')).toMatchObject([
      { status: 'cancelled', call_leg_id: a.legId },
    ]);
    sandbox.hangUp(a.callControlId);
    await sandbox.clock.advance(1_000);
    const { data = [] } = await telnyx.recordings.list();
    const wav = Buffer.from(await (await fetch(data[0]?.download_urls?.wav ?? '')).arrayBuffer());
    const right = Int16Array.from({ length: 10_000 * 8 }, (_, index) =>
      wav.readInt16LE(46 + index * 4),
    );
    expect(peakOf(right.subarray(0, 16_000))).toBeGreaterThan(3_000);
    expect(peakOf(right.subarray(24_000))).toBe(0);
  });

  it('to somebody else leaves the first agent, who is hung up', async () => {
    const { sandbox, telnyx } = town;
    sandbox.destination(OFFICE, { behaviour: 'answer', answerAfterSeconds: 1 });
    const a = await answeredCall(town);
    const first = await dialOffice(town, a.callControlId, { bridge_on_answer: true });
    const second = await dialOffice(town, a.callControlId);
    await sandbox.clock.advance(2_000);
    const move = { call_control_id_to_bridge_with: second.callControlId };
    await telnyx.calls.actions.bridge(a.callControlId, move);
    await sandbox.settled();
    expect(payloadsOf(town, 'call.hangup').map((one) => one.call_leg_id)).toEqual([first.legId]);
    expect(payloadsOf(town, 'call.bridged').map((one) => one.call_leg_id)).toEqual([
      a.legId,
      first.legId,
      a.legId,
      second.legId,
    ]);
    await expect(telnyx.calls.actions.bridge(a.callControlId, move)).rejects.toMatchObject({
      status: 422,
    });
  });
});

describe('a recording', () => {
  it('ends by itself at its maximum length', async () => {
    const a = await answeredCall(town);
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
    const a = await answeredCall(town);
    await telnyx.calls.actions.startRecording(a.callControlId, {
      channels: 'single',
      format: 'wav',
      timeout_secs: 2,
    });
    await sandbox.clock.advance(5_000);
    expect(payloadsOf(town, 'call.recording.saved')).toEqual([]);
    await telnyx.calls.actions.startPlayback(a.callControlId, { media_name: 'voicemail-greeting' });
    await sandbox.clock.advance(10_000);
    expect(payloadsOf(town, 'call.recording.saved')).toHaveLength(1);
  });

  it('link expires after ten minutes, and the recording gives a fresh one', async () => {
    const { sandbox, telnyx } = town;
    const a = await answeredCall(town);
    await telnyx.calls.actions.startRecording(a.callControlId, { channels: 'dual', format: 'wav' });
    await sandbox.clock.advance(2_000);
    sandbox.hangUp(a.callControlId);
    await sandbox.clock.advance(1_000);
    const saved = payloadsOf(town, 'call.recording.saved')[0] as {
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
