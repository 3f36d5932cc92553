// Who follows the log waits for the end of an outage: a live stream does not break because the database is away for a while.
import { setTimeout as pause } from 'node:timers/promises';
import { isDatabaseUnavailable } from '#platform/db/index.ts';

const OUTAGE_PAUSE_MS = 250;

/**
 * Runs a read until it succeeds or the signal aborts, waiting while the database cannot be reached.
 * @returns undefined when the signal aborted. Throws what the read threw for another reason
 */
export async function throughOutages<T>(
  signal: AbortSignal,
  read: () => Promise<T>,
): Promise<T | undefined> {
  while (!signal.aborted) {
    try {
      return await read();
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      await pause(OUTAGE_PAUSE_MS, undefined, { signal }).catch(() => {});
    }
  }
  return undefined;
}
