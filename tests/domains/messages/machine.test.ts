// How a text moves on by the carrier's words, in whatever order and however often they come.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MovingMessage, type Outcome, settleMessage } from '#domains/messages/machine.ts';

const at = new Date('2026-03-02T15:00:00.000Z');
const SENDING: MovingMessage = {
  ...{ state: 'SENDING', failure: null, carrierMessageId: null, segments: null },
};
const word = (kind: Outcome['kind'], more: Partial<Outcome> = {}): Outcome => ({
  ...{ kind, at, carrierMessageId: 'c1' },
  ...more,
});

const words = fc.array(
  fc.constantFrom(
    word('SENT'),
    word('SENT', { segments: 2 }),
    word('DELIVERED', { segments: 2 }),
    word('FAILED', { code: '40002' }),
    word('FAILED', { failure: 'UNCONFIRMED', carrierMessageId: null }),
  ),
  { maxLength: 8 },
);

describe('by any words', () => {
  it('one at a time comes to the same as all at once', () => {
    fc.assert(
      fc.property(words, (told) => {
        const once = settleMessage(SENDING, told);
        let message = SENDING;
        const passed = told.flatMap((one) => {
          const step = settleMessage(message, [one]);
          message = { ...message, ...step.after } as MovingMessage;
          return step.passed;
        });
        expect({ ...SENDING, ...once.after }).toMatchObject(message);
        expect(passed).toEqual(once.passed);
      }),
    );
  });

  it('is told as sent before it is delivered, as each at most once more than it was unconfirmed, and stays', () => {
    fc.assert(
      fc.property(words, (told) => {
        const { passed, after } = settleMessage(SENDING, told);
        const first = (state: 'SENT' | 'DELIVERED') => passed.indexOf(state);
        if (first('DELIVERED') >= 0) {
          expect(first('SENT')).toBeGreaterThanOrEqual(0);
          expect(first('SENT')).toBeLessThan(first('DELIVERED'));
          expect(after.state).toBe('DELIVERED');
        }
        for (const state of ['SENT', 'DELIVERED'] as const) {
          expect(passed.filter((one) => one === state).length).toBeLessThanOrEqual(1);
        }
        if (after.state) expect(after.dueAt).toBeNull();
        // the last that is told is how it stands
        expect(passed.at(-1)).toBe(after.state);
      }),
    );
  });
});

it.each([
  [[word('DELIVERED')], 'DELIVERED', ['SENT', 'DELIVERED']],
  [[word('DELIVERED'), word('SENT')], 'DELIVERED', ['SENT', 'DELIVERED']],
  [[word('SENT'), word('FAILED', { code: '40002' })], 'FAILED', ['SENT', 'FAILED']],
  [[word('DELIVERED'), word('FAILED')], 'DELIVERED', ['SENT', 'DELIVERED']],
  [[word('FAILED', { code: '40300' }), word('DELIVERED')], 'FAILED', ['FAILED']],
  [
    [word('FAILED', { failure: 'UNCONFIRMED' }), word('DELIVERED')],
    'DELIVERED',
    ['FAILED', 'SENT', 'DELIVERED'],
  ],
])('case %#', (told, state, expected) => {
  const { after, passed } = settleMessage(SENDING, told);
  expect(after.state).toBe(state);
  expect(passed).toEqual(expected);
  if (state !== 'FAILED') expect(after.failure ?? null).toBeNull();
});

it.each([
  ['40300', 'OPTED_OUT'],
  ['40010', 'A2P_NOT_REGISTERED'],
  ['40305', 'A2P_NOT_REGISTERED'],
  ['40309', 'DESTINATION_NOT_US_CA'],
  ['40317', 'MEDIA_INVALID'],
  ['40001', 'UNREACHABLE'],
  ['40003', 'BLOCKED_AS_SPAM'],
  ['40008', 'UNDELIVERED'],
  ['40002', 'BLOCKED_AS_SPAM'],
  ['99999', 'CARRIER_REFUSED'],
])('the carrier’s %s is %s', (code, failure) => {
  expect(settleMessage(SENDING, [word('FAILED', { code })]).after).toMatchObject({
    failure,
    carrierCode: code,
  });
});

it('what failed after it was sent, for a reason without a name, did not arrive', () => {
  const sent = { ...SENDING, state: 'SENT' as const };
  expect(settleMessage(sent, [word('FAILED', { code: '1' })]).after.failure).toBe('UNDELIVERED');
});
