// Whether a tracker is for a visit, by which rank, and how closely. Pure.

import type { PoolMatch, SearchMatch, SwapTracker, TrackerMatch } from '#domains/numbers/index.ts';
import { NETWORKS } from './judge/index-networks.ts';
import { readText } from './judge/read-text.ts';
import { readVisit } from './judge/read-visit.ts';
import type { SourceVerdict } from './judge/source-verdict.ts';
import { PAID_MEDIUMS } from './tables/medium-words.ts';
import { SEARCH_ENGINES } from './tables/search-engines.ts';

/** The first page of a session, and what was said of it. */
export interface SwapVisit {
  readonly landingUrl: string;
  /** '' = none */
  readonly referrer: string;
  readonly verdict: Pick<SourceVerdict, 'network' | 'medium'>;
}

/** The same, read once for all trackers: addresses are long and are written by anybody. */
interface ReadVisit {
  /** of the landing page */
  readonly address: string;
  /** the value of a parameter of the landing page, in small letters; undefined when it has none of that name */
  readonly textOf: (parameter: string) => string | undefined;
  /** null = none that can be read */
  readonly referrer: { readonly address: string; readonly hostAndPath: string } | null;
  readonly verdict: SwapVisit['verdict'];
}

/** Reads a visit. Never throws. */
export function readSwapVisit({ landingUrl, referrer, verdict }: SwapVisit): ReadVisit {
  const { landing, referrer: place } = readVisit(landingUrl, referrer);
  const values = new Map<string, string>();
  return {
    address: bare(landingUrl),
    textOf(parameter) {
      const raw = landing?.parameters.get(parameter);
      if (raw === undefined) return undefined;
      const value = values.get(parameter) ?? readText(raw).toLowerCase();
      values.set(parameter, value);
      return value;
    },
    referrer: place && {
      address: bare(place.url),
      hostAndPath: `${place.host}${place.path.toLowerCase()}`,
    },
    verdict,
  };
}

/** That a tracker is for a visit. */
export interface Fit {
  readonly rank: 1 | 2 | 3 | 4 | 5;
  /** how much of the visit the match names, in characters; of two in a rank the longer comes first */
  readonly length: number;
  /** in English */
  readonly reason: string;
}

/** The fit of a tracker; null when it is not for this visit, or is never shown on pages. */
export function fitTracker({ match, poolMatch, type }: SwapTracker, visit: ReadVisit): Fit | null {
  if (type === 'SESSION') return fitPool(poolMatch, visit);
  return match && fitSource(match, visit);
}

function fitSource(match: TrackerMatch, visit: ReadVisit): Fit | null {
  switch (match.kind) {
    case 'LANDING_URL':
      return found(
        1,
        inAddress(visit, match.landing),
        `the landing page’s address contains "${match.landing}"`,
      );
    case 'LANDING_PARAMETER':
      return found(
        1,
        inParameters(visit, match.parameter),
        `the landing page has the parameter ${match.parameter}`,
      );
    case 'REFERRER':
      return found(2, inReferrer(visit, match.referrer), `the referrer is ${match.referrer}`);
    case 'DIRECT':
      return isDirect(visit) ? { rank: 2, length: 0, reason: 'the visit is direct' } : null;
    case 'SEARCH':
      return fitSearch(match, visit);
    case 'ALWAYS':
      return { rank: 4, length: 0, reason: 'it is for every visit' };
    // printed elsewhere: no page shows them
    case 'OFFLINE':
    case 'GOOGLE_AD_EXTENSION':
    case 'MOBILE_AD_EXTENSION':
    case 'GOOGLE_BUSINESS_PROFILE':
      return null;
  }
}

/** The paid search of one engine is a specific referrer; every other search is a group, the narrower one first. */
function fitSearch(match: SearchMatch, visit: ReadVisit): Fit | null {
  if (!isSearch(match, visit)) return null;
  const { engine, searchType } = match;
  const isSpecific = engine !== 'ALL' && searchType === 'PAID';
  const narrowness = Number(engine !== 'ALL') * 2 + Number(searchType !== 'ALL');
  return {
    rank: isSpecific ? 2 : 3,
    length: isSpecific ? 0 : narrowness,
    reason: tellSearch(match),
  };
}

/** A pool fits by any of its parts; turned round, when none does. */
function fitPool(match: PoolMatch | null, visit: ReadVisit): Fit | null {
  if (!match) return { rank: 5, length: 0, reason: 'the pool is for all visitors' };
  const parts: (Fit | null)[] = [
    match.direct && isDirect(visit) ? { rank: 5, length: 0, reason: 'the visit is direct' } : null,
    ...match.searches.map((search) =>
      isSearch(search, visit) ? { rank: 5 as const, length: 0, reason: tellSearch(search) } : null,
    ),
    ...match.landings.map((landing) =>
      found(5, inAddress(visit, landing), `the landing page’s address contains "${landing}"`),
    ),
    ...match.referrers.map((referrer) =>
      found(5, inReferrer(visit, referrer), `the referrer is ${referrer}`),
    ),
  ];
  const [best] = parts.filter((part) => part !== null).sort((a, b) => b.length - a.length);
  if (!match.inverted) return best ?? null;
  return best ? null : { rank: 5, length: 0, reason: 'none of what the pool leaves out is so' };
}

function found(rank: Fit['rank'], length: number, reason: string): Fit | null {
  return length > 0 ? { rank, length, reason } : null;
}

const isDirect = ({ verdict }: ReadVisit) => verdict.network === 'Direct';

const ENGINES = { GOOGLE: 'Google', YAHOO: 'Yahoo', BING: 'Bing' } as const;

function isSearch({ engine, searchType }: SearchMatch, { verdict }: ReadVisit): boolean {
  const { network, medium } = verdict;
  const isEngine =
    engine === 'ALL'
      ? NETWORKS.byName(network)?.room === SEARCH_ENGINES
      : network === ENGINES[engine];
  const [isPaid, isOrganic] = [PAID_MEDIUMS.has(medium), medium === 'organic'];
  if (!isEngine) return false;
  if (searchType === 'ALL') return isPaid || isOrganic;
  return searchType === 'PAID' ? isPaid : isOrganic;
}

function tellSearch({ engine, searchType }: SearchMatch): string {
  const type = { PAID: 'a paid', ORGANIC: 'an organic', ALL: 'a paid or organic' }[searchType];
  const where = engine === 'ALL' ? 'any search engine' : ENGINES[engine];
  return `the visit comes from ${type} search on ${where}`;
}

/** The length of the text when the landing page's address contains it, else 0; scheme, www. and capitals do not matter. */
function inAddress({ address }: ReadVisit, text: string): number {
  const wanted = bare(text);
  return wanted && address.includes(wanted) ? wanted.length : 0;
}

/** The length of `name` or `name=value` when the landing page has that parameter, else 0. */
function inParameters({ textOf }: ReadVisit, parameter: string): number {
  const [name = '', ...value] = parameter.replace(/^[?&]/, '').split('=');
  const wanted = value.join('=').trim().toLowerCase();
  const given = textOf(name.trim().toLowerCase());
  if (given === undefined) return 0;
  return !wanted || given === wanted ? bare(parameter).length : 0;
}

/**
 * The length of the text when the referrer's host and path contain it as whole words, else 0: `yelp.com` is in
 * m.yelp.com/biz, not in notyelp.com, nor in what somebody searched for.
 */
function inReferrer({ referrer }: ReadVisit, text: string): number {
  const wanted = bare(text).replace(/\/+$/, '');
  if (!referrer || !wanted) return 0;
  const address = wanted.includes('?') ? referrer.address : referrer.hostAndPath;
  return holdsWords(address, wanted) ? wanted.length : 0;
}

function holdsWords(address: string, wanted: string): boolean {
  const isPartOfWord = (edge: string, inner: string) => WORD.test(edge) && WORD.test(inner);
  for (let at = address.indexOf(wanted); at >= 0; at = address.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    const begins = !isPartOfWord(address.charAt(at - 1), wanted.charAt(0));
    if (begins && !isPartOfWord(address.charAt(end), wanted.charAt(wanted.length - 1))) return true;
  }
  return false;
}

const WORD = /[\p{L}\p{N}]/u;

function bare(address: string): string {
  return address
    .trim()
    .toLowerCase()
    .replace(/^[a-z-]+:\/\//, '')
    .replace(/^www\./, '');
}
