// The carrier: the port, the one line per account, and the two tables between us: the inbox of its signed webhooks and
// the lanes of our commands. telnyx*.ts are the only files that know whose words these are on the wire.
export { type Carriers, openCarriers } from './carriers.ts';
export { catchUp } from './catch-up.ts';
export { countFailedEvents } from './count-failed-events.ts';
export { eraseSessions, findUnstepped, isErasedSession } from './erase-session.ts';
export { type CarrierInbox, type InboxRow, openInbox } from './inbox.ts';
export {
  type CommandLanes,
  type CommandResult,
  openCommandLanes,
  type SentCommand,
} from './lanes.ts';
export * from './message-port.ts';
export * from './port.ts';
export { purgeCarrierTables } from './purge.ts';
export * from './registration-port.ts';
export {
  readHead,
  readOrderReference,
  readRegistrationSubject,
  refuseSignature,
  translate,
  type WebhookHead,
} from './telnyx-events.ts';
export { translateMessage } from './telnyx-message-events.ts';
export { familyOf, speechSession, translateSpeech } from './telnyx-speech.ts';
