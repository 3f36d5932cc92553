// What a condition finds at a moment: what is looked for in a call's words comes after the call has ended. Pure.
import { type ConditionJudgement, matchCondition, type RuleFacts } from './match-conditions.ts';
import type { ConditionSubject, RuleCondition, RuleTrigger } from './rule-words.ts';

/** The moments of a call before which nobody has looked for these, and those at which somebody has. */
const LOOKED_FOR: { [About in ConditionSubject]?: { before: RuleTrigger[]; at: RuleTrigger[] } } = {
  KEYWORD: { before: ['CALL_ENDED'], at: ['KEYWORD_SPOTTED', 'INSIGHT_READY'] },
  KEYWORD_SET: { before: ['CALL_ENDED'], at: ['KEYWORD_SPOTTED', 'INSIGHT_READY'] },
  LEAD_SCORE: { before: ['CALL_ENDED', 'KEYWORD_SPOTTED'], at: ['INSIGHT_READY'] },
  SIGNAL: { before: ['CALL_ENDED', 'KEYWORD_SPOTTED'], at: ['INSIGHT_READY'] },
};

/** The moments of a call at which a condition can be asked; empty where nothing keeps it from being asked at any. */
export const momentsOf = (about: ConditionSubject): readonly RuleTrigger[] =>
  LOOKED_FOR[about]?.at ?? [];

/** Whether at a moment of a call nobody has looked yet for what a condition asks about. */
export function isTooEarly(trigger: RuleTrigger, about: ConditionSubject): boolean {
  return LOOKED_FOR[about]?.before.includes(trigger) ?? false;
}

/**
 * Judges one condition at a moment. Rules of before may ask for what is looked for after it: they go by what there is, and are
 * explained by that.
 */
export function matchConditionAt(
  trigger: RuleTrigger,
  condition: RuleCondition,
  facts: RuleFacts,
): ConditionJudgement {
  const judged = matchCondition(condition, facts);
  if (!isTooEarly(trigger, condition.about)) return judged;
  const then = matchCondition(condition, factsAt(trigger, facts));
  if (then.actual !== judged.actual) return judged;
  return { ...judged, actual: `not known yet at ${trigger}` };
}

/** What was known at a moment that has gone by: facts without what is looked for after it. */
export function factsAt(trigger: RuleTrigger, facts: RuleFacts): RuleFacts {
  return {
    ...facts,
    ...(isTooEarly(trigger, 'KEYWORD') && { hits: [] }),
    ...(isTooEarly(trigger, 'SIGNAL') && { leadScore: null, signals: [] }),
  };
}
