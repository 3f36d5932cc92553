// What is known of an interaction, for the pure judge: a call that was answered, unless told otherwise.
import type { RuleFacts } from '#domains/automation/match-conditions.ts';
import type { RuleCondition } from '#domains/automation/rule-words.ts';

export const TRACKER = '0190a000-0000-7000-8000-0000000000f1';
export const SET = '0190a000-0000-7000-8000-0000000000f2';

export const facts = (more: Partial<RuleFacts> = {}): RuleFacts => ({
  kind: 'CALL',
  companyId: 'c',
  source: 'Google Ads',
  medium: 'cpc',
  campaign: null,
  landingPage: 'https://www.garage.example/Doors?promo=Spring',
  referrer: 'https://search.example/',
  searchKeyword: 'Garage door repair',
  activePage: 'https://www.garage.example/prices',
  leadStatus: 'NOT_SCORED',
  tags: ['Booked'],
  trackerId: TRACKER,
  isFirst: true,
  direction: 'INBOUND',
  outcome: 'ANSWERED',
  durationSeconds: 92,
  hits: [{ setId: SET, keyword: 'leak', count: 2 }],
  leadScore: 'GOOD',
  signals: ['APPOINTMENT_BOOKED'],
  fields: [],
  texts: [],
  ...more,
});

export const condition = (more: Partial<RuleCondition> & Pick<RuleCondition, 'about'>) => ({
  values: [],
  minSeconds: null,
  maxSeconds: null,
  field: null,
  isNot: false,
  ...more,
});
