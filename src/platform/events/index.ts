// The door to the event log: what happened, in the order in which it can be trusted, for subscriptions, reactions and
// mirrors. Reactions have a door of their own, ./reactions.ts.
export { CursorExpired } from './cursor-check.ts';
export { type EventLog, openEventLog } from './event-log.ts';
export {
  defineEvent,
  type EventFilter,
  type NewEvent,
  type StoredEvent,
} from './events.ts';
export { dropPartitions, providePartitions } from './partitions.ts';
export { throughOutages } from './through-outages.ts';
