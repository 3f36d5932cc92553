// Length, channels and waveform of a stored recording.
import type { Platform } from '#platform/platform.ts';
import { computePeaks, readAudioInfo, SpeechError } from '#platform/speech/index.ts';

/** What a player needs to know of the sound; nulls when it is no audio that we can read. */
export interface Measured {
  durationMs: number | null;
  channels: number | null;
  /** { samplesPerSecond, channels: [[min, max, …]] } */
  peaks: object | null;
}

/** Measures what lies under a key: a file that is no audio is kept all the same. Throws StoredThingMissing. */
export async function measureRecording(
  { storage, log }: Pick<Platform, 'storage' | 'log'>,
  storageKey: string,
): Promise<Measured> {
  const { path, release } = await storage.localFile(storageKey);
  try {
    const { durationSeconds, channels } = await readAudioInfo(path);
    return {
      durationMs: Math.round(durationSeconds * 1_000),
      channels,
      peaks: await computePeaks(path),
    };
  } catch (error) {
    if (!(error instanceof SpeechError)) throw error;
    log.warn({ storageKey, reason: error.reason }, 'a recording cannot be read as audio');
    return { durationMs: null, channels: null, peaks: null };
  } finally {
    await release();
  }
}
