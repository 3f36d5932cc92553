// Webhook mirrors: every event that an endpoint wants becomes one delivery, signed, tried again for a day, listed for 30
// days, replayable. What a body tells is a selection on Event, run with the rights of the endpoint's owner.
export { eraseDeliveries } from './erase-deliveries.ts';
export { endpointsSeen, endpointsTold, findHearers } from './find-hearers.ts';
export { webhooksJobHandlers } from './job-handlers.ts';
export { eraseSettledJob, purgeDeliveriesJob, removeEndpointJob, replayJob } from './jobs.ts';
export { runDeliveries } from './run-deliveries.ts';
