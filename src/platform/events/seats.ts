// A fixed number of seats: work beyond them waits its turn, first come first served.

/** Bounds how much of one kind of work runs at once. */
export interface Seats {
  /** Runs `work` as soon as a seat is free. */
  take<T>(work: () => Promise<T>): Promise<T>;
}

/** @param count how many may work at once */
export function createSeats(count: number): Seats {
  let free = count;
  const queue: (() => void)[] = [];
  return {
    async take(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => queue.push(resolve));
      try {
        return await work();
      } finally {
        const next = queue.shift();
        if (next) next();
        else free += 1;
      }
    },
  };
}
