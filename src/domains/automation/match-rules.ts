// Which rules fire at a moment, and what all of them together come to. Rules are held against the facts as they stood
// before any of them acted, so none sees what another does, and a moment that is judged again comes to the same.
import type { ConditionJudgement, RuleFacts } from './match-conditions.ts';
import { matchConditionAt } from './match-moment.ts';
import type { RuleAction, RuleDefinition, RuleTrigger } from './rule-words.ts';

/** A rule to be judged. */
export interface JudgedRule
  extends Pick<RuleDefinition, 'companyIds' | 'triggers' | 'conditions' | 'actions'> {
  id: string;
  definitionVersion: number;
}

/** What became of a rule at a moment. */
export interface Verdict<Rule extends JudgedRule = JudgedRule> {
  rule: Rule;
  /** FIRED_BEFORE: it would fire, but this version has done so for this interaction, or this message of it */
  outcome: 'FIRED' | 'FIRED_BEFORE' | 'NOT_MET';
  /** condition by condition */
  conditions: ConditionJudgement[];
}

/** How a fired version of a rule is told from others. */
export function versionKey({
  id,
  definitionVersion,
}: Pick<JudgedRule, 'id' | 'definitionVersion'>): string {
  return `${id}:${definitionVersion}`;
}

/**
 * Judges rules at a moment of an interaction.
 * @param rules in the order in which they act; those of other moments and companies are passed over
 * @param fired the versions (`versionKey`) that have fired for this interaction; at a moment of a message, for that message
 */
export function matchRules<Rule extends JudgedRule>(
  rules: readonly Rule[],
  trigger: RuleTrigger,
  facts: RuleFacts,
  fired: ReadonlySet<string>,
): Verdict<Rule>[] {
  return rules
    .filter((rule) => isJudgedAt(rule, trigger, facts.companyId))
    .map((rule) => {
      const conditions = rule.conditions.map((one) => matchConditionAt(trigger, one, facts));
      const isMet = conditions.every((one) => one.isMet);
      const outcome = isMet ? (fired.has(versionKey(rule)) ? 'FIRED_BEFORE' : 'FIRED') : 'NOT_MET';
      return { rule, outcome, conditions };
    });
}

/**
 * Whether a rule looks at a moment of a company. A chat is opened by a message: who looks at messages looks at that one, and
 * not at the opening besides.
 */
export function isJudgedAt(
  rule: Pick<RuleDefinition, 'triggers' | 'companyIds'>,
  trigger: RuleTrigger,
  companyId: string,
): boolean {
  const isOther = trigger === 'CHAT_OPENED' && rule.triggers.includes('CHAT_MESSAGE_RECEIVED');
  return rule.triggers.includes(trigger) && !isOther && isOfCompany(rule, companyId);
}

/** Whether a rule looks at a company. */
export function isOfCompany(
  { companyIds }: { companyIds: readonly string[] },
  id: string,
): boolean {
  return companyIds.length === 0 || companyIds.includes(id);
}

/** What actions come to: of two that contradict each other, the later one stands. */
export interface Plan {
  add: string[];
  remove: string[];
  /** absent = left as it is */
  leadStatus?: Extract<RuleAction, { kind: 'SET_LEAD_STATUS' }>['leadStatus'];
  valueCents?: number;
  assigneeId?: string;
  /** the actions that a later one takes back, by their places */
  overruled: Set<number>;
  /** the actions that are left out, by their places */
  leftOut: ReadonlySet<number>;
}

/**
 * Sums up actions, in the order in which they are to be done.
 * @param leftOut the places of those that are left out; they contradict none of the others
 */
export function planActions(
  actions: readonly RuleAction[],
  leftOut: ReadonlySet<number> = new Set(),
): Plan {
  const plan: Plan = { add: [], remove: [], overruled: new Set(), leftOut };
  const tags = new Map<string, { isAdded: boolean; places: number[] }>();
  const settings = new Map<string, number[]>();
  for (const [n, action] of actions.entries()) {
    if (leftOut.has(n)) continue;
    if (action.kind === 'ADD_TAGS' || action.kind === 'REMOVE_TAGS') {
      const isAdded = action.kind === 'ADD_TAGS';
      for (const name of action.tags) {
        const before = tags.get(name);
        const places = before?.places ?? [];
        const stands = !before || before.isAdded === isAdded;
        if (!stands) for (const place of places) plan.overruled.add(place);
        tags.set(name, { isAdded, places: stands ? [...places, n] : [n] });
      }
      continue;
    }
    if (action.kind === 'SET_LEAD_STATUS') plan.leadStatus = action.leadStatus;
    else if (action.kind === 'SET_VALUE') plan.valueCents = action.valueCents;
    else if (action.kind === 'ASSIGN') plan.assigneeId = action.userId;
    else continue;
    const before = settings.get(action.kind) ?? [];
    for (const place of before) {
      if (!isSame(actions[place], action)) plan.overruled.add(place);
    }
    settings.set(action.kind, [...before, n]);
  }
  for (const [name, { isAdded }] of tags) (isAdded ? plan.add : plan.remove).push(name);
  return plan;
}

function isSame(one: RuleAction | undefined, other: RuleAction): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The sum of the points that actions give; null when none gives any. */
export function pointsOf(actions: readonly RuleAction[]): number | null {
  const given = actions.flatMap((action) => (action.kind === 'SCORE' ? [action.points] : []));
  return given.length === 0 ? null : given.reduce((sum, points) => sum + points, 0);
}
