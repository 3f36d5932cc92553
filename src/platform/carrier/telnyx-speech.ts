// What Telnyx writes down of a call while it goes on: how that is asked for, and what its webhooks say.
import type { ActionStartTranscriptionParams } from 'telnyx/resources/calls/actions';
import { z } from 'zod';
import type { CarrierSpeech } from './port.ts';

/** The kind of its webhooks. */
export const SPOKEN = 'call.transcription';

/** The line in which the words of a call are received: apart from the call's own, which somebody waits for. */
export function speechSession(session: string): string {
  return `said:${session}`;
}

/** Which intake takes a kind: the words of a call have one of their own, else its first word says it. */
export function familyOf(kind: string): string {
  return kind === SPOKEN ? SPOKEN : (kind.split('.')[0] ?? '');
}

/** Whether a payload's words stand: an interim result is told again, in others. */
export function isFinal({ transcription_data: heard }: Record<string, unknown>): boolean {
  return (heard as { is_final?: unknown } | undefined)?.is_final === true;
}

const spoken = z.object({
  data: z.object({
    id: z.string(),
    occurred_at: z.coerce.date(),
    payload: z.object({
      call_session_id: z.string(),
      transcription_data: z.object({
        transcript: z.string(),
        transcription_track: z.enum(['inbound', 'outbound']).nullish().catch(null),
      }),
    }),
  }),
});

/**
 * What was said, in our words.
 * @param body of a webhook of kind SPOKEN. Throws ZodError when it lacks what it must have
 */
export function translateSpeech(body: unknown): CarrierSpeech {
  const { id, occurred_at: occurredAt, payload } = spoken.parse(body).data;
  const { transcript, transcription_track: track } = payload.transcription_data;
  const side = track === 'inbound' ? 'OWN' : track === 'outbound' ? 'OTHER' : null;
  const text = transcript.replaceAll('\0', '').trim();
  return { id, occurredAt, session: payload.call_session_id, side, text };
}

/**
 * What the carrier is to write down: both who talk, by the one engine that says who of them spoke, and never what it only
 * guesses yet.
 * @param language a BCP 47 tag, of which the carrier knows the first part: en of en-US. null = English: never what the carrier
 *   takes it for, since numbers are known, and hidden, in English only
 */
export function transcriptionOf(language: string | null) {
  return {
    transcription_engine: 'Telnyx',
    transcription_engine_config: {
      transcription_engine: 'Telnyx',
      transcription_model: 'openai/whisper-large-v3-turbo',
      language: (language?.split('-')[0]?.toLowerCase() ?? 'en') as 'en',
    },
    transcription_tracks: 'both',
  } satisfies ActionStartTranscriptionParams;
}
