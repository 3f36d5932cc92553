// Tracking numbers: which source a number stands for, where its calls go, and how it is got from the carrier.
export type { CarrierProblem } from './carrier-problems.ts';
export { checkFilter, countSeen } from './check-filter.ts';
export { dialledTracker } from './dialled-tracker.ts';
export { ensureSource } from './ensure-source.ts';
export { type FoundTracker, findTracker } from './find-tracker.ts';
export { numbersJobHandlers } from './job-handlers.ts';
export {
  checkNumberJob,
  checkRegistrationJob,
  keepNumbersJob,
  orderNumberJob,
  releaseNumberJob,
  settleReservationJob,
} from './jobs.ts';
export { type NumberOwner, readNumberOwners } from './read-number-owners.ts';
export { readSwapMark, readSwapTrackers } from './read-swap-trackers.ts';
export { receiveOrderEvent } from './receive-order-event.ts';
export { messagingNumbers, readSender } from './registration/read-sender.ts';
export { receiveRegistrationEvent } from './registration/receive-registration-event.ts';
export { Source, Tracker, TrackingNumber } from './schema.ts';
export type { PoolMatch, SearchMatch, SwapTracker, TrackerMatch } from './swap-tracker.ts';
