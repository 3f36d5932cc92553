// Remembers answers of the database for a moment, per database and process: at most so old, at most so many. Requests
// that ask for the same thing at once share one query, and what is asked for all the time is asked anew before it is too
// old, so that nobody waits for it.

/** How old a remembered answer may be at most. */
const MEMORY_MS = 2_000;
/** Who asks for one that is older has it asked anew, for those who come next. */
const RENEWED_MS = 1_000;
const MAX_ENTRIES = 10_000;

/** A memory of what `read` answered, by name. */
export interface ShortMemory<T> {
  /** @param ask is handed what it answered last, where that is asked anew: what has not changed need not be read again */
  read(name: string, ask: (known?: T) => Promise<T>): Promise<T>;
  forget(name: string): void;
}

interface Entry<T> {
  askedAtMs: number;
  answer: Promise<T>;
  /** the answer, once it came */
  told?: T;
  /** it is being asked anew */
  isRenewed: boolean;
}

/** Opens an empty memory. It measures real time: it guards against staleness, which a turned clock does not cause. */
export function openShortMemory<T>(): ShortMemory<T> {
  const entries = new Map<string, Entry<T>>();

  function keep(name: string, entry: Entry<T>): void {
    entries.delete(name);
    entries.set(name, entry);
    // a Map keeps the order of insertion, so the first is the oldest
    for (const oldest of entries.keys()) {
      if (entries.size <= MAX_ENTRIES) break;
      entries.delete(oldest);
    }
  }

  /** Nobody waits for it: one that fails is asked for by the next who comes. */
  function renew(name: string, known: Entry<T>, ask: (known?: T) => Promise<T>): void {
    known.isRenewed = true;
    const askedAtMs = performance.now();
    const answer = ask(known.told);
    answer.then(
      (told) => {
        // what was forgotten meanwhile may have been asked before it changed
        if (entries.get(name) === known) keep(name, { askedAtMs, answer, told, isRenewed: false });
      },
      () => {
        known.isRenewed = false;
      },
    );
  }

  return {
    read(name, ask) {
      const known = entries.get(name);
      const nowMs = performance.now();
      const ageMs = known ? nowMs - known.askedAtMs : MEMORY_MS;
      if (known && ageMs < MEMORY_MS) {
        if (ageMs >= RENEWED_MS && !known.isRenewed) renew(name, known, ask);
        return known.answer;
      }
      const entry: Entry<T> = { askedAtMs: nowMs, answer: ask(), isRenewed: false };
      entry.answer.then(
        (told) => {
          entry.told = told;
        },
        () => {
          if (entries.get(name) === entry) entries.delete(name);
        },
      );
      keep(name, entry);
      return entry.answer;
    },
    forget(name) {
      entries.delete(name);
    },
  };
}
