// The visitors of companies' websites: what pages send, sessions and their sources, page views, and the numbers of pools
// that sessions hold.
export { COLLECT_STATUS, CollectRefused } from './collect-refused.ts';
export { purgeVisitorsHandler, purgeVisitorsJob } from './jobs.ts';
export { type LikelyVisit, likelyVisits } from './likely-visits.ts';
export { type Collector, openCollector } from './open-collector.ts';
export { VisitorSession } from './schema/refs.ts';
export { addressFor, NamedValue, namedValues, UNMASKED } from './schema/shown.ts';
export { visitsOf } from './visits-of.ts';
export { type HolderReason, LIKELY_ENOUGH } from './weigh-holders.ts';
