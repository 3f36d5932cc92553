// A storm of webhooks, and what of a call must come out of it as on a calm line.
import type { Town, TownTracker } from '#tests/support/town.ts';

export const CALM = {
  reorderWindowMs: 0,
  delayMs: 0,
  duplicateProbability: 0,
  dropFirstAttemptProbability: 0,
};
/** late, out of order, twice, or only at the second attempt */
export const STORM = {
  reorderWindowMs: 3_000,
  delayMs: 100,
  duplicateProbability: 0.5,
  dropFirstAttemptProbability: 0.3,
};

/** Plays a call to its end, and tells of it what must not depend on how webhooks travel. */
export async function play(home: Town, tracker: TownTracker, recordings: number) {
  const caller = home.caller();
  caller.dials(tracker, { say: 'voicemail-message', afterBeep: 'voicemail-message' });
  const { id } = await home.endedCall(caller.from);
  await home.until('the recordings are there, and all was delivered and acted on', async () => {
    const ready = home.seen((e) => e.type === 'CALL_RECORDING_READY' && e.call.id === id);
    if (ready.length !== recordings) return false;
    if (home.sandbox.deliveries().some((one) => one.status === 'pending')) return false;
    const { prisma } = home.server.platform.db;
    return (await prisma.carrierEvent.count({ where: { state: 'RECEIVED' } })) === 0;
  });
  return callOf(home, id);
}

/** What of a call that has ended must not depend on how webhooks travel. */
export async function callOf(home: Town, id: string) {
  const call = await home.call(id);
  const events = await home.until('all of it was told', () => {
    const told = home.seen((e) => e.call?.id === id);
    return told.length >= call.version ? told : null;
  });
  return {
    // abandoned is who was missed within 15 s, and a storm makes calls longer
    outcome: call.outcome.replace('ABANDONED', 'MISSED'),
    steps: call.steps.map((step: { name: string; outcome: string }) => [step.name, step.outcome]),
    recording: call.recording && [call.recording.state, call.recording.channels],
    voicemail: call.voicemail && [
      call.voicemail.recording.state,
      call.voicemail.recording.channels,
    ],
    talked: call.talkSeconds !== null,
    causes: call.legs.map((leg: { cause: string }) => leg.cause),
    // how many CALL_UPDATED tell of its steps depends on how many webhooks one transaction took
    told: [...new Set(events.map((e) => e.type))].sort(),
    versionsRise: events.every((e, n) => e.subjectVersion === n + 1),
  };
}
