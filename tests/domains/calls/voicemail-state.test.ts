// Where a message stands, after any moves.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  moveVoicemail,
  stateAfterCallback,
  type VoicemailStand,
} from '#domains/calls/voicemail-state.ts';

const NEW: VoicemailStand = {
  state: 'NEW',
  heardAt: null,
  heardBy: null,
  doneAt: null,
  doneBy: null,
};
const hand = (n: number) => ({ at: new Date(Date.UTC(2026, 2, 2, 15, n)), by: `user:${n}` });
const state = fc.constantFrom('NEW' as const, 'HEARD' as const, 'DONE' as const);

describe('moveVoicemail', () => {
  it('keeps who heard it first, and forgets everything when it is new again', () => {
    const heard = moveVoicemail(NEW, 'HEARD', hand(1));
    expect(heard).toEqual({ ...NEW, state: 'HEARD', heardAt: hand(1).at, heardBy: 'user:1' });
    const done = moveVoicemail(heard, 'DONE', hand(2));
    expect(done).toEqual({ ...heard, state: 'DONE', doneAt: hand(2).at, doneBy: 'user:2' });
    expect(moveVoicemail(done, 'HEARD', hand(3))).toEqual(heard);
    expect(moveVoicemail(done, 'NEW', hand(3))).toEqual(NEW);
    expect(moveVoicemail(NEW, 'DONE', hand(4)).heardAt).toBeNull();
  });

  it('ends where the last move says, with a hand for what it says and for nothing else', () => {
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 12 }), (moves) => {
        const end = moves.reduce((at, to, n) => moveVoicemail(at, to, hand(n)), NEW);
        expect(end.state).toBe(moves.at(-1));
        expect(end.doneAt !== null).toBe(end.state === 'DONE');
        expect([end.heardAt === null, end.doneAt === null]).toEqual([
          end.heardBy === null,
          end.doneBy === null,
        ]);
        if (end.state === 'HEARD') expect(end.heardAt).not.toBeNull();
        expect(moveVoicemail(end, end.state, hand(99))).toBe(end);
      }),
      { seed: 4 },
    );
  });
});

describe('stateAfterCallback', () => {
  it('is DONE for who was reached; else the message waits, but is not new', () => {
    expect(stateAfterCallback('NEW', 'REACHED')).toBe('DONE');
    for (const outcome of ['NO_ANSWER', 'LEFT_MESSAGE', 'WRONG_NUMBER'] as const) {
      expect(stateAfterCallback('NEW', outcome)).toBe('HEARD');
      expect(stateAfterCallback('DONE', outcome)).toBe('DONE');
    }
  });
});
