// How many streams are open at once, by what each is counted under (an address, a conversation): each holds a connection, and
// often memory, for as long as its sender likes.

export interface StreamCount<Name extends string> {
  /** Counts one more under each name; false, and not counted, when there are as many as may be under one of them. */
  open(place: Readonly<Record<Name, string>>): boolean;
  close(place: Readonly<Record<Name, string>>): void;
}

/** Counts those of this process. */
export function countStreams<Name extends string>(
  most: Readonly<Record<Name, number>>,
): StreamCount<Name> {
  const counts = new Map<string, number>();
  const names = Object.keys(most) as Name[];
  const of = (key: string) => counts.get(key) ?? 0;
  const add = (place: Readonly<Record<Name, string>>, more: number) => {
    for (const name of names) {
      const key = `${name} ${place[name]}`;
      const count = of(key) + more;
      if (count > 0) counts.set(key, count);
      else counts.delete(key);
    }
  };
  return {
    open(place) {
      if (names.some((name) => of(`${name} ${place[name]}`) >= most[name])) return false;
      add(place, 1);
      return true;
    },
    close: (place) => add(place, -1),
  };
}
