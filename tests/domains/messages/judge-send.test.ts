// The rules of sending: each at its boundary, and all of them in one order.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STANDARD_LIMITS } from '#domains/agents/index.ts';
import { LIMIT_NAMES, type LimitName, MESSAGE_LIMITS } from '#domains/agents/message-limits.ts';
import { holdsSending, judgeSend, type SendState } from '#domains/messages/judge-send.ts';

const NOON = new Date('2026-03-02T18:00:00.000Z');
const HOUR = 3_600_000;
const before = (ms: number) => new Date(NOON.getTime() - ms);
const usage = (messages: number) => ({
  ...{ messages, sent: messages, received: 0, limit: 5_000, resetsAt: new Date('2026-04-01') },
});

/** Nothing stands against it: they wrote an hour ago. */
const FINE: SendState = {
  ...{ at: NOON, kind: 'PERSONAL', agent: { usage: usage(0) }, isRegistered: true },
  ...{ from: '+14155550100', to: '+13125550155', mediaFault: null, limits: STANDARD_LIMITS },
  textsToTerritories: false,
  consent: { optedOutAt: null, optedInAt: null, lastInboundAt: before(HOUR), heldForReview: false },
  traffic: { inbound: 10, outbound: 0 },
  same: { inHour: 0, inDay: 0 },
  begun: { isNew: false, texts: 0, conversations: 0 },
  heldSince: null,
  pace: { agentInMinute: 0, inHour: 0, inDay: 0 },
};
const OPTED_IN = { ...FINE.consent, optedInAt: before(HOUR), lastInboundAt: null };
const codes = (state: Partial<SendState>) =>
  judgeSend({ ...FINE, ...state }).map(({ code }) => code);

/** What breaks each rule and no other, in the order of rules.md. */
const BREAKS: [code: string, state: Partial<SendState>][] = [
  ['LEAD_CENTER_REQUIRED', { agent: null }],
  ['DESTINATION_NOT_US_CA', { to: '+18765550155' }],
  ['TOLL_FREE_NOT_ALLOWED', { to: '+18005550155' }],
  ['OPTED_OUT', { consent: { ...FINE.consent, optedOutAt: before(1) } }],
  ['A2P_NOT_REGISTERED', { isRegistered: false }],
  ['NO_CONSENT', { consent: { ...FINE.consent, lastInboundAt: null } }],
  ['QUIET_HOURS', { at: new Date('2026-03-03T06:00:00.000Z'), consent: OPTED_IN }],
  ['AGENT_MESSAGES_EXHAUSTED', { agent: { usage: usage(5_000) } }],
  ['INBOUND_RATIO_LOW', { traffic: { inbound: 0, outbound: 49 }, consent: OPTED_IN }],
  ['BULK_MESSAGING', { same: { inHour: 25, inDay: 25 } }],
  ['RATE_LIMITED', { pace: { agentInMinute: 0, inHour: 150, inDay: 150 } }],
  ['MEDIA_INVALID', { mediaFault: 'It is a program.' }],
];

it('lets go what nothing stands against', () => {
  expect(codes({})).toEqual([]);
});

it.each(BREAKS)('%s is told alone where it alone is broken', (code, state) => {
  const told: string[] = codes(state);
  expect(told.includes(code)).toBe(true);
  // whoever never wrote is begun with: only then do two of the rules look at it
  expect(told.filter((one) => one !== code && one !== 'NO_CONSENT')).toEqual([]);
});

it('told together they come in the order of the rules, whichever they are', () => {
  const order = BREAKS.map(([code]) => code);
  fc.assert(
    fc.property(fc.subarray(BREAKS), (broken) => {
      const told = codes(Object.assign({}, ...broken.map(([, state]) => state)));
      const places = told.map((code) =>
        order.indexOf(code.replace('CONSENT_EXPIRED', 'NO_CONSENT')),
      );
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(new Set(told).size).toBe(told.length);
    }),
  );
});

describe('at the boundary', () => {
  it.each([
    [24 * HOUR - 1, []],
    [24 * HOUR, ['CONSENT_EXPIRED']],
  ])('%i ms after they wrote', (ms, expected) => {
    expect(codes({ consent: { ...FINE.consent, lastInboundAt: before(ms) } })).toEqual(expected);
  });

  it.each([
    [4_999, []],
    [5_000, ['AGENT_MESSAGES_EXHAUSTED']],
  ])('%i messages of the agent', (messages, expected) => {
    expect(codes({ agent: { usage: usage(messages) } })).toEqual(expected);
  });

  // for the state after the send, from 50 on, in whole numbers: 5 × inbound ≥ all (L05)
  it.each([
    [0, 48, []],
    [0, 49, ['INBOUND_RATIO_LOW']],
    [50, 199, []],
    [50, 200, ['INBOUND_RATIO_LOW']],
    [51, 203, []],
    [51, 204, ['INBOUND_RATIO_LOW']],
  ])('%i in, %i out before', (inbound, outbound, expected) => {
    const traffic = { inbound, outbound };
    expect(codes({ traffic, consent: OPTED_IN })).toEqual(expected);
    expect(codes({ traffic }), 'an answer goes').toEqual([]);
  });

  it.each([
    [{ same: { inHour: 24, inDay: 99 } }, []],
    [{ same: { inHour: 24, inDay: 100 } }, ['BULK_MESSAGING']],
    [{ pace: { agentInMinute: 59, inHour: 149, inDay: 999 } }, []],
    [{ pace: { agentInMinute: 60, inHour: 149, inDay: 999 } }, ['BULK_MESSAGING']],
    [{ pace: { agentInMinute: 59, inHour: 149, inDay: 1_000 } }, ['RATE_LIMITED']],
  ])('%j', (state, expected) => {
    expect(codes(state)).toEqual(expected);
  });

  // more than half of what goes in a day begin conversations, from 200 on; and what is held by that (L12)
  it.each([
    [{ begun: { isNew: true, texts: 198, conversations: 198 } }, []],
    [{ begun: { isNew: true, texts: 199, conversations: 99 } }, []],
    [{ begun: { isNew: true, texts: 199, conversations: 100 } }, ['BULK_MESSAGING']],
    [{ begun: { isNew: false, texts: 199, conversations: 199 } }, []],
    [{ heldSince: new Date('2026-03-02T17:00:00.000Z') }, ['BULK_MESSAGING']],
  ])('%j', (state, expected) => {
    const [refusal] = judgeSend({ ...FINE, ...state, consent: OPTED_IN });
    expect(refusal ? [refusal.code] : []).toEqual(expected);
    // what was refused while all was held must not hold anew what is released meanwhile
    const isTried = expected.length > 0 && !('heldSince' in state);
    expect(refusal ? holdsSending(refusal) : false, 'it holds').toBe(isTried);
    expect(codes(state), 'an answer goes').toEqual([]);
  });
});

describe('an account’s own limits', () => {
  const limits = fc.record(
    Object.fromEntries(
      LIMIT_NAMES.map((name) => {
        const { least: min, most: max } = MESSAGE_LIMITS[name];
        return [name, fc.integer({ min, max })];
      }),
    ) as Record<LimitName, fc.Arbitrary<number>>,
  );
  const first = (state: Partial<SendState>) => judgeSend({ ...FINE, ...state })[0];

  it('are kept to the last text, and told', () => {
    const none = { agentInMinute: 0, inHour: 0, inDay: 0 };
    fc.assert(
      fc.property(limits, (own) => {
        const { agentInMonth, agentInMinute, accountInHour, accountInDay } = own;
        const { samePeopleInHour, samePeopleInDay } = own;
        const of = (messages: number) => ({
          agent: { usage: { ...usage(messages), limit: agentInMonth } },
        });
        const edges: [string, number, (n: number) => Partial<SendState>][] = [
          ['AGENT_MESSAGES_EXHAUSTED', agentInMonth, of],
          ['BULK_MESSAGING', samePeopleInHour, (n) => ({ same: { inHour: n, inDay: 0 } })],
          ['BULK_MESSAGING', samePeopleInDay, (n) => ({ same: { inHour: 0, inDay: n } })],
          ['BULK_MESSAGING', agentInMinute, (n) => ({ pace: { ...none, agentInMinute: n } })],
          ['RATE_LIMITED', accountInHour, (n) => ({ pace: { ...none, inHour: n } })],
          ['RATE_LIMITED', accountInDay, (n) => ({ pace: { ...none, inDay: n } })],
        ];
        for (const [code, limit, state] of edges) {
          expect(first({ limits: own, ...state(limit - 1) })).toBeUndefined();
          expect(first({ limits: own, ...state(limit) })).toMatchObject({
            code,
            figures: { limit, current: limit },
          });
        }
      }),
      { seed: 11 },
    );
  });

  it('of the share of inbound texts are kept in whole numbers', () => {
    fc.assert(
      fc.property(limits, fc.nat(400), (own, inbound) => {
        const { inboundPercent, ratioFrom } = own;
        // as many as leave the share: inbound × 100 ≥ (inbound + outbound) × percent
        const most = Math.floor((inbound * 100) / inboundPercent) - inbound;
        const last = Math.max(most, ratioFrom - 1);
        const at = (outbound: number) =>
          first({
            ...{ limits: { ...own, earliestHour: 8, latestHour: 21 }, consent: OPTED_IN },
            traffic: { inbound, outbound: outbound - 1 },
          });
        expect(at(last)).toBeUndefined();
        expect(at(last + 1)).toMatchObject({
          code: 'INBOUND_RATIO_LOW',
          figures: { limit: inboundPercent },
        });
      }),
      { seed: 12 },
    );
  });
});

const CARIBBEAN =
  '876 658 809 829 849 242 246 264 268 284 345 441 473 649 664 721 758 767 784 868 869';
const TERRITORIES = '787 939 340 671 684 670';
it.each(`${CARIBBEAN} ${TERRITORIES}`.split(' '))(
  '+1 %s is not of the US or Canada, either end',
  (code) => {
    const number = `+1${code}5550155`;
    expect(codes({ to: number })).toContain('DESTINATION_NOT_US_CA');
    expect(codes({ from: number })).toContain('DESTINATION_NOT_US_CA');
  },
);

it.each(TERRITORIES.split(' '))(
  'an account can have texts go to the territory of +1 %s, in its own hours of the day',
  (code) => {
    const number = `+1${code}5550155`;
    const open = { textsToTerritories: true, limits: STANDARD_LIMITS };
    expect(codes({ ...open, to: number, from: number })).toEqual([]);
    expect(codes({ ...open, to: '+18765550155' })).toEqual(['DESTINATION_NOT_US_CA']);
    const told = judgeSend({ ...FINE, to: number })[0]?.message;
    expect(told).toContain('textsToTerritories');
    // noon in Chicago: two in the afternoon in San Juan, seven in the morning in Pago Pago, four at night on Guam
    const isNight = ['670', '671', '684'].includes(code);
    expect(codes({ ...open, to: number, consent: OPTED_IN })).toEqual(
      isNight ? ['QUIET_HOURS'] : [],
    );
  },
);

it.each(['800', '822', '833', '844', '855', '866', '877', '888'])(
  '%s is toll-free, either end',
  (code) => {
    const number = `+1${code}5550155`;
    expect(codes({ to: number })).toContain('TOLL_FREE_NOT_ALLOWED');
    expect(codes({ from: number })).toContain('TOLL_FREE_NOT_ALLOWED');
  },
);

it('what the service answers by itself keeps to the rules of where and by whom alone', () => {
  const all = Object.assign({}, ...BREAKS.map(([, state]) => state), { to: '+13125550155' });
  expect(codes({ ...all, kind: 'OPT_OUT_CONFIRMATION' })).toEqual(['A2P_NOT_REGISTERED']);
});

it('quiet hours tell when to try again', () => {
  const at = new Date('2026-03-03T06:00:00.000Z');
  const [refusal] = judgeSend({ ...FINE, at, consent: OPTED_IN });
  expect(refusal?.figures.retryAt?.toISOString()).toBe('2026-03-03T14:00:00.000Z');
});
