// Why a recording will not come: codes, since what the carrier says in words may hold personal data and would stay in the
// event log after an erasure.

/** Each code with the words that the API's descriptions give it. */
export const RECORDING_FAILURES = {
  REFUSED: 'the carrier refused to record',
  NO_ANSWER: 'the carrier could not be reached',
  CARRIER_FAILED: 'the carrier could not save it',
  NOT_THERE: 'the carrier has no such recording',
  DOWNLOAD_FAILED: 'it could not be downloaded whole',
  EMPTY: 'the file holds nothing',
  TOO_LARGE: 'the file is larger than 1 GB',
  INTERNAL_ERROR: 'a fault on our side',
} as const;
export type RecordingFailure = keyof typeof RECORDING_FAILURES;

/** The codes and their meanings in one sentence part: "REFUSED (the carrier refused to record), …". */
export const RECORDING_FAILURES_TOLD = Object.entries(RECORDING_FAILURES)
  .map(([code, meaning]) => `${code} (${meaning})`)
  .join(', ');
