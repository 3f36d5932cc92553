// The visitors of companies' websites: what pages send, sessions and their sources, page views, and the numbers of pools
// that sessions hold.
export { COLLECT_STATUS, CollectRefused } from './collect-refused.ts';
export { purgeVisitorsHandler, purgeVisitorsJob } from './jobs.ts';
export { type Collector, openCollector } from './open-collector.ts';
