// The enums of calls, in the words of the contract.
import { builder } from '#graphql/builder.ts';

export const CallDirection = builder.enumType('CallDirection', {
  description: 'Who called whom.',
  values: {
    INBOUND: { description: 'A caller dialled a tracking number.' },
    OUTBOUND: { description: 'The business called.' },
  } as const,
});

export const CallState = builder.enumType('CallState', {
  description: 'Where a call stands.',
  values: {
    RINGING: { description: 'On its way: greeted, announced or ringing at the business.' },
    IN_PROGRESS: { description: 'Caller and business are connected.' },
    ENDED: { description: 'Over; `outcome` says what it came to.' },
  } as const,
});

export const CallOutcome = builder.enumType('CallOutcome', {
  description: 'What an ended call came to.',
  values: {
    ANSWERED: { description: 'Caller and business talked.' },
    MISSED: { description: 'Nobody answered and no message was left.' },
    ABANDONED: { description: 'The caller hung up unanswered, within 15 seconds of dialling.' },
    VOICEMAIL: { description: 'The caller left a message of two seconds or more.' },
    BUSY: { description: 'The business was busy and takes no messages.' },
    FAILED: { description: 'The carrier could not reach the business, which takes no messages.' },
  } as const,
});

export const RatingClass = builder.enumType('RatingClass', {
  description: 'How a call is rated.',
  values: {
    UNLIMITED: { description: 'Between US and Canadian numbers that are not toll-free.' },
    METERED: { description: 'Any other: paid by the minute.' },
  } as const,
});

export const RecordingState = builder.enumType('RecordingState', {
  description: 'Where a recording stands.',
  values: {
    RECORDING: { description: 'Being recorded, or not yet handed over by the carrier.' },
    FETCHING: { description: 'On its way from the carrier to this server.' },
    READY: { description: 'Stored here; `url` plays it.' },
    FAILED: { description: 'It will not come; `failure` says why.' },
    EXPIRED: { description: 'Deleted when the company’s retention was over.' },
    DELETED: { description: 'Deleted because somebody asked for it.' },
  } as const,
});

export const RecordingKind = builder.enumType('RecordingKind', {
  description: 'What was recorded.',
  values: {
    CALL: { description: 'The conversation.' },
    VOICEMAIL: { description: 'The message that the caller left.' },
  } as const,
});

export const VoicemailState = builder.enumType('VoicemailState', {
  description: 'Where a message stands.',
  values: {
    NEW: { description: 'Nobody has dealt with it.' },
    HEARD: { description: 'Somebody has heard it; it still waits.' },
    DONE: { description: 'Settled.' },
  } as const,
});

export const CallbackOutcome = builder.enumType('CallbackOutcome', {
  description: 'What came of a call back.',
  values: {
    REACHED: { description: 'They talked.' },
    NO_ANSWER: { description: 'Nobody answered.' },
    LEFT_MESSAGE: { description: 'A message was left in turn.' },
    WRONG_NUMBER: { description: 'The number was not the caller’s.' },
  } as const,
});

export const RecordingRedaction = builder.enumType('RecordingRedaction', {
  description: 'What the transcript of a recording made of its sound.',
  values: {
    NONE: { description: 'No transcript was asked for, so nothing was looked for.' },
    PENDING: { description: 'A transcript is to come; the sound is as it was spoken.' },
    CLEAR: { description: 'Transcribed; nothing had to be hidden.' },
    MUTED: {
      description:
        'Both sides are silent where the transcript hides something, for the whole segment, since word times are estimates.',
    },
    FAILED: { description: 'It could not be transcribed; the sound is as it was spoken.' },
  } as const,
});

export const LegRole = builder.enumType('CallLegRole', {
  description: 'Whose leg of the call it is.',
  values: {
    CALLER: { description: 'The caller’s.' },
    DESTINATION: { description: 'The business’s.' },
  } as const,
});
