// What a recording has come to is never taken back by what is told later: a stored one stays stored.
import { afterEach, expect, it } from 'vitest';
import { openTown } from '#tests/support/town.ts';

const town = await openTown({ speed: 10 });
const tracker = await town.tracker({ recording: true, voicemail: true });

const calm = {
  delayMs: 0,
  reorderWindowMs: 0,
  duplicateProbability: 0,
  dropFirstAttemptProbability: 0,
};
afterEach(() => town.sandbox.chaos({ profile: calm }));

it('a recording that was stored before the call ended is still stored when it ends', async () => {
  // they cannot be connected, after the recording began: it is stopped when voicemail takes over
  town.business(tracker).is('answer');
  town.sandbox.faults([
    { command: 'bridge', times: 3, status: 422, code: '10015', detail: 'Not today.' },
  ]);
  const caller = town.caller();
  caller.dials(tracker, { afterBeep: 'voicemail-message' });
  // and it is fetched while the caller still speaks
  const first = await town.sees('CALL_RECORDING_READY', (e) => e.call.from === caller.from);
  expect(first.call.outcome).toBeNull();
  const ended = await town.endedCall(caller.from);
  expect(ended.recording).toMatchObject({ state: 'READY', url: expect.any(String) });
  await town.until('the message is stored too', () => {
    const ready = town.seen((e) => e.type === 'CALL_RECORDING_READY' && e.call.id === ended.id);
    return ready.length === 2;
  });
  const call = await town.call(ended.id);
  expect([call.recording.state, call.voicemail.recording.state]).toEqual(['READY', 'READY']);
});

it('each event of a call has a version of its own, also when one transaction tells two', async () => {
  const { deliveries, chaos } = town.sandbox;
  town.business(tracker).is('answer', { hangUpAfterSeconds: 3 });
  // held so long that the pick-up, the connection and the end are stepped together
  chaos({
    profile: {
      delayMs: 0,
      reorderWindowMs: 8_000,
      duplicateProbability: 1,
      dropFirstAttemptProbability: 0.5,
    },
  });
  const caller = town.caller();
  caller.dials(tracker, { afterBeep: 'voicemail-message' });
  const call = await town.endedCall(caller.from);
  await town.until('all was delivered', () =>
    deliveries().every((one) => one.status !== 'pending'),
  );
  const versions = town.seen((e) => e.call?.id === call.id).map((e) => e.subjectVersion);
  expect(versions).toEqual(versions.map((_version, n) => n + 1));
});
