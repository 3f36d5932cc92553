// How a call to a tracker is to go: its settings, frozen when the call arrives, so that a change made meanwhile does not
// bend a call that is on its way.
import type { FoundTracker } from '#domains/numbers/index.ts';
import type { CallPlan } from './machine-state.ts';

/** Spoken before the beep when the tracker has no words of its own. */
const VOICEMAIL_GREETING =
  'We are sorry, nobody can take your call right now. Please leave a message after the tone.';

/** What whoever answers is told of a recording (L18: a destination that is no agent is told by the whisper). */
const STAFF_NOTICE = 'This call is recorded.';

/** The plan of a call to this tracker. `[source]` in the whisper becomes the source's name (product.md 2.4). */
export function planOf(found: FoundTracker): CallPlan {
  const { tracker, source, phoneNumber } = found;
  return {
    destination: tracker.destination,
    trackingNumber: phoneNumber.number,
    ringSeconds: tracker.ringSeconds,
    greeting: tracker.recordingNotice ?? tracker.greeting,
    record: tracker.recording,
    transcribe: tracker.transcription,
    live:
      found.companyIsLive && tracker.recording && tracker.transcription
        ? { language: found.companyLanguage }
        : null,
    whisper:
      [tracker.whisper?.replaceAll('[source]', source.name), tracker.recording && STAFF_NOTICE]
        .filter(Boolean)
        .join(' ') || null,
    voicemailGreeting: tracker.voicemail ? tracker.voicemailGreeting || VOICEMAIL_GREETING : null,
  };
}
