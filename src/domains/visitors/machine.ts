// When a visit goes on with the visitor's session and when it begins another (product.md 4.4). Pure.
import { readVisit } from './sources/judge/read-visit.ts';

export const SESSION_IDLE_MS = 30 * 60_000;
export const SESSION_MOST_MS = 24 * 3_600_000;

/** Where a visit came from, as far as sessions are told apart by it. */
export interface Words {
  network: string;
  name: string;
  medium: string;
  campaign: string;
  term: string;
  content: string;
  clickIds: Readonly<Record<string, string>>;
}

export interface OpenSession extends Words {
  landingUrl: string;
  startedAt: Date;
  lastSeenAt: Date;
}

/** A visit, and what its site says of sources. */
export interface Arrival {
  /** of a visit that goes on: what it would be if there were nothing to go on with */
  words: Words;
  /** from the site itself, or back from where it sends visitors for a moment (payment, sign-in) */
  isKept: boolean;
  isDirect: boolean;
  isPaid: boolean;
  landingUrl: string;
  now: Date;
}

export interface SourceRules {
  cookieDays: number;
  paidClickOverrides: boolean;
  landingOverrideParameter: string | null;
}

/** Whether a session is over at this moment: 30 minutes after its last sign of life, and after 24 hours in any case. */
export function isOver(
  { startedAt, lastSeenAt }: Pick<OpenSession, 'startedAt' | 'lastSeenAt'>,
  now: Date,
): boolean {
  const idleMs = now.getTime() - lastSeenAt.getTime();
  return idleMs >= SESSION_IDLE_MS || now.getTime() - startedAt.getTime() >= SESSION_MOST_MS;
}

/**
 * Whether the visit begins a session.
 * @param session the visitor's latest; null = a new visitor
 * @returns true when that is over, when the visit comes from another source than it did, or when it lands with another
 *   value of the parameter that overrides sources. A direct visit without that never ends one
 */
export function beginsSession(
  session: OpenSession | null,
  arrival: Arrival,
  rules: Pick<SourceRules, 'landingOverrideParameter'>,
): boolean {
  if (!session || isOver(session, arrival.now)) return true;
  if (arrival.isKept) return false;
  // the same value is a reload, or a link that hands it on
  const override = overrideOf(arrival.landingUrl, rules);
  if (override !== undefined && override !== overrideOf(session.landingUrl, rules)) return true;
  if (arrival.isDirect) return false;
  return !isSameSource(session, arrival.words);
}

/**
 * Whether the visit that begins a session only goes on with what brought the visitor: it comes from the site itself, or by
 * the very click of a session before, as when a tab wakes.
 * @param before sessions of the visitor
 */
export function goesOn(before: readonly Pick<Words, 'clickIds'>[], arrival: Arrival): boolean {
  if (before.length === 0) return false;
  const { clickIds } = arrival.words;
  const isClick = Object.keys(clickIds).length > 0;
  return arrival.isKept || (isClick && before.some((one) => sameIds(one.clickIds, clickIds)));
}

/**
 * Whether the session that begins gives the visitor their source: the first one does, for the life of the cookie, which
 * each visit renews; a later one only where the site's settings say so (product.md 4.2).
 * @param visitor null = seen for the first time
 * @param isGoingOn see goesOn: what brought the visitor before overrides nothing
 */
export function setsSource(
  visitor: { lastSeenAt: Date } | null,
  arrival: Arrival,
  rules: SourceRules,
  isGoingOn: boolean,
): boolean {
  if (!visitor) return true;
  const awayMs = arrival.now.getTime() - visitor.lastSeenAt.getTime();
  if (awayMs >= rules.cookieDays * 86_400_000) return true;
  if (isGoingOn) return false;
  if (rules.paidClickOverrides && arrival.isPaid) return true;
  return overrideOf(arrival.landingUrl, rules) !== undefined;
}

/** The value of the parameter that overrides sources, '' for none; undefined where the address lacks it. */
function overrideOf(
  url: string,
  { landingOverrideParameter: parameter }: Pick<SourceRules, 'landingOverrideParameter'>,
): string | undefined {
  if (parameter === null) return undefined;
  return readVisit(url, null).landing?.parameters.get(parameter.toLowerCase());
}

function isSameSource(one: Words, other: Words): boolean {
  const keys = ['network', 'name', 'medium', 'campaign', 'term', 'content'] as const;
  return keys.every((key) => one[key] === other[key]) && sameIds(one.clickIds, other.clickIds);
}

function sameIds(one: Words['clickIds'], other: Words['clickIds']): boolean {
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every((name) => one[name] === other[name]);
}
