// Words that claims are compared with again and again: what is read in them is read once. Pure.

/** What was said. */
export interface Said {
  text: string;
  /** What a reader makes of it; each reader is asked once. */
  once<T>(read: (text: string) => T): T;
}

/** What was said, to be read once by each reader. */
export function openSaid(said: string | Said): Said {
  if (typeof said !== 'string') return said;
  const known = new Map<unknown, unknown>();
  return {
    text: said,
    once<T>(read: (text: string) => T): T {
      if (!known.has(read)) known.set(read, read(said));
      return known.get(read) as T;
    },
  };
}
