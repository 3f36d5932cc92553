// Lets only so many pieces of work run at once in this process; the others wait for their turn, for a limited time.

/**
 * Makes a gate.
 * @param most how many run at once
 * @param patienceMs how long one waits for its turn
 * @param late makes the error of one whose turn did not come
 */
export function takeTurns(most: number, patienceMs: number, late: () => Error) {
  let running = 0;
  const waiting = new Set<() => void>();

  const turn = () =>
    new Promise<void>((resolve, reject) => {
      const go = () => {
        clearTimeout(timer);
        waiting.delete(go);
        running += 1;
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.delete(go);
        reject(late());
      }, patienceMs);
      waiting.add(go);
      if (running < most) go();
    });

  /** Runs work when its turn comes. */
  return async <T>(work: () => Promise<T>): Promise<T> => {
    await turn();
    try {
      return await work();
    } finally {
      running -= 1;
      for (const next of [...waiting].slice(0, 1)) next();
    }
  };
}
