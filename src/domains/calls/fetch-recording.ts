// The job that brings a recording home: a fresh link by the carrier's id, the file into our storage with its checksum,
// then its length and waveform. The carrier's links live ten minutes, so each try asks for a new one.
import { CarrierRefused, CarrierUnreachable } from '#platform/carrier/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { findAtCarrier } from './find-at-carrier.ts';
import { fetchRecordingJob } from './jobs.ts';
import { measureRecording } from './measure-recording.ts';
import type { RecordingFailure } from './recording-failure.ts';
import { recordingKey } from './recording-key.ts';
import {
  failRecording,
  findRecordingOfCall,
  finishRecording,
  type RecordingOfCall,
} from './recordings.ts';
import { removeAudio } from './remove-audio.ts';

const DOWNLOAD_MS = 4 * 60_000;
/** four hours of two channels at the carrier's rate come to 460 MB */
const MOST_BYTES = 1024 ** 3;

type Slice = Pick<Platform, 'db' | 'events' | 'clock' | 'log' | 'storage' | 'carriers'>;
type Payload = { accountId: string; recordingId: string };

/** Why one try brought nothing home. */
class Unfetched extends Error {
  readonly code: RecordingFailure;

  constructor(code: RecordingFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Unfetched';
    this.code = code;
  }
}

const tooLarge = () => new Unfetched('TOO_LARGE', 'The recording is larger than 1 GB.');

function codeOf(error: unknown): RecordingFailure {
  if (error instanceof Unfetched) return error.code;
  if (error instanceof CarrierUnreachable) return 'NO_ANSWER';
  return error instanceof CarrierRefused ? 'NOT_THERE' : 'INTERNAL_ERROR';
}

/** The worker's side of `calls.fetch-recording`. Outcomes: gone, already-there, stored, given-up, given-up before. */
export function fetchRecordingHandler(slice: Slice): JobHandler<Payload> {
  /** an earlier try may have been killed between the file and its row */
  const goneAfter = async ({ accountId, recordingId: id }: Payload) => {
    await removeAudio(slice.storage, { accountId, id });
    return 'gone';
  };
  return {
    definition: fetchRecordingJob,
    concurrency: 2,
    async run({ accountId, recordingId }, { signal }) {
      const recording = await findRecordingOfCall(slice.db, accountId, recordingId);
      if (!recording) return goneAfter({ accountId, recordingId });
      if (recording.state === 'FAILED') return 'given-up before';
      if (recording.state !== 'RECORDING' && recording.state !== 'FETCHING') {
        await removeUnlessServed(slice, recording);
        return 'already-there';
      }
      try {
        await fetchRecording(slice, recording, signal);
        return 'stored';
      } catch (error) {
        // it will not be smaller; whatever else is in the way may be gone at the next try
        if (codeOf(error) !== 'TOO_LARGE') throw error;
        await failRecording(slice, recording, 'TOO_LARGE');
        return 'given-up';
      }
    },
    async giveUp({ accountId, recordingId }, error) {
      const recording = await findRecordingOfCall(slice.db, accountId, recordingId);
      if (!recording) return goneAfter({ accountId, recordingId });
      await failRecording(slice, recording, codeOf(error));
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
  const found = await findAtCarrier(carrier, recording);
  if (!found) throw new Unfetched('NOT_THERE', 'The carrier has no such recording.');
  const response = await fetch(found.url, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(DOWNLOAD_MS)]),
  }).catch((cause: unknown) => {
    throw new Unfetched('DOWNLOAD_FAILED', 'The link to the recording did not answer.', { cause });
  });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    const message = `The link to the recording answered ${response.status}.`;
    throw new Unfetched('DOWNLOAD_FAILED', message);
  }
  const expected = Number(response.headers.get('content-length') ?? Number.NaN);
  if (expected > MOST_BYTES) {
    await response.body.cancel();
    throw tooLarge();
  }
  const storageKey = recordingKey(recording);
  const stored = await slice.storage.put(storageKey, whole(response.body, expected));
  const isOurs = await finishRecording(slice, recording, {
    carrierRecordingId: found.recordingId,
    storageKey,
    ...stored,
    ...(await measureRecording(slice, storageKey)),
  });
  if (isOurs) return;
  await removeUnlessServed(slice, recording);
}

/**
 * Removes the file as it was fetched where another try was first and it is not what the recording is served from: erased or
 * deleted meanwhile, nobody would know of it; muted meanwhile, it holds what was to be hidden.
 */
async function removeUnlessServed(slice: Slice, recording: RecordingOfCall): Promise<void> {
  const storageKey = recordingKey(recording);
  const now = await findRecordingOfCall(slice.db, recording.accountId, recording.id);
  if (now?.state === 'READY' && now.storageKey === storageKey) return;
  await slice.storage.remove(storageKey);
}

/** Passes the bytes on; a download that was cut short throws, so that nothing half is stored. */
async function* whole(
  body: ReadableStream<Uint8Array>,
  expected: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw tooLarge();
    yield chunk;
  }
  if (bytes === 0) throw new Unfetched('EMPTY', 'The link to the recording gave an empty file.');
  if (Number.isFinite(expected) && bytes !== expected) {
    const message = `The download was cut short: ${bytes} of ${expected} bytes.`;
    throw new Unfetched('DOWNLOAD_FAILED', message);
  }
}
