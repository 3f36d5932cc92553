// `record: record-from-answer` of dial and answer: the recording begins with the answer.
import { randomUUID } from 'node:crypto';
import type { Carrier } from '../carrier.ts';
import type { LiveLeg } from './live-leg.ts';
import { startRecording } from './recorder.ts';

interface RecordFields {
  record?: 'record-from-answer' | undefined;
  record_channels: 'single' | 'dual';
  record_track: 'both' | 'inbound' | 'outbound';
  record_max_length: number;
  record_timeout_secs: number;
  client_state?: string | undefined;
}

/** Arranges the recording; returns its id, or null when none was asked for. */
export function recordFromAnswer(
  carrier: Carrier,
  live: LiveLeg,
  body: RecordFields,
): string | null {
  if (body.record === undefined) return null;
  const id = randomUUID();
  live.onAnswered.push(() => {
    startRecording(carrier, live, {
      id,
      channels: body.record_channels,
      track: body.record_track,
      playBeep: false,
      maxLengthSeconds: body.record_max_length,
      silenceSeconds: body.record_timeout_secs,
      clientState: body.client_state ?? live.leg.clientState,
    });
  });
  return id;
}
