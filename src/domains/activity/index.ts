// The door of activity: what happened, as one list and one live stream over the event log. Domains add the concrete
// types of their events with implementEvent.
export { Event, implementEvent } from './event.ts';
export { readFilter } from './event-filter.ts';
export { EventConnection, readEventPage } from './event-page.ts';
export { EventType } from './event-type.ts';
export { followEvents } from './follow-events.ts';
export { keepLogHandler, keepLogJob } from './jobs.ts';
export { tellRefusal } from './policy-refused.ts';
export { underRights } from './under-rights.ts';
