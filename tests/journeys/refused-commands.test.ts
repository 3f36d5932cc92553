// A carrier that refuses, hangs or answers late: every call reaches an end that is told, and nobody is left in silence.
import { describe, expect, it } from 'vitest';
import { openTown } from '#tests/support/town.ts';
import { CALM } from './storm.ts';

const SPEED = 20;
const town = await openTown({ speed: SPEED });
const tracker = await town.tracker({ recording: true, whisper: 'A call.', ringSeconds: 15 });
const withoutVoicemail = await town.tracker({ voicemail: false });
const withoutWhisper = await town.tracker({ voicemail: true });
const { sandbox } = town;

/** One call to a business that answers (or not), with faults set just before it; who is connected hangs up at once. */
async function callWith(
  faults: Parameters<typeof sandbox.faults>[0],
  business: 'answer' | 'busy' = 'answer',
  to = tracker,
) {
  town.business(to).is(business);
  sandbox.faults(faults);
  const caller = town.caller();
  const leg = caller.dials(to, { say: [], afterBeep: 'voicemail-message' });
  const call = await town.endedCall(caller.from);
  await town.until('every leg has ended', () => legsOf(leg.sessionId).every((leg) => leg.endedAt));
  sandbox.faults([]);
  return { call, leg };
}
const legsOf = (session: string) => sandbox.calls().legs.filter((leg) => leg.sessionId === session);
const stepOf = (call: { steps: { name: string; outcome: string }[] }, name: string) =>
  call.steps.find((step) => step.name === name)?.outcome;

const no = { status: 422, code: '10015', detail: 'Not today.' };

describe('a carrier that refuses', () => {
  it('to answer: the call ends and is told', async () => {
    const { call } = await callWith([{ command: 'answer', times: 1_000, ...no }]);
    expect(call.state).toBe('ENDED');
    expect(call.talkSeconds).toBeNull();
  });

  it('to speak the notice: they talk, and nothing is recorded', async () => {
    const { call, leg } = await callWith([{ command: 'speak', ...no }]);
    expect(call).toMatchObject({ outcome: 'ANSWERED', recording: null });
    expect(stepOf(call, 'greeting')).toBe('refused: Not today.');
    expect(town.commands(leg, 'record_start')).toEqual([]);
  });

  it('to play or stop the ringing tone: they talk', async () => {
    const { call } = await callWith([
      { command: 'playback_start', ...no },
      { command: 'playback_stop', ...no },
    ]);
    expect(call.outcome).toBe('ANSWERED');
  });

  it('to record: they talk, and the recording has failed with the reason', async () => {
    const { call } = await callWith([{ command: 'record_start', ...no }]);
    expect(call).toMatchObject({
      outcome: 'ANSWERED',
      recording: { state: 'FAILED', failure: 'REFUSED' },
    });
    await town.sees(
      'CALL_RECORDING_FAILED',
      (e) => e.call.id === call.id && e.reason === 'REFUSED',
    );
  });

  it('to dial: the caller can leave a message', async () => {
    const { call } = await callWith([{ command: 'dial', ...no }]);
    expect(call.outcome).toBe('VOICEMAIL');
    expect(stepOf(call, 'dial')).toBe('refused: Not today.');
  });

  it('to speak and then to dial: the caller still hears the voicemail greeting', async () => {
    const { call } = await callWith([
      { command: 'speak', ...no },
      { command: 'dial', ...no },
    ]);
    expect(call.outcome).toBe('VOICEMAIL');
  });

  it('to dial, where there is no voicemail: the call has FAILED, after a polite sentence', async () => {
    const { call, leg } = await callWith([{ command: 'dial', ...no }], 'answer', withoutVoicemail);
    expect(call.outcome).toBe('FAILED');
    expect(stepOf(call, 'dial')).toBe('refused: Not today.');
    expect(stepOf(call, 'farewell')).toBe('ended');
    expect(town.commands(leg, 'speak')).toHaveLength(1);
  });

  it('to connect: the business is let go and the caller can leave a message', async () => {
    const { call } = await callWith([{ command: 'bridge', times: 3, ...no }]);
    expect(call.outcome).toBe('VOICEMAIL');
    expect(stepOf(call, 'bridge')).toBe('refused: Not today.');
  });

  it('to speak anything: the caller is not kept in silence', async () => {
    const { call } = await callWith([{ command: 'speak', times: 1_000, ...no }], 'busy');
    expect(call.outcome).toBe('BUSY');
  });

  it('to stop a recording, or to record the message: the call ends', async () => {
    const { call } = await callWith(
      [
        { command: 'record_stop', ...no },
        { command: 'record_start', times: 2, ...no },
      ],
      'busy',
    );
    expect(call).toMatchObject({
      outcome: 'BUSY',
      voicemail: { state: null, recording: { state: 'FAILED' } },
    });
  });

  it('to hang up: it is asked again, with patience', async () => {
    const { call, leg } = await callWith([{ command: 'hangup', ...no }], 'busy', withoutVoicemail);
    expect(call.state).toBe('ENDED');
    expect(town.commands(leg, 'hangup')).toHaveLength(2);
  });
});

describe('somebody who hangs up in the moment of a command', () => {
  /** Hangs up; the webhook that tells of it comes a minute of the carrier's late. */
  function hangUpUnheard(callControlId: string) {
    sandbox.chaos({ profile: { ...CALM, delayMs: 60_000 } });
    sandbox.hangUp(callControlId);
    sandbox.chaos({ profile: CALM });
  }

  /**
   * A call in which somebody hangs up while a command is on its way, for which the lane's next one waits: that one finds the
   * line ended. The carrier's time all but stands still meanwhile, so that no webhook tells of it before.
   */
  async function callCutAt(
    command: 'answer' | 'playback_stop',
    who: 'incoming' | 'outgoing',
    refused: 'speak' | 'bridge',
    to = tracker,
  ) {
    town.business(to).is('answer');
    sandbox.faults([{ command, delayMs: 2_000 }]);
    const caller = town.caller();
    const leg = caller.dials(to, { afterBeep: 'voicemail-message' });
    await town.until('the command is on its way', () => town.commands(leg, command).length > 0);
    const cut = legsOf(leg.sessionId).find((one) => one.direction === who);
    hangUpUnheard(cut?.callControlId ?? '');
    sandbox.clock.setSpeed(0.1);
    await town.until('the next one is refused', () => refusedFor(leg, refused).length > 0);
    sandbox.clock.setSpeed(SPEED);
    const call = await town.endedCall(caller.from);
    await town.until('every leg has ended', () =>
      legsOf(leg.sessionId).every((one) => one.endedAt),
    );
    return { call, leg, caller };
  }
  const refusedFor = (leg: { callControlId: string; sessionId: string }, kind: string) =>
    town.commands(leg, kind).filter((one) => one.status === 422);

  it.each([
    ['answer', 'speak', ['ring', 'greeting'], tracker],
    ['playback_stop', 'bridge', ['ring', 'dial', 'bridge'], withoutWhisper],
  ] as const)(
    'a caller, after %s: the carrier refuses to %s (90018), and the call has ended when it did',
    { timeout: 60_000 },
    async (before, refused, steps, to) => {
      const { call, leg, caller } = await callCutAt(before, 'incoming', refused, to);
      expect(['ABANDONED', 'MISSED']).toContain(call.outcome);
      expect(call).toMatchObject({ talkSeconds: null, voicemail: null });
      expect(call.steps.map((step: { name: string }) => step.name)).toEqual(
        expect.arrayContaining([...steps]),
      );
      const { startedAt, endedAt } = legsOf(leg.sessionId)[0] ?? {};
      const lasted = (Date.parse(endedAt ?? '') - Date.parse(startedAt ?? '')) / 1_000;
      expect(Math.abs(call.durationSeconds - lasted)).toBeLessThanOrEqual(1);
      // the webhook that comes late only says why the line ended
      await town.until('the late webhook was acted on', async () => {
        const { legs } = await town.call(call.id);
        return legs[0].cause === 'normal_clearing';
      });
      const told = town.seen((e) => e.type === 'CALL_ENDED' && e.call.from === caller.from);
      expect(told).toHaveLength(1);
    },
  );

  it('a business, while it is being connected: the caller can leave a message', {
    timeout: 60_000,
  }, async () => {
    const { call } = await callCutAt('playback_stop', 'outgoing', 'bridge', withoutWhisper);
    expect(stepOf(call, 'bridge')).toMatch(/no longer active/);
    expect(call).toMatchObject({ outcome: 'VOICEMAIL', talkSeconds: null });
  });
});

describe('a carrier that does not answer in time', () => {
  it('has each command carried out once, and every call ends', { timeout: 60_000 }, async () => {
    const kinds = ['answer', 'speak', 'playback_start', 'record_start', 'dial', 'bridge', 'hangup'];
    town.business(tracker).is('answer', { hangUpAfterSeconds: 30 });
    sandbox.faults([
      ...kinds.map((command) => ({ command, hang: true })),
      ...kinds.map((command) => ({ command, delayMs: 5_500 })),
      ...kinds.map((command) => ({ command, status: 503, carryOut: true })),
      ...kinds.map((command) => ({ command, status: 429 })),
    ]);
    const dialled: ReturnType<typeof sandbox.call>[] = [];
    const calls = await Promise.all(
      Array.from({ length: 6 }, () => {
        const caller = town.caller();
        dialled.push(caller.dials(tracker, { afterBeep: 'voicemail-message' }));
        return town.endedCall(caller.from);
      }),
    );
    expect(calls.map((call) => call.state)).toEqual(calls.map(() => 'ENDED'));
    for (const leg of dialled) {
      const dials = town.commands(leg, 'dial');
      expect(new Set(dials.map((one) => one.commandId)).size).toBeLessThanOrEqual(1);
      const rung = legsOf(leg.sessionId).filter((leg) => leg.direction === 'outgoing');
      expect(rung.length).toBeLessThanOrEqual(1);
    }
    // the faults were met: some of the dials came twice under one id
    const all = dialled.flatMap((leg) => town.commands(leg, 'dial'));
    expect(all.length).toBeGreaterThan(new Set(all.map((one) => one.commandId)).size);
    await town.until('every leg has ended', () => sandbox.calls().legs.every((leg) => leg.endedAt));
    sandbox.faults([]);
  });
});
