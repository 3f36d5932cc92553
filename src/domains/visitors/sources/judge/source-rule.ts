// A rule of a company, and whether it fits a visit. All comparisons are in small letters.

import { readText } from './read-text.ts';
import type { Place, Visit } from './read-visit.ts';
import type { UtmValues } from './utm-values.ts';

export const SOURCE_PARTS = [
  'LANDING_URL',
  'LANDING_PATH',
  'PARAMETER',
  'REFERRER_HOST',
  'REFERRER_URL',
  'UTM_SOURCE',
  'UTM_MEDIUM',
  'UTM_CAMPAIGN',
  'UTM_TERM',
  'UTM_CONTENT',
] as const;
export const SOURCE_MATCHES = ['EQUALS', 'CONTAINS', 'STARTS_WITH', 'EXISTS'] as const;

/** One thing that must be so. */
export interface SourceCondition {
  readonly part: (typeof SOURCE_PARTS)[number];
  /** the parameter's name, for PARAMETER only */
  readonly parameter: string | null;
  readonly match: (typeof SOURCE_MATCHES)[number];
  /** null for EXISTS only */
  readonly value: string | null;
}

/** What a company says of its visits: when all conditions hold, this is the source. */
export interface SourceRule {
  readonly id: string;
  readonly conditions: readonly SourceCondition[];
  readonly name: string;
  readonly medium: string;
  /** null = what utm_campaign says */
  readonly campaign: string | null;
}

/**
 * Judges one rule.
 * @returns null when it fits; else the first condition that does not hold
 */
export function failingCondition(
  { conditions }: Pick<SourceRule, 'conditions'>,
  visit: Visit,
  utm: UtmValues,
): SourceCondition | null {
  return conditions.find((condition) => !holds(condition, visit, utm)) ?? null;
}

/** A condition in words: utm_source is "spring". */
export function tellCondition({ part, parameter, match, value }: SourceCondition): string {
  const what = part === 'PARAMETER' ? `the parameter ${parameter}` : PART_NAMES[part];
  return value === null ? `${what} is there` : `${what} ${MATCH_NAMES[match]} "${value}"`;
}

const PART_NAMES: Record<SourceCondition['part'], string> = {
  LANDING_URL: 'the landing URL',
  LANDING_PATH: 'the landing path',
  PARAMETER: 'a parameter',
  REFERRER_HOST: 'the referrer’s host',
  REFERRER_URL: 'the referrer',
  UTM_SOURCE: 'utm_source',
  UTM_MEDIUM: 'utm_medium',
  UTM_CAMPAIGN: 'utm_campaign',
  UTM_TERM: 'utm_term',
  UTM_CONTENT: 'utm_content',
};
const MATCH_NAMES: Record<SourceCondition['match'], string> = {
  EQUALS: 'is',
  CONTAINS: 'contains',
  STARTS_WITH: 'begins with',
  EXISTS: 'is there',
};

function holds(condition: SourceCondition, { landing, referrer }: Visit, utm: UtmValues): boolean {
  const { part, match } = condition;
  if (part === 'PARAMETER' && match === 'EXISTS') {
    return landing?.parameters.has(parameterOf(condition)) ?? false;
  }
  const wanted = (condition.value ?? '').toLowerCase();
  const text = textOf(condition, landing, referrer, utm).toLowerCase();
  if (match === 'EXISTS' || !wanted) return text !== '';
  if (match === 'CONTAINS') return text.includes(wanted);
  if (match === 'STARTS_WITH') return text.startsWith(wanted);
  // a host stands for what is below it: yelp.com for m.yelp.com
  return text === wanted || (part === 'REFERRER_HOST' && text.endsWith(`.${wanted}`));
}

const parameterOf = ({ parameter }: SourceCondition) => (parameter ?? '').toLowerCase();

function textOf(
  condition: SourceCondition,
  landing: Place | null,
  referrer: Place | null,
  utm: UtmValues,
): string {
  switch (condition.part) {
    case 'LANDING_URL':
      return landing?.url ?? '';
    case 'LANDING_PATH':
      return landing?.path ?? '';
    case 'PARAMETER':
      return readText(landing?.parameters.get(parameterOf(condition)) ?? '');
    case 'REFERRER_HOST':
      return referrer?.host ?? '';
    case 'REFERRER_URL':
      return referrer?.url ?? '';
    case 'UTM_SOURCE':
      return utm.source;
    case 'UTM_MEDIUM':
      return utm.medium;
    case 'UTM_CAMPAIGN':
      return utm.campaign;
    case 'UTM_TERM':
      return utm.term;
    case 'UTM_CONTENT':
      return utm.content;
  }
}
