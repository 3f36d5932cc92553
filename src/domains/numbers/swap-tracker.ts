// A tracker as a website needs it: whose place its numbers take on the pages, and before which visitors.

/** When a source tracker is shown (product.md 2.4). The last four are printed elsewhere, so no page ever shows them. */
export type TrackerMatch =
  | { kind: 'ALWAYS' }
  /** the landing page's address contains this */
  | { kind: 'LANDING_URL'; landing: string }
  /** the landing page's address has this parameter: `promo` with any value, `promo=1` with this one */
  | { kind: 'LANDING_PARAMETER'; parameter: string }
  /** the referrer's host and path contain this as whole words: `yelp.com` is in m.yelp.com/biz, not in notyelp.com */
  | { kind: 'REFERRER'; referrer: string }
  | { kind: 'DIRECT' }
  | ({ kind: 'SEARCH' } & SearchMatch)
  | { kind: 'OFFLINE' }
  | { kind: 'GOOGLE_AD_EXTENSION' }
  | { kind: 'MOBILE_AD_EXTENSION' }
  | { kind: 'GOOGLE_BUSINESS_PROFILE' };

/** Visitors from a search. */
export interface SearchMatch {
  engine: 'GOOGLE' | 'YAHOO' | 'BING' | 'ALL';
  searchType: 'PAID' | 'ORGANIC' | 'ALL';
}

/** The visitors of a pool: those that any part fits; `inverted`: those that none fits. */
export interface PoolMatch {
  direct: boolean;
  searches: SearchMatch[];
  /** the landing page's address contains one of these */
  landings: string[];
  /** the referrer's host and path contain one of these, as whole words */
  referrers: string[];
  inverted: boolean;
}

/**
 * What a visitor sees when no number of the pool is free, no source tracker fitting either (product.md 4.5): the pool's
 * first number, which then stands for several visitors, or the number that the page shows by itself.
 */
export type PoolOverflow = 'FIRST_NUMBER' | 'ORIGINAL_NUMBER';

/** An active tracker of a company. */
export interface SwapTracker {
  id: string;
  name: string;
  type: 'SOURCE' | 'SESSION';
  createdAt: Date;
  source: { id: string; name: string; medium: string; campaign: string };
  /** the numbers on the pages in whose place its own are shown, E.164; at least one */
  targets: readonly string[];
  /** of a source tracker; null for pools */
  match: TrackerMatch | null;
  /** of a pool; null = all visitors */
  poolMatch: PoolMatch | null;
  /**
   * its numbers in service, E.164, oldest first; not those that are soon given back, which nobody is to be shown.
   * takesTexts: it is on the company's messaging profile, so texts to it arrive
   */
  numbers: readonly { id: string; number: string; takesTexts: boolean }[];
  /** of a pool; null for source trackers */
  overflow: PoolOverflow | null;
}
