// Tracking numbers: which source a number stands for, where its calls go, and how it is got from the carrier.
export { dialledTracker } from './dialled-tracker.ts';
export { type FoundTracker, findTracker } from './find-tracker.ts';
export { orderNumberHandler, orderNumberJob } from './jobs.ts';
export { receiveOrderEvent } from './receive-order-event.ts';
export { Source, Tracker } from './schema.ts';
