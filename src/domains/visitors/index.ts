// The visitors of companies' websites: what pages send, sessions and their sources, page views, and the numbers of pools
// that sessions hold.
export { COLLECT_STATUS, CollectRefused } from './collect-refused.ts';
export { visitorSubject } from './events.ts';
export { purgeVisitorsHandler, purgeVisitorsJob } from './jobs.ts';
export { judgeReferral, type Referral } from './judge-referral.ts';
export { type LikelyVisit, likelyVisits } from './likely-visits.ts';
export { type Hosts, hostOf, matchHost } from './match-host.ts';
export { type AdmittedPage, type Collector, openCollector } from './open-collector.ts';
export {
  type PoolFacts,
  readDayCounts,
  readPoolFacts,
  readSeen,
  type Seen,
} from './read-site-facts.ts';
export { requireEnabled, requireOwn } from './require-own.ts';
export {
  PageView,
  PageViewConnection,
  type PageViewRow,
  readPageViews,
} from './schema/page-view.ts';
export { VisitorSession } from './schema/refs.ts';
export { addressFor, NamedValue, namedValues, UNMASKED } from './schema/shown.ts';
export { SOURCE_SESSION } from './source-then.ts';
export { eraseVisits } from './store-gone-visits.ts';
export { readSession } from './store-sessions.ts';
export { type DayCounts, readSite } from './store-sites.ts';
export { trustTime } from './trust-time.ts';
export { addressShape, countryShape, readBody, referrerShape, storable } from './visit-input.ts';
export { visitOfSender } from './visit-of-sender.ts';
export { lastVisitOf, visitsOf, wereShown } from './visits-of.ts';
export { CERTAIN, type HolderReason, LIKELY_ENOUGH } from './weigh-holders.ts';
