// Under which keys the audio of a recording lies in our storage: all of it in a folder of its own, so that none is looked for
// among that of others. What was stored before that lies beside the others, and stays there.
interface Place {
  accountId: string;
  id: string;
}

/** Of all its files: the fetched one, muted copies, and what a killed write left. Ends with /. */
export function recordingFolder({ accountId, id }: Place): string {
  return `recordings/${accountId}/${id}/`;
}

/** Of the file as it was fetched. */
export function recordingKey(recording: Place): string {
  return `${recordingFolder(recording)}heard.wav`;
}

/** Where the file as it was fetched lay before, and how the keys of its muted copies began. */
export function oldRecordingPrefix({ accountId, id }: Place): string {
  return `recordings/${accountId}/${id}`;
}
