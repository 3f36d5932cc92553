// Remembers answers of the database for a moment, per database and process: at most so old, at most so many. Requests
// that ask for the same thing at once share one query.

/** How old a remembered answer may be at most. */
const MEMORY_MS = 2_000;
const MAX_ENTRIES = 10_000;

/** A memory of what `read` answered, by name. */
export interface ShortMemory<T> {
  read(name: string, ask: () => Promise<T>): Promise<T>;
  forget(name: string): void;
}

/** Opens an empty memory. It measures real time: it guards against staleness, which a turned clock does not cause. */
export function openShortMemory<T>(): ShortMemory<T> {
  const entries = new Map<string, { askedAtMs: number; answer: Promise<T> }>();
  return {
    read(name, ask) {
      const known = entries.get(name);
      const nowMs = performance.now();
      if (known && nowMs - known.askedAtMs < MEMORY_MS) return known.answer;
      const entry = { askedAtMs: nowMs, answer: ask() };
      entry.answer.catch(() => {
        if (entries.get(name) === entry) entries.delete(name);
      });
      entries.delete(name);
      entries.set(name, entry);
      // a Map keeps the order of insertion, so the first is the oldest
      for (const oldest of entries.keys()) {
        if (entries.size <= MAX_ENTRIES) break;
        entries.delete(oldest);
      }
      return entry.answer;
    },
    forget(name) {
      entries.delete(name);
    },
  };
}
