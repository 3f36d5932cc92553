// What the carrier no longer has answers 404; some verbs mean by that that there is nothing.
import { CarrierRefused } from './port.ts';

/** Runs a request; null when the carrier answers that it has no such thing. */
export async function nullWhenGone<T>(request: () => Promise<T>): Promise<T | null> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof CarrierRefused && error.status === 404) return null;
    throw error;
  }
}
