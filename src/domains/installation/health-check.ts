// The words of an installation's health: what is looked at, how it is, and one answer.

/** code → what is looked at. */
export const CHECKS = {
  SITE: 'Whether the website is made, switched on, and names its domains.',
  VISITS: 'Whether visits arrive from its pages.',
  DOMAINS: 'Whether visits arrive from each of the domains that it names.',
  ORIGINS: 'Whether pages elsewhere use its key, and were refused.',
  KEY: 'Whether pages still have a key that was replaced.',
  SCRIPT: 'Whether pages run the present version of the script.',
  CONSENT: 'How many visitors give no consent.',
  TRACKERS: 'Whether there is something to show: trackers with numbers in service.',
  TARGETS: 'Whether its pages show the numbers that others are to be shown in the place of.',
  SWAPS: 'Whether visitors of these pages are shown tracking numbers.',
  POOLS: 'Whether its pools have numbers for everybody.',
  PAGES: 'Whether the pages that the latest scan read have the script, with the right key.',
  POLICIES: 'Whether the policies of these pages let the script in.',
  PRINTED_NUMBERS: 'Whether these pages print tracking numbers themselves.',
} as const;
export type CheckCode = keyof typeof CHECKS;

/** state → what it means, the worst last. */
export const CHECK_STATES = {
  UNKNOWN: 'Nothing can be said yet.',
  WELL: 'As it should be.',
  NOTICE: 'Worth a look: it may be meant so.',
  FAULT: 'It is wrong: visits are not counted, calls are credited wrongly, or callers are lost.',
} as const;
export type CheckState = keyof typeof CHECK_STATES;

/** One thing that was looked at. */
export interface HealthCheck {
  code: CheckCode;
  state: CheckState;
  /** a plain sentence */
  message: string;
  /** null when there is nothing to do */
  whatToDo: string | null;
  /** up to five of what it is about: hosts, numbers, addresses, names */
  examples: readonly string[];
}

const MOST_EXAMPLES = 5;

/** Makes an answer. */
export function check(
  code: CheckCode,
  state: CheckState,
  message: string,
  whatToDo: string | null = null,
  examples: readonly string[] = [],
): HealthCheck {
  return {
    code,
    state,
    message,
    whatToDo,
    examples: examples.filter((one) => one !== '').slice(0, MOST_EXAMPLES),
  };
}

const RANK = Object.keys(CHECK_STATES) as CheckState[];

/** The worst state of these. */
export function worstOf(checks: readonly HealthCheck[]): CheckState {
  const worst = Math.max(0, ...checks.map(({ state }) => RANK.indexOf(state)));
  return RANK[worst] as CheckState;
}

/** How much, as it is said: 1 page, 3 pages. */
export function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
