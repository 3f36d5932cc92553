// The call machine, by itself: what it wants at each turn of a call, and that late, doubled and refused things end well.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { step } from '#domains/calls/machine.ts';
import type { CallMachine } from '#domains/calls/machine-state.ts';
import { outcomeOf } from '#domains/calls/outcome.ts';
import type { CarrierEvent } from '#platform/carrier/index.ts';
import { at, CALL, event, Line } from './telephone.ts';

const recorded = (startS: number, endS: number) => ({
  recordingId: 'rec',
  startedAt: at(startS),
  endedAt: at(endS),
});

/** The webhooks of an answered, recorded call with a whisper, in their true order. */
const answeredCall = (): CarrierEvent[] => [
  event('answered', 1),
  event('spoken', 5, { step: 'greeting' }),
  event('initiated', 6, { leg: 'destination', step: 'dial' }),
  event('answered', 9, { leg: 'destination', step: 'dial' }),
  event('spoken', 11, { leg: 'destination', step: 'whisper' }),
  event('bridged', 12, { step: 'bridge' }),
  event('bridged', 12.1, { leg: 'destination', step: 'bridge' }),
  event('hungUp', 40, { leg: 'destination', step: 'bridge' }),
  event('hungUp', 40.2, { step: 'bridge' }),
  event('recordingSaved', 41, { step: 'record', ...recorded(11.2, 40.2) }),
];

const alive = { kind: 'status' as const, alive: true, endedAt: null };
const dialled = (plan: ConstructorParameters<typeof Line>[0] = {}) =>
  new Line(plan).hears(event('answered', 1), event('spoken', 5, { step: 'greeting' }));
/** The business picks up. */
const pickedUp = (): CarrierEvent[] => [
  event('initiated', 6, { leg: 'destination', step: 'dial' }),
  event('answered', 8, { leg: 'destination', step: 'dial' }),
];

describe('an answered call', () => {
  it('is announced, whispered, recorded after both were told, bridged and ended', () => {
    const line = new Line({ whisper: 'Call from Google Ads' }).hears(...answeredCall());
    expect(line.kinds()).toEqual([
      'answer',
      'speak greeting',
      'playRingback',
      'dial',
      'stopPlayback',
      'speak whisper',
      'startRecording',
      'bridge',
    ]);
    expect(line.announced).toEqual(['answered', 'ended']);
    expect(outcomeOf(line.machine)).toBe('ANSWERED');
    expect(line.machine.noticeEndedAt).toBe(at(11).toISOString());
    expect(line.machine.recording?.state).toBe('SAVED');
  });

  it('never starts to record before the notice was spoken to its end', () => {
    const line = new Line().hears(event('answered', 1));
    line.hears(event('spoken', 3, { step: 'greeting', completed: false }));
    expect(line.kinds()).not.toContain('startRecording');
    line.hears(event('spoken', 4, { step: 'greeting' }), ...pickedUp());
    expect(line.kinds()).not.toContain('startRecording');
    line.hears(event('spoken', 10, { leg: 'destination', step: 'whisper', completed: false }));
    expect(line.kinds()).not.toContain('startRecording');
  });

  it('is not recorded when the end of either notice was never told', () => {
    const unheard = new Line().hears(event('answered', 1));
    unheard.takes({ kind: 'wake' }, 60).takes(alive, 61);
    unheard.hears(...pickedUp(), event('spoken', 70, { leg: 'destination', step: 'whisper' }));
    expect(unheard.kinds().at(-1)).toBe('bridge');
    expect(unheard.machine.recording).toBeNull();
    const unwhispered = dialled().hears(...pickedUp());
    unwhispered.takes({ kind: 'wake' }, 60).takes(alive, 61);
    expect(unwhispered.kinds().at(-1)).toBe('bridge');
    expect(unwhispered.machine.recording).toBeNull();
  });

  it('goes straight to the business when there is nothing to say', () => {
    const line = new Line({ greeting: null, record: false }).hears(event('answered', 1));
    expect(line.kinds()).toEqual(['answer', 'playRingback', 'dial']);
  });
});

describe('a call that the business does not take', () => {
  const upToDial = () =>
    new Line().hears(
      event('answered', 1),
      event('spoken', 5, { step: 'greeting' }),
      event('initiated', 6, { leg: 'destination', step: 'dial' }),
    );

  it('goes to voicemail, and a message of two seconds makes it one', () => {
    const line = upToDial().hears(
      event('hungUp', 26, { leg: 'destination', step: 'dial', cause: 'timeout' }),
      event('spoken', 31, { step: 'voicemail-greeting' }),
      event('hungUp', 40, { step: 'voicemail' }),
      event('recordingSaved', 41, { step: 'voicemail', ...recorded(31.5, 40) }),
    );
    expect(line.kinds().slice(-3)).toEqual([
      'stopPlayback',
      'speak voicemail-greeting',
      'startRecording',
    ]);
    expect(outcomeOf(line.machine)).toBe('VOICEMAIL');
    expect(line.machine.voicemail?.state).toBe('SAVED');
  });

  it('is missed when the message is shorter than two seconds', () => {
    const line = upToDial().hears(
      event('hungUp', 26, { leg: 'destination', step: 'dial', cause: 'timeout' }),
      event('spoken', 31, { step: 'voicemail-greeting' }),
      event('hungUp', 32, { step: 'voicemail' }),
      event('recordingSaved', 33, { step: 'voicemail', ...recorded(31, 32.5) }),
    );
    expect(outcomeOf(line.machine)).toBe('MISSED');
  });

  it('comes to the same whichever is told first: the end of an empty message, or of the call', () => {
    const [gone, saved] = [
      event('hungUp', 14, { step: 'voicemail', cause: 'originator_cancel' }),
      event('recordingSaved', 15, { step: 'voicemail', ...recorded(13, 14) }),
    ];
    const ends = (...last: CarrierEvent[]) =>
      outcomeOf(
        upToDial().hears(
          event('hungUp', 8, { leg: 'destination', step: 'dial', cause: 'user_busy' }),
          event('spoken', 13, { step: 'voicemail-greeting' }),
          ...last,
        ).machine,
      );
    expect([ends(gone, saved), ends(saved, gone)]).toEqual(['BUSY', 'BUSY']);
  });

  it('ends with a polite sentence, never silence, when there is no voicemail', () => {
    const line = new Line({ voicemailGreeting: null, greeting: null, record: false }).hears(
      event('answered', 1),
      event('initiated', 2, { leg: 'destination', step: 'dial' }),
      event('hungUp', 4, { leg: 'destination', step: 'dial', cause: 'user_busy' }),
      event('spoken', 9, { step: 'farewell' }),
      event('hungUp', 10, { step: 'hang-up' }),
    );
    expect(line.kinds().slice(-2)).toEqual(['speak farewell', 'hangUp']);
    expect(outcomeOf(line.machine)).toBe('BUSY');
  });

  it('is abandoned when the caller hangs up within 15 seconds, missed from 15 on', () => {
    const ends = (seconds: number) =>
      outcomeOf(upToDial().hears(event('hungUp', seconds, { step: 'record' })).machine);
    expect(ends(14.999)).toBe('ABANDONED');
    expect(ends(15)).toBe('MISSED');
  });

  it('hangs up on a business that answers after the caller has gone', () => {
    const line = upToDial().hears(
      event('hungUp', 10, { step: 'record' }),
      event('answered', 11, { leg: 'destination', step: 'dial' }),
    );
    expect(line.kinds().at(-1)).toBe('hangUp');
  });
});

describe('a carrier that refuses', () => {
  it('the greeting: the call goes on, unrecorded', () => {
    const line = new Line().hears(event('answered', 1)).refuses('speak', 2);
    expect(line.kinds()).toContain('dial');
    expect(line.kinds()).not.toContain('startRecording');
  });

  it('the dial: the caller is offered voicemail', () => {
    const line = dialled().refuses('dial', 6);
    expect(line.kinds().at(-1)).toBe('speak voicemail-greeting');
  });

  it('the bridge: the business is let go and the caller offered voicemail', () => {
    const line = dialled()
      .hears(
        event('initiated', 6, { leg: 'destination', step: 'dial' }),
        event('answered', 8, { leg: 'destination', step: 'dial' }),
        event('spoken', 9, { leg: 'destination', step: 'whisper' }),
      )
      .refuses('bridge', 10);
    expect(line.kinds().slice(-4)).toEqual([
      'hangUp',
      'stopPlayback',
      'stopRecording',
      'speak voicemail-greeting',
    ]);
  });

  it('the recording: the call goes on and the recording has failed with the reason', () => {
    const line = dialled()
      .hears(...pickedUp(), event('spoken', 10, { leg: 'destination', step: 'whisper' }))
      .refuses('startRecording', 11);
    expect(line.machine.recording).toMatchObject({ state: 'FAILED', failure: 'REFUSED' });
    expect(line.machine.phase).toBe('BRIDGING');
  });

  it('because the call has ended: the carrier is asked, and its word ends the call', () => {
    const line = new Line().refuses('answer', 2, 'ended');
    expect(line.asked).toBe(1);
    line.takes({ kind: 'status', alive: false, endedAt: at(1.5) }, 3);
    expect(line.announced).toEqual(['ended']);
    expect(line.machine.endedAt).toBe(at(1.5).toISOString());
  });
});

describe('a caller who is alive after a refusal', () => {
  it('is not cut off: the connection was refused, the voicemail greeting goes on', () => {
    const line = dialled({ whisper: null, record: false }).hears(
      event('initiated', 7, { leg: 'destination' }),
      event('answered', 9, { leg: 'destination' }),
    );
    line.refuses('bridge', 10);
    expect(line.asked).toBe(1);
    line.takes(alive, 11);
    expect(line.machine.phase).toBe('VOICEMAIL_GREETING');
    expect(line.kinds().at(-1)).toBe('speak voicemail-greeting');
  });

  it('is hung up on again only after a pause', () => {
    const line = new Line({ voicemailGreeting: null, greeting: null }).hears(event('answered', 1));
    line.refuses('dial', 2);
    line.hears(event('spoken', 4, { step: 'farewell' }));
    line.refuses('hangUp', 5);
    expect(line.asked).toBe(0);
    expect(line.machine.wakeAt).toBe(at(8).toISOString());
    line.takes({ kind: 'wake' }, 8).takes(alive, 9);
    expect(line.kinds().filter((kind) => kind === 'hangUp')).toHaveLength(2);
  });
});

describe('the time at which the business began to ring', () => {
  it('is the carrier’s, also when the answer to the dial or its pick-up came first', () => {
    const line = dialled();
    const dial = line.commands.findLast((one) => one.kind === 'dial');
    if (!dial) throw new Error('no dial was wanted');
    const result = { outcome: 'DONE' as const, answer: { controlId: 'control-b' } };
    line.takes({ kind: 'result', command: dial, result }, 30);
    line.hears(event('answered', 12, { leg: 'destination' }));
    line.hears(event('initiated', 7, { leg: 'destination' }));
    expect(line.machine.destination).toMatchObject({
      startedAt: at(7).toISOString(),
      answeredAt: at(12).toISOString(),
    });
  });
});

/** The carrier took a command, and says so. */
const took = (line: Line, kind: string, seconds: number) => {
  const command = line.commands.findLast((one) => one.kind === kind);
  if (!command) throw new Error(`no ${kind} was wanted`);
  return line.takes({ kind: 'result', command, result: { outcome: 'DONE', answer: {} } }, seconds);
};

describe('webhooks that never come', () => {
  it('of the pick-up by us: the caller who is there is greeted all the same', () => {
    const line = took(new Line(), 'answer', 1);
    line.takes({ kind: 'wake' }, 20).takes(alive, 21);
    expect(line.kinds()).toEqual(['answer', 'speak greeting']);
    expect(line.machine.caller.answeredAt).toBe(at(1).toISOString());
  });

  it('of the pick-up, and the answer to our command is lost too: it is answered again', () => {
    const line = new Line();
    line.takes({ kind: 'wake' }, 20).takes(alive, 21);
    expect(line.kinds()).toEqual(['answer', 'answer']);
    took(line, 'answer', 22).takes({ kind: 'wake' }, 26).takes(alive, 27);
    expect(line.kinds().at(-1)).toBe('speak greeting');
  });

  it('of the bridge: who still talk are told of, and the end says ANSWERED', () => {
    const line = dialled({ whisper: null, record: false }).hears(...pickedUp());
    took(line, 'bridge', 9).takes({ kind: 'wake' }, 20).takes(alive, 21);
    expect(line.announced).toEqual(['answered']);
    expect(line.machine.phase).toBe('TALKING');
    line.hears(event('hungUp', 300, { step: 'bridge' }));
    expect(outcomeOf(line.machine)).toBe('ANSWERED');
    expect(line.machine.bridgedAt).toBe(at(9).toISOString());
  });

  it('of the end of the voicemail greeting: the message is taken all the same', () => {
    const line = dialled().hears(
      event('initiated', 7, { leg: 'destination' }),
      event('hungUp', 8, { leg: 'destination', cause: 'user_busy' }),
    );
    line.takes({ kind: 'wake' }, 30).takes(alive, 31);
    expect(line.machine.phase).toBe('VOICEMAIL');
    expect(line.kinds().at(-1)).toBe('startRecording');
    expect(line.machine.steps.at(-2)).toMatchObject({
      ...{ name: 'voicemail-greeting', outcome: 'end not told' },
    });
    line.hears(event('spoken', 32, { step: 'voicemail-greeting' }));
    expect(line.kinds().filter((kind) => kind === 'startRecording')).toHaveLength(1);
  });

  it('of the bridge and of the end: the carrier’s word on the end says ANSWERED', () => {
    const line = dialled({ whisper: null, record: false }).hears(...pickedUp());
    took(line, 'bridge', 9).takes({ kind: 'wake' }, 400);
    line.takes({ kind: 'status', alive: false, endedAt: at(300) }, 401);
    expect(line.announced).toEqual(['answered', 'ended']);
    expect(outcomeOf(line.machine)).toBe('ANSWERED');
  });
});

describe('a carrier that falls silent', () => {
  it('is asked when nothing came in time, and a call that still lives goes on', () => {
    const line = new Line().hears(event('answered', 1));
    expect(line.machine.wakeAt).not.toBeNull();
    line.takes({ kind: 'wake' }, 60);
    expect(line.asked).toBe(1);
    line.takes({ kind: 'status', alive: true, endedAt: null }, 61);
    expect(line.machine.phase).toBe('DIALLING');
    expect(line.machine.recording).toBeNull();
  });

  it('and never answers is not asked for ever: past the longest that a call may last it has ended', () => {
    const line = new Line({ whisper: 'hello' }).hears(...answeredCall().slice(0, 7));
    const longest = 4.25 * 3_600;
    line.takes({ kind: 'wake' }, longest - 1);
    expect(line.machine.phase).toBe('TALKING');
    expect(line.asked).toBe(1);
    line.takes({ kind: 'wake' }, longest);
    expect(line.asked).toBe(1);
    expect(line.machine).toMatchObject({ phase: 'ENDED', wakeAt: null });
    expect(line.machine.caller.cause).toBe('unconfirmed');
    expect(outcomeOf(line.machine)).toBe('ANSWERED');
    // should the line be up all the same, nobody is left on it
    expect(line.kinds().slice(-2)).toEqual(['hangUp', 'hangUp']);
    expect(line.announced).toEqual(['answered', 'ended']);
  });

  it('wants to be woken in every phase but the last', () => {
    const line = new Line({ whisper: 'hello' });
    for (const one of answeredCall()) {
      line.hears(one);
      expect(line.machine.wakeAt === null).toBe(line.machine.phase === 'ENDED');
    }
  });
});

/** What must not depend on the order in which webhooks come. */
const ending = (machine: CallMachine) => ({
  outcome: outcomeOf(machine),
  bridgedAt: machine.bridgedAt,
  endedAt: machine.endedAt,
  recording: machine.recording?.state,
  phase: machine.phase,
});

describe('webhooks', () => {
  it('that come twice change nothing', () => {
    const once = new Line({ whisper: 'hello' }).hears(...answeredCall());
    const twice = new Line({ whisper: 'hello' });
    for (const one of answeredCall()) twice.hears(one, one);
    expect(ending(twice.machine)).toEqual(ending(once.machine));
    expect(twice.kinds()).toEqual(once.kinds());
  });

  it('that come after the end, in any order and number, lead to the same ending', () => {
    // up to the bridge each event is the answer to a command of ours, so only what follows can overtake
    const calls = answeredCall();
    const fixed = calls.slice(0, 5);
    const free = calls.slice(5);
    const ordered = ending(new Line({ whisper: 'hello' }).hears(...calls).machine);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...free, ...free], { minLength: free.length * 2 }),
        (disordered) => {
          const line = new Line({ whisper: 'hello' }).hears(...fixed);
          const bridge = line.commands.findLast((one) => one.kind === 'bridge');
          if (!bridge) throw new Error('no bridge was wanted');
          const result = { outcome: 'DONE' as const, answer: {} };
          line.takes({ kind: 'result', command: bridge, result }, 12);
          line.hears(...disordered);
          expect(ending(line.machine)).toEqual(ordered);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never bring an ended call back', () => {
    const line = new Line().hears(event('hungUp', 3));
    for (const one of answeredCall()) {
      const stepped = step(CALL, line.machine, { kind: 'carrier', event: one }, at(50));
      expect(stepped.machine.phase).toBe('ENDED');
    }
  });
});
