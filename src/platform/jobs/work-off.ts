// Works off what is due in many places: one that fails stops no other, one that has much keeps no other waiting, and it ends
// soon when it is told to.
import { isDatabaseUnavailable } from '#platform/db/index.ts';
import type { Log } from '#platform/log/index.ts';

/**
 * Works off places in turn, a chunk of each at a time, until every one gives less than a whole chunk. One that throws is
 * logged and left to the next run.
 * @param places what work is done for: an account, or something in it; ids only, since they are logged
 * @param options.signal once it has aborted, throws before the next chunk
 * @param options.chunk how many `take` does of a place at most; absent = `take` is asked once for each place
 * @param take does some of a place's work and says how much, each chunk in a transaction of its own
 * @returns how much was done
 * @throws when the signal has aborted, when the database cannot be reached, and after all others when a place has failed
 */
export async function workOff<Place extends { accountId: string }>(
  places: readonly Place[],
  options: { log: Pick<Log, 'error'>; signal: AbortSignal; chunk?: number },
  take: (place: Place) => Promise<number>,
): Promise<number> {
  const { log, signal, chunk = Number.POSITIVE_INFINITY } = options;
  let total = 0;
  const failed = new Set<Place>();
  for (let left = [...places]; left.length > 0; ) {
    const more: Place[] = [];
    for (const place of left) {
      signal.throwIfAborted();
      try {
        const done = await take(place);
        total += done;
        if (done >= chunk) more.push(place);
      } catch (err) {
        // that is true of all of them, and the job comes again
        if (signal.aborted || isDatabaseUnavailable(err)) throw err;
        const about: object = { ...place, err };
        log.error(about, 'this could not be worked off; all else goes on');
        failed.add(place);
      }
    }
    left = more;
  }
  if (failed.size === 0) return total;
  throw new Error(`${failed.size} of ${places.length} could not be worked off; see the log.`);
}
