// The job that brings a recording home: a fresh link by the carrier's id, the file into our storage with its checksum,
// then its length and waveform. The carrier's links live ten minutes, so each try asks for a new one.
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { fetchRecordingJob } from './jobs.ts';
import { measureRecording } from './measure-recording.ts';
import {
  failRecording,
  findRecordingOfCall,
  finishRecording,
  type RecordingOfCall,
} from './recordings.ts';

const DOWNLOAD_MS = 4 * 60_000;
/** four hours of two channels at the carrier's rate come to 460 MB */
const MOST_BYTES = 1024 ** 3;

type Slice = Pick<Platform, 'db' | 'events' | 'clock' | 'log' | 'storage' | 'carriers'>;

/** Says on which key a recording lies. */
const keyOf = (recording: RecordingOfCall) =>
  `recordings/${recording.accountId}/${recording.id}.wav`;

/** The worker's side of `calls.fetch-recording`. Outcomes: gone, already-there, stored, given-up. */
export function fetchRecordingHandler(slice: Slice): JobHandler<{
  accountId: string;
  recordingId: string;
}> {
  return {
    definition: fetchRecordingJob,
    concurrency: 2,
    async run({ accountId, recordingId }, { signal }) {
      const recording = await findRecordingOfCall(slice.db, accountId, recordingId);
      if (!recording) return 'gone';
      if (recording.state === 'READY' || recording.state === 'FAILED') return 'already-there';
      await fetchRecording(slice, recording, signal);
      return 'stored';
    },
    async giveUp({ accountId, recordingId }, error) {
      const recording = await findRecordingOfCall(slice.db, accountId, recordingId);
      if (!recording) return 'gone';
      const reason = error instanceof Error ? error.message : 'The recording was not fetched.';
      await failRecording(slice, recording, reason);
      return 'given-up';
    },
  };
}

async function fetchRecording(
  slice: Slice,
  recording: RecordingOfCall,
  signal: AbortSignal,
): Promise<void> {
  const carrier = await slice.carriers.of(recording.accountId);
  const found = await carrier.findRecording({
    recordingId: recording.carrierRecordingId,
    session: recording.call.carrierSessionId,
    startedAt: recording.startedAt,
    others: recording.call.recordings.flatMap(({ id, carrierRecordingId }) =>
      id === recording.id ? [] : (carrierRecordingId ?? []),
    ),
  });
  if (!found) throw new Error('The carrier has no such recording.');
  const response = await fetch(found.url, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(DOWNLOAD_MS)]),
  });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new Error(`The link to the recording answered ${response.status}.`);
  }
  const expected = Number(response.headers.get('content-length') ?? Number.NaN);
  const storageKey = keyOf(recording);
  const stored = await slice.storage.put(storageKey, whole(response.body, expected));
  await finishRecording(slice, recording, {
    carrierRecordingId: found.recordingId,
    storageKey,
    ...stored,
    ...(await measureRecording(slice, storageKey)),
  });
}

/** Passes the bytes on; a download that was cut short throws, so that nothing half is stored. */
async function* whole(
  body: ReadableStream<Uint8Array>,
  expected: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new Error('The recording is larger than 1 GB.');
    yield chunk;
  }
  if (bytes === 0) throw new Error('The link to the recording gave an empty file.');
  if (Number.isFinite(expected) && bytes !== expected) {
    throw new Error(`The download was cut short: ${bytes} of ${expected} bytes.`);
  }
}
