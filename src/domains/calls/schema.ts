// The calls part of the API: object → list → mutations → events and subscription.
import './schema/call.ts';
import './schema/list.ts';
import './schema/change.ts';
import './schema/live.ts';
import './schema/number-health.ts';
import './schema/delete-recording.ts';
import './schema/voicemail.ts';

export { Call } from './schema/call.ts';
export { fieldsOfTraits } from './schema/list.ts';
export { Recording } from './schema/recording.ts';
export { RecordingKind } from './schema/words.ts';
