// The leg's state machine: every phase against every input.
import { describe, expect, it } from 'vitest';
import { type Leg, type LegInput, type LegPhase, stepLeg } from '#sandbox/legs/machine.ts';

const NEW: Leg = {
  callControlId: 'v3:a',
  legId: 'leg',
  sessionId: 'session',
  connectionId: '1',
  direction: 'outgoing',
  from: '+12125550123',
  to: '+13125550155',
  startMs: 0,
  phase: 'new',
  clientState: null,
  answeredMs: null,
  endedMs: null,
  peer: null,
  parkAfterUnbridge: false,
  hangup: null,
};
const INPUTS: Record<LegInput['type'], LegInput> = {
  ring: { type: 'ring' },
  answer: { type: 'answer' },
  bridge: { type: 'bridge', peer: 'v3:b' },
  unbridge: { type: 'unbridge' },
  end: { type: 'end', cause: 'normal_clearing', source: 'callee' },
};
const WAY: Record<LegPhase, LegInput[]> = {
  new: [],
  ringing: [INPUTS.ring],
  answered: [INPUTS.ring, INPUTS.answer],
  bridged: [INPUTS.ring, INPUTS.answer, INPUTS.bridge],
  parked: [
    INPUTS.ring,
    INPUTS.answer,
    { type: 'bridge', peer: 'v3:b', park: true },
    INPUTS.unbridge,
  ],
  ended: [INPUTS.end],
};

function legIn(phase: LegPhase, base: Leg = NEW): Leg {
  return WAY[phase].reduce((leg, input) => {
    const step = stepLeg(leg, input, 5);
    if (step.refused !== undefined) throw new Error(step.refused);
    return step.leg;
  }, base);
}

const TABLE: [LegPhase, LegInput['type'], string][] = [
  ['new', 'ring', 'ringing call.initiated'],
  ['new', 'answer', 'refused not-ringing'],
  ['new', 'bridge', 'refused not-answered'],
  ['new', 'unbridge', 'refused not-bridged'],
  ['new', 'end', 'ended call.hangup'],
  ['ringing', 'ring', 'refused not-ringing'],
  ['ringing', 'answer', 'answered call.answered'],
  ['ringing', 'bridge', 'refused not-answered'],
  ['ringing', 'unbridge', 'refused not-bridged'],
  ['ringing', 'end', 'ended call.hangup'],
  ['answered', 'ring', 'refused not-ringing'],
  ['answered', 'answer', 'refused already-answered'],
  ['answered', 'bridge', 'bridged call.bridged'],
  ['answered', 'unbridge', 'refused not-bridged'],
  ['answered', 'end', 'ended call.hangup'],
  ['bridged', 'ring', 'refused not-ringing'],
  ['bridged', 'answer', 'refused already-answered'],
  ['bridged', 'bridge', 'bridged call.bridged'],
  ['bridged', 'unbridge', 'ended call.hangup'],
  ['bridged', 'end', 'ended call.hangup'],
  ['parked', 'ring', 'refused not-ringing'],
  ['parked', 'answer', 'refused already-answered'],
  ['parked', 'bridge', 'bridged call.bridged'],
  ['parked', 'unbridge', 'refused not-bridged'],
  ['parked', 'end', 'ended call.hangup'],
  ['ended', 'ring', 'refused ended'],
  ['ended', 'answer', 'refused ended'],
  ['ended', 'bridge', 'refused ended'],
  ['ended', 'unbridge', 'refused ended'],
  ['ended', 'end', 'refused ended'],
];

describe('a leg', () => {
  it.each(TABLE)('%s, then %s: %s', (phase, input, outcome) => {
    const leg = legIn(phase);
    expect(leg.phase).toBe(phase);
    const step = stepLeg(leg, INPUTS[input], 9);
    expect(
      step.refused === undefined ? `${step.leg.phase} ${step.announce}` : `refused ${step.refused}`,
    ).toBe(outcome);
  });

  it('is parked without a word when it was asked to stay after its bridge', () => {
    const step = stepLeg(legIn('bridged', { ...NEW, parkAfterUnbridge: true }), INPUTS.unbridge, 9);
    expect(step).toMatchObject({ leg: { phase: 'parked', peer: null }, announce: null });
  });

  it('tells no SIP cause on an incoming leg', () => {
    const step = stepLeg(
      legIn('ringing', { ...NEW, direction: 'incoming' }),
      { type: 'end', cause: 'user_busy', source: 'callee' },
      9,
    );
    expect(step).toMatchObject({
      leg: { endedMs: 9, hangup: { cause: 'user_busy', sipCause: 'unspecified' } },
    });
  });

  it('never changes the leg it was given', () => {
    const leg = Object.freeze(legIn('answered'));
    stepLeg(leg, INPUTS.bridge, 9);
    expect(leg.phase).toBe('answered');
  });
});
