// Under which keys the audio of a recording lies in our storage.

/** Of all its files: the fetched one, muted copies, and what a killed write left. */
export function recordingPrefix({ accountId, id }: { accountId: string; id: string }): string {
  return `recordings/${accountId}/${id}`;
}

/** Of the file as it was fetched. */
export function recordingKey(recording: { accountId: string; id: string }): string {
  return `${recordingPrefix(recording)}.wav`;
}
