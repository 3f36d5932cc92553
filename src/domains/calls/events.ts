// What this domain announces. Ids, versions and plain scalars only: numbers and names are read when an event is resolved.
import { z } from 'zod';
import { defineEvent } from '#platform/events/index.ts';
import { RECORDING_FAILURES, type RecordingFailure } from './recording-failure.ts';

export { callUpdated } from '#domains/interactions/index.ts';

const callId = z.uuid();
const failureCode = z.enum(Object.keys(RECORDING_FAILURES) as [RecordingFailure]);

/** An inbound call reached a tracking number. */
export const callRinging = defineEvent('call.ringing', z.object({ callId }));
/** Caller and business are connected. */
export const callAnswered = defineEvent('call.answered', z.object({ callId }));
/** The call is over; its outcome is known. */
export const callEnded = defineEvent(
  'call.ended',
  z.object({ callId, outcome: z.string(), durationSeconds: z.number() }),
);
/** A recording is in our storage. */
export const recordingReady = defineEvent(
  'call.recording_ready',
  z.object({ callId, recordingId: z.uuid(), kind: z.string(), transcribe: z.boolean() }),
);
/** A recording was asked for and will never be there; `reason` is a code of recording-failure.ts. */
export const recordingFailed = defineEvent(
  'call.recording_failed',
  z.object({ callId, kind: z.string(), reason: failureCode }),
);
