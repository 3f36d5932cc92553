// Where the carrier has a recording of ours.
import type { Carrier } from '#platform/carrier/index.ts';
import type { RecordingOfCall } from './recordings.ts';

/** The carrier's id of a recording and a fresh link to it, never those of the call's other recording; null when it has none. */
export function findAtCarrier(
  carrier: Pick<Carrier, 'findRecording'>,
  recording: RecordingOfCall,
): ReturnType<Carrier['findRecording']> {
  return carrier.findRecording({
    recordingId: recording.carrierRecordingId,
    session: recording.call.carrierSessionId,
    startedAt: recording.startedAt,
    others: recording.call.recordings.flatMap(({ id, carrierRecordingId }) =>
      id === recording.id ? [] : (carrierRecordingId ?? []),
    ),
  });
}
