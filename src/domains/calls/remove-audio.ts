// Removes all audio of a recording whose row is gone.
import type { Storage } from '#platform/storage/index.ts';
import { oldRecordingPrefix, recordingFolder } from './recording-key.ts';

/**
 * Removes what lies in the recording's folder, and what a fetch stored before there were folders. Doing it again does nothing.
 * @throws what the storage throws
 */
export async function removeAudio(
  storage: Pick<Storage, 'remove' | 'removeAll'>,
  recording: { accountId: string; id: string },
): Promise<void> {
  await storage.removeAll(recordingFolder(recording));
  await storage.remove(`${oldRecordingPrefix(recording)}.wav`);
}
