// The words of rules: when they are judged, what they ask, what they do. Stored as JSON in these shapes.

/** When rules are judged. None of these moments is brought about by a rule: that is what keeps rules from running in circles. */
export const TRIGGERS = [
  'CALL_ENDED',
  'KEYWORD_SPOTTED',
  'INSIGHT_READY',
  'MESSAGE_RECEIVED',
  'FORM_SUBMITTED',
  'CHAT_OPENED',
  'CHAT_MESSAGE_RECEIVED',
  'CHAT_ENDED',
] as const;
export type RuleTrigger = (typeof TRIGGERS)[number];

/** What a condition can ask about. */
export const CONDITION_SUBJECTS = [
  'KIND',
  'DIRECTION',
  'OUTCOME',
  'TRACKER',
  'SOURCE',
  'MEDIUM',
  'CAMPAIGN',
  'LANDING_PAGE',
  'REFERRER',
  'SEARCH_KEYWORD',
  'ACTIVE_PAGE',
  'DURATION_SECONDS',
  'FIRST_CONTACT',
  'LEAD_STATUS',
  'TAG',
  'KEYWORD',
  'KEYWORD_SET',
  'LEAD_SCORE',
  'SIGNAL',
  'FORM_FIELD',
  'TEXT',
] as const;
export type ConditionSubject = (typeof CONDITION_SUBJECTS)[number];

/** What is not known before the interaction is attributed. */
export const OF_ATTRIBUTION: ReadonlySet<ConditionSubject> = new Set([
  'SOURCE',
  'MEDIUM',
  'CAMPAIGN',
  'LANDING_PAGE',
  'REFERRER',
  'SEARCH_KEYWORD',
  'ACTIVE_PAGE',
]);

/** What is looked for in a call's words by a job that runs beside the one that reads them for insights. */
export const OF_KEYWORDS: ReadonlySet<ConditionSubject> = new Set(['KEYWORD', 'KEYWORD_SET']);

/** One condition, as it is kept. */
export interface RuleCondition {
  about: ConditionSubject;
  /** any one of these; UUIDs where it is about things of the account */
  values: string[];
  /** of DURATION_SECONDS; null = no bound */
  minSeconds: number | null;
  maxSeconds: number | null;
  /** of FORM_FIELD: the field's name; null = any field */
  field: string | null;
  /** it holds where it would not */
  isNot: boolean;
}

/** One action, as it is kept. */
export type RuleAction =
  | { kind: 'ADD_TAGS' | 'REMOVE_TAGS'; tags: string[] }
  | { kind: 'SET_LEAD_STATUS'; leadStatus: 'GOOD_LEAD' | 'NOT_A_LEAD' | 'NOT_SCORED' }
  | { kind: 'SET_VALUE'; valueCents: number }
  | { kind: 'SCORE'; points: number }
  | { kind: 'NOTIFY'; userIds: string[] }
  | { kind: 'ASSIGN'; userId: string }
  | { kind: 'WEBHOOK'; endpointIds: string[] };
export type RuleActionKind = RuleAction['kind'];

/**
 * What stays on the interaction. One version of a rule does it once, however many messages it fires for: people go on from
 * there, and the next text is no reason to undo what they did.
 */
export const LASTING: ReadonlySet<RuleActionKind> = new Set([
  'ADD_TAGS',
  'REMOVE_TAGS',
  'SET_LEAD_STATUS',
  'SET_VALUE',
  'ASSIGN',
]);

/** What of a rule makes its version. */
export interface RuleDefinition {
  name: string;
  /** empty = every company */
  companyIds: string[];
  triggers: RuleTrigger[];
  conditions: RuleCondition[];
  actions: RuleAction[];
}
