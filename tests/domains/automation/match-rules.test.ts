// The judge of all rules at a moment: it ends, each version fires at most once, and neither doubled nor reordered moments
// change what fires.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isOfCompany,
  type JudgedRule,
  matchRules,
  planActions,
  pointsOf,
  versionKey,
} from '#domains/automation/match-rules.ts';
import { MOMENT_EVENTS, momentOf } from '#domains/automation/moments.ts';
import { type RuleAction, type RuleTrigger, TRIGGERS } from '#domains/automation/rule-words.ts';
import { condition, facts } from './facts.ts';

const action: fc.Arbitrary<RuleAction> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('ADD_TAGS' as const, 'REMOVE_TAGS' as const),
    tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
  }),
  fc.record({
    kind: fc.constant('SET_LEAD_STATUS' as const),
    leadStatus: fc.constantFrom('GOOD_LEAD' as const, 'NOT_A_LEAD' as const),
  }),
  fc.record({ kind: fc.constant('SET_VALUE' as const), valueCents: fc.nat(3) }),
  fc.record({ kind: fc.constant('SCORE' as const), points: fc.integer({ min: -9, max: 9 }) }),
);
const asked = fc.oneof(
  fc
    .constantFrom('ANSWERED', 'MISSED')
    .map((one) => condition({ about: 'OUTCOME', values: [one] })),
  fc.nat(120).map((minSeconds) => condition({ about: 'DURATION_SECONDS', minSeconds })),
  fc.constantFrom('a', 'b').map((tag) => condition({ about: 'TAG', values: [tag] })),
);
const rules: fc.Arbitrary<JudgedRule[]> = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('r1', 'r2', 'r3', 'r4', 'r5'),
    definitionVersion: fc.integer({ min: 1, max: 3 }),
    companyIds: fc.constantFrom([], ['c'], ['other']),
    triggers: fc.uniqueArray(fc.constantFrom(...TRIGGERS), { minLength: 1 }),
    conditions: fc.array(asked, { maxLength: 3 }),
    actions: fc.array(action, { minLength: 1, maxLength: 4 }),
  }),
  { selector: ({ id }) => id },
);
const moment = fc.record({
  trigger: fc.constantFrom(...TRIGGERS),
  facts: fc
    .record({
      outcome: fc.constantFrom('ANSWERED', 'MISSED', null),
      durationSeconds: fc.nat(120),
      tags: fc.subarray(['a', 'b']),
    })
    .map(facts),
});
type Moment = { trigger: RuleTrigger; facts: ReturnType<typeof facts> };

/** What fires when moments are judged one after the other, each remembering what fired before. */
function fires(all: readonly JudgedRule[], moments: readonly Moment[]): string[] {
  const fired: string[] = [];
  for (const one of moments) {
    const verdicts = matchRules(all, one.trigger, one.facts, new Set(fired));
    fired.push(
      ...verdicts.filter(({ outcome }) => outcome === 'FIRED').map(({ rule }) => versionKey(rule)),
    );
  }
  return fired;
}

describe('rules', () => {
  it('fire at most once each, however many moments come', () => {
    fc.assert(
      fc.property(rules, fc.array(moment, { maxLength: 20 }), (all, moments) => {
        const fired = fires(all, moments);
        expect(new Set(fired).size).toBe(fired.length);
        expect(fired.length).toBeLessThanOrEqual(all.length);
      }),
    );
  });

  it('fire the same when moments come twice, or in another order', () => {
    const shuffled = fc.array(moment, { maxLength: 8 }).chain((moments) =>
      fc.record({
        moments: fc.constant(moments),
        other: fc.shuffledSubarray([...moments, ...moments], { minLength: moments.length * 2 }),
      }),
    );
    fc.assert(
      fc.property(rules, shuffled, (all, { moments, other }) => {
        expect(fires(all, other).sort()).toEqual(fires(all, moments).sort());
      }),
    );
  });

  it('are told with every condition, met or not, and only where they look', () => {
    fc.assert(
      fc.property(rules, moment, (all, { trigger, facts: known }) => {
        const verdicts = matchRules(all, trigger, known, new Set());
        // the message that opens a chat is looked at as one
        const other = trigger === 'CHAT_OPENED' ? 'CHAT_MESSAGE_RECEIVED' : null;
        const looking = all.filter(
          ({ triggers, ...rule }) =>
            triggers.includes(trigger) &&
            !triggers.some((one) => one === other) &&
            isOfCompany(rule, 'c'),
        );
        expect(verdicts.map(({ rule }) => rule)).toEqual(looking);
        for (const { rule, conditions, outcome } of verdicts) {
          expect(conditions).toHaveLength(rule.conditions.length);
          expect(outcome === 'FIRED').toBe(conditions.every(({ isMet }) => isMet));
        }
      }),
    );
  });
});

describe('a plan', () => {
  it('ends as its actions would one after the other, and tells which were taken back', () => {
    fc.assert(
      fc.property(
        fc.array(action, { maxLength: 12 }),
        fc.subarray(['a', 'b', 'c']),
        (actions, tags) => {
          const plan = planActions(actions);
          const standing = { tags: new Set(tags), leadStatus: 'x', valueCents: -1 };
          for (const one of actions) {
            if (one.kind === 'ADD_TAGS') for (const tag of one.tags) standing.tags.add(tag);
            if (one.kind === 'REMOVE_TAGS') for (const tag of one.tags) standing.tags.delete(tag);
            if (one.kind === 'SET_LEAD_STATUS') standing.leadStatus = one.leadStatus;
            if (one.kind === 'SET_VALUE') standing.valueCents = one.valueCents;
          }
          const planned = new Set(
            [...tags, ...plan.add].filter((tag) => !plan.remove.includes(tag)),
          );
          expect([...planned].sort()).toEqual([...standing.tags].sort());
          expect(plan.leadStatus ?? 'x').toBe(standing.leadStatus);
          expect(plan.valueCents ?? -1).toBe(standing.valueCents);
          expect(plan.overruled.has(actions.length - 1)).toBe(false);
        },
      ),
    );
  });

  it('names what is overruled', () => {
    const { overruled } = planActions([
      { kind: 'ADD_TAGS', tags: ['a', 'b'] },
      { kind: 'SET_VALUE', valueCents: 1 },
      { kind: 'REMOVE_TAGS', tags: ['b'] },
      { kind: 'SET_VALUE', valueCents: 1 },
      { kind: 'SET_VALUE', valueCents: 2 },
    ]);
    expect([...overruled].sort()).toEqual([0, 1, 3]);
  });

  it('sums points up', () => {
    expect(pointsOf([])).toBeNull();
    expect(
      pointsOf([
        { kind: 'SCORE', points: 3 },
        { kind: 'SCORE', points: -5 },
      ]),
    ).toBe(-2);
  });
});

describe('moments', () => {
  it('are none of calls gone by that are read anew, nor of keywords of which none is left', () => {
    const spotted = (more: object) =>
      momentOf({ type: 'keyword.spotted', payload: { callId: 'x', hits: 1, ...more } });
    const read = (more: object) =>
      momentOf({ type: 'insight.ready', payload: { callId: 'x', insights: 2, ...more } });
    expect([spotted({})?.trigger, read({})?.trigger]).toEqual(['KEYWORD_SPOTTED', 'INSIGHT_READY']);
    expect([spotted({ hits: 0 }), spotted({ isPast: true }), read({ isPast: true })]).toEqual([
      ...[null, null, null],
    ]);
  });

  it('are none that a rule brings about', () => {
    const changes = ['tags', 'value', 'leadStatus', 'assignee', 'note'];
    const byRules = [
      ...(['call.updated', 'form.updated', 'conversation.updated', 'chat.updated'] as const),
      ...(['lead.updated', 'lead.qualified', 'rule.fired'] as const),
    ];
    for (const type of byRules)
      expect(momentOf({ type, payload: { callId: 'x', changes } })).toBeNull();
    expect(MOMENT_EVENTS).toContain('call.updated');
    expect(
      momentOf({ type: 'call.updated', payload: { callId: 'x', changes: ['outcome'] } }),
    ).toEqual({
      ...{ trigger: 'CALL_ENDED', interactionId: 'x', messageId: null },
    });
  });
});
