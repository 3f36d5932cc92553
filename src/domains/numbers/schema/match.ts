// The visitors that a tracker is shown to, as it is asked for and as it stands.
import { builder } from '#graphql/builder.ts';
import type { PoolMatch, SearchMatch, TrackerMatch } from '../swap-tracker.ts';

const TrackerMatchKind = builder.enumType('TrackerMatchKind', {
  description:
    'What a visitor must have come by to be shown a source tracker. Where several fit, the more exact goes first: the landing page, then the one referrer, then groups of referrers, then ALWAYS, then session trackers.',
  values: {
    ALWAYS: { description: 'Anything: shown to all that no other tracker fits.' },
    LANDING_URL: { description: 'A landing page whose address contains `landing`.' },
    LANDING_PARAMETER: { description: 'A landing page whose address has `parameter`.' },
    REFERRER: {
      description:
        'A page whose host and path contain `referrer` as whole words: yelp.com is in m.yelp.com/biz, not in notyelp.com.',
    },
    DIRECT: { description: 'Nothing: the address was typed, or is a bookmark.' },
    SEARCH: { description: 'A search, by `engine` and `searchType`.' },
    OFFLINE: { description: 'Never shown on a page: printed, painted, spoken.' },
    GOOGLE_AD_EXTENSION: { description: 'Never shown on a page: it stands in Google’s ad.' },
    MOBILE_AD_EXTENSION: {
      description: 'Never shown on a page: it stands in an ad on telephones.',
    },
    GOOGLE_BUSINESS_PROFILE: {
      description: 'Never shown on a page: it stands in the Google Business Profile.',
    },
  } as const,
});

const TrackerSearchEngine = builder.enumType('TrackerSearchEngine', {
  description: 'Whose search a visitor came by.',
  values: {
    GOOGLE: { description: 'Google.' },
    YAHOO: { description: 'Yahoo.' },
    BING: { description: 'Bing.' },
    ALL: { description: 'Any search engine.' },
  } as const,
});

const TrackerSearchType = builder.enumType('TrackerSearchType', {
  description: 'Which part of a search’s answer a visitor followed.',
  values: {
    PAID: { description: 'An ad.' },
    ORGANIC: { description: 'A result.' },
    ALL: { description: 'Either.' },
  } as const,
});

export const TrackerMatchRef = builder.objectRef<TrackerMatch>('TrackerMatch').implement({
  description: 'When a source tracker is shown to a visitor.',
  fields: (t) => ({
    kind: t.expose('kind', { type: TrackerMatchKind, description: 'What the visitor came by.' }),
    landing: t.string({
      nullable: true,
      description: 'With LANDING_URL: what the landing page’s address contains.',
      resolve: (match) => (match.kind === 'LANDING_URL' ? match.landing : null),
    }),
    parameter: t.string({
      nullable: true,
      description: 'With LANDING_PARAMETER: `promo`, of any value, or `promo=1`.',
      resolve: (match) => (match.kind === 'LANDING_PARAMETER' ? match.parameter : null),
    }),
    referrer: t.string({
      nullable: true,
      description:
        'With REFERRER: what the referrer’s host and path contain as whole words: yelp.com is in m.yelp.com/biz, not in notyelp.com.',
      resolve: (match) => (match.kind === 'REFERRER' ? match.referrer : null),
    }),
    engine: t.field({
      type: TrackerSearchEngine,
      nullable: true,
      description: 'With SEARCH: whose search.',
      resolve: (match) => (match.kind === 'SEARCH' ? match.engine : null),
    }),
    searchType: t.field({
      type: TrackerSearchType,
      nullable: true,
      description: 'With SEARCH: which part of its answer.',
      resolve: (match) => (match.kind === 'SEARCH' ? match.searchType : null),
    }),
  }),
});

export const TrackerMatchInput = builder.inputType('TrackerMatchInput', {
  description: 'When a source tracker is shown: a kind, with the fields that go with it.',
  fields: (t) => ({
    kind: t.field({
      type: TrackerMatchKind,
      required: true,
      description: 'What the visitor came by.',
    }),
    landing: t.string({
      description:
        'With LANDING_URL: what the landing page’s address contains, up to 500 characters.',
    }),
    parameter: t.string({
      description:
        'With LANDING_PARAMETER: `promo`, of any value, or `promo=1`; up to 200 characters.',
    }),
    referrer: t.string({
      description:
        'With REFERRER: what the referrer’s host and path contain as whole words: yelp.com is in m.yelp.com/biz, not in notyelp.com; with a ? in it, what the whole address contains so. Up to 500 characters.',
    }),
    engine: t.field({ type: TrackerSearchEngine, description: 'With SEARCH: whose search.' }),
    searchType: t.field({
      type: TrackerSearchType,
      description: 'With SEARCH: which part of its answer.',
    }),
  }),
});

const SearchMatchRef = builder.objectRef<SearchMatch>('SearchMatch').implement({
  description: 'Visitors from a search.',
  fields: (t) => ({
    engine: t.expose('engine', { type: TrackerSearchEngine, description: 'Whose search.' }),
    searchType: t.expose('searchType', {
      type: TrackerSearchType,
      description: 'Which part of its answer.',
    }),
  }),
});

const SearchMatchInput = builder.inputType('SearchMatchInput', {
  description: 'Visitors from a search.',
  fields: (t) => ({
    engine: t.field({ type: TrackerSearchEngine, required: true, description: 'Whose search.' }),
    searchType: t.field({
      type: TrackerSearchType,
      required: true,
      description: 'Which part of its answer.',
    }),
  }),
});

export const PoolMatchRef = builder.objectRef<PoolMatch>('PoolMatch').implement({
  description: 'The visitors of a session tracker: those that any of these fits.',
  fields: (t) => ({
    direct: t.exposeBoolean('direct', { description: 'Those who typed the address.' }),
    searches: t.field({
      type: [SearchMatchRef],
      description: 'Those from these searches.',
      resolve: ({ searches }) => searches,
    }),
    landings: t.exposeStringList('landings', {
      description: 'Those whose landing page’s address contains one of these.',
    }),
    referrers: t.exposeStringList('referrers', {
      description:
        'Those whose referrer’s host and path contain one of these as whole words: yelp.com is in m.yelp.com/biz, not in notyelp.com.',
    }),
    inverted: t.exposeBoolean('inverted', {
      description: 'True: the visitors are those that none of these fits.',
    }),
  }),
});

export const PoolMatchInput = builder.inputType('PoolMatchInput', {
  description: 'The visitors of a session tracker: those that any of these fits; one at least.',
  fields: (t) => ({
    direct: t.boolean({ description: 'True: those who typed the address.' }),
    searches: t.field({
      type: [SearchMatchInput],
      description: 'Those from these searches, up to 20.',
    }),
    landings: t.stringList({
      description:
        'Those whose landing page’s address contains one of these: up to 20, of up to 500 characters.',
    }),
    referrers: t.stringList({
      description:
        'Those whose referrer’s host and path contain one of these as whole words: yelp.com is in m.yelp.com/biz, not in notyelp.com. Up to 20, of up to 500 characters.',
    }),
    inverted: t.boolean({
      description: 'True: the visitors are those that none of these fits.',
    }),
  }),
});

export const PoolOverflowEnum = builder.enumType('PoolOverflow', {
  description:
    'What a visitor sees when no number of a session tracker is free and no other tracker fits. A number that somebody else is shown is never taken away.',
  values: {
    FIRST_NUMBER: {
      description: 'Its oldest number: the call is tracked, but it is not sure whose it was.',
    },
    ORIGINAL_NUMBER: { description: 'The number of the page: the call is not tracked.' },
  } as const,
});
