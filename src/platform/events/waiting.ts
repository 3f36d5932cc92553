// Sleeping until somebody calls or a time has passed.

/** One sleeper that others can wake. */
export interface Sleeper {
  /** Resolves when woken or after `ms`; at once when it was woken since the last sleep. */
  sleep(ms: number): Promise<void>;
  wake(): void;
}

/** Makes a sleeper. A wake that finds nobody asleep ends the next sleep at once. */
export function createSleeper(): Sleeper {
  let woken = false;
  let rouse: (() => void) | undefined;
  return {
    async sleep(ms) {
      if (!woken) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          rouse = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        rouse = undefined;
      }
      woken = false;
    },
    wake() {
      woken = true;
      rouse?.();
    },
  };
}
