// The body of every webhook about a call, typed against the SDK's own webhook types. `client_state` is null when it was
// never set: the published schema says string, real deliveries carry null.
import type {
  CallAnswered,
  CallBridged,
  CallCostWebhookEvent,
  CallDtmfReceived,
  CallGatherEnded,
  CallHangup,
  CallInitiated,
  CallPlaybackEnded,
  CallRecordingError,
  CallRecordingSaved,
  CallSpeakEnded,
  Transcription,
} from 'telnyx/resources/webhooks';
import type { LiveLeg } from '../legs/live-leg.ts';
import type { Recording } from '../store.ts';

/** The SDK's payload of an event, with the nullable fields as they are seen live. */
type Payload<Event extends { payload?: unknown }> = Omit<
  NonNullable<Event['payload']>,
  'client_state' | 'media_name' | 'media_url'
> & { client_state: string | null };

/** ISO 8601 of sandbox time in ms. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

function identity({ leg }: LiveLeg, clientState: string | null) {
  return {
    call_control_id: leg.callControlId,
    call_leg_id: leg.legId,
    call_session_id: leg.sessionId,
    connection_id: leg.connectionId,
    client_state: clientState,
  };
}

function parties({ leg }: LiveLeg) {
  return { from: leg.from, to: leg.to };
}

/** call.initiated: caller name and attestation are there only when the script gave them. */
export function initiatedPayload(live: LiveLeg) {
  const { leg } = live;
  const incoming = leg.direction === 'incoming';
  return {
    ...identity(live, leg.clientState),
    ...parties(live),
    direction: leg.direction,
    state: incoming ? 'parked' : 'bridging',
    start_time: isoTime(leg.startMs),
    tags: [],
    ...(live.callerName === null ? {} : { caller_id_name: live.callerName }),
    ...(live.stirShaken === null
      ? {}
      : { shaken_stir_attestation: live.stirShaken, shaken_stir_validated: true }),
  } satisfies Payload<CallInitiated>;
}

/** call.answered */
export function answeredPayload(live: LiveLeg) {
  return {
    ...identity(live, live.leg.clientState),
    ...parties(live),
    state: 'answered',
    start_time: isoTime(live.leg.startMs),
    tags: [],
  } satisfies Payload<CallAnswered>;
}

/** call.bridged */
export function bridgedPayload(live: LiveLeg) {
  return {
    ...identity(live, live.leg.clientState),
    ...parties(live),
  } satisfies Payload<CallBridged>;
}

/** call.hangup, for a leg that has ended. */
export function hangupPayload(live: LiveLeg) {
  const { leg } = live;
  const hangup = leg.hangup ?? { cause: 'unspecified', source: 'unknown', sipCause: 'unspecified' };
  const body = {
    ...identity(live, leg.clientState),
    ...parties(live),
    state: 'hangup',
    hangup_cause: hangup.cause,
    hangup_source: hangup.source,
    sip_hangup_cause: hangup.sipCause,
    start_time: isoTime(leg.startMs),
    tags: [],
  } satisfies Payload<CallHangup>;
  return { ...body, end_time: isoTime(leg.endedMs ?? leg.startMs) };
}

/** call.speak.started */
export function speakPayload(live: LiveLeg, clientState: string | null) {
  return identity(live, clientState);
}

/** call.speak.ended */
export function speakEndedPayload(live: LiveLeg, clientState: string | null, hungUp: boolean) {
  return {
    ...identity(live, clientState),
    status: hungUp ? 'call_hangup' : 'completed',
  } satisfies Payload<CallSpeakEnded>;
}

/** call.playback.started */
export function playbackPayload(
  live: LiveLeg,
  clientState: string | null,
  media: { url: string | null; name: string | null },
) {
  return {
    ...identity(live, clientState),
    ...(media.url === null ? {} : { media_url: media.url }),
    ...(media.name === null ? {} : { media_name: media.name }),
    overlay: false,
  };
}

/** call.playback.ended */
export function playbackEndedPayload(
  live: LiveLeg,
  clientState: string | null,
  media: { url: string | null; name: string | null },
  status: 'completed' | 'cancelled' | 'call_hangup' | 'file_not_found' | 'failed',
) {
  return {
    ...playbackPayload(live, clientState, media),
    status,
  } satisfies Payload<CallPlaybackEnded>;
}

/** call.dtmf.received */
export function dtmfPayload(live: LiveLeg, digit: string) {
  return {
    ...identity(live, live.leg.clientState),
    ...parties(live),
    digit,
  } satisfies Payload<CallDtmfReceived>;
}

/** call.gather.ended */
export function gatherEndedPayload(
  live: LiveLeg,
  clientState: string | null,
  digits: string,
  status: 'valid' | 'invalid' | 'call_hangup' | 'cancelled' | 'timeout',
) {
  return {
    ...identity(live, clientState),
    ...parties(live),
    digits,
    status,
  } satisfies Payload<CallGatherEnded>;
}

/** call.recording.saved; recording_id, format and the like are seen live though no document lists them. */
export function recordingSavedPayload(
  live: LiveLeg,
  clientState: string | null,
  recording: Recording,
  url: string,
) {
  const body = {
    ...identity(live, clientState),
    channels: recording.channels,
    recording_started_at: isoTime(recording.startedMs),
    recording_ended_at: isoTime(recording.endedMs),
    recording_urls: { wav: url },
    public_recording_urls: {},
  } satisfies Payload<CallRecordingSaved> & { call_control_id: string };
  return {
    ...body,
    ...parties(live),
    recording_id: recording.id,
    format: 'wav',
    start_time: isoTime(recording.startedMs),
    end_time: isoTime(recording.endedMs),
  };
}

/** call.recording.error; the documents' example has no call_control_id. */
export function recordingErrorPayload(live: LiveLeg, clientState: string | null) {
  const { call_control_id: _, ...body } = identity(live, clientState);
  return {
    ...body,
    reason: 'Internal server error',
  } satisfies Payload<CallRecordingError>;
}

/** call.transcription, of something that was said to its end */
export function transcriptionPayload(
  live: LiveLeg,
  clientState: string | null,
  transcript: string,
  track: 'inbound' | 'outbound' | null,
) {
  return {
    ...identity(live, clientState),
    transcription_data: {
      confidence: 0.98,
      is_final: true,
      transcript,
      ...(track === null ? {} : { transcription_track: track }),
    },
  } satisfies Payload<Transcription>;
}

/** call.cost, for applications that asked for it; the sandbox bills nothing but counts the seconds. */
export function costPayload(live: LiveLeg) {
  const { leg } = live;
  const seconds =
    leg.answeredMs === null ? 0 : Math.ceil(((leg.endedMs ?? 0) - leg.answeredMs) / 1000);
  return {
    ...identity(live, leg.clientState),
    billed_duration_secs: seconds,
    billing_group_id: null,
    cost_parts: [
      {
        billed_duration_secs: seconds,
        call_part: 'call-control',
        cost: '0.0000',
        currency: 'USD',
        rate: '0.0000',
      },
    ],
    occurred_at: isoTime(leg.endedMs ?? leg.startMs),
    status: 'success',
    total_cost: '0.0000',
  } satisfies Omit<Payload<NonNullable<CallCostWebhookEvent['data']>>, 'billing_group_id'> & {
    billing_group_id: string | null;
  };
}
