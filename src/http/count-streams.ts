// How many streams are open at once, by address and by conversation: each holds a connection for minutes.

export interface StreamCount {
  /** Counts one more; false, and not counted, when there are as many as may be. */
  open(place: { address: string; chat: string }): boolean;
  close(place: { address: string; chat: string }): void;
}

/** Counts those of this process. */
export function countStreams(most: { perAddress: number; perChat: number }): StreamCount {
  const counts = new Map<string, number>();
  const of = (name: string) => counts.get(name) ?? 0;
  const add = (name: string, more: number) => {
    const count = of(name) + more;
    if (count > 0) counts.set(name, count);
    else counts.delete(name);
  };
  const names = ({ address, chat }: { address: string; chat: string }) =>
    [`address ${address}`, `chat ${chat}`] as const;
  return {
    open(place) {
      const [address, chat] = names(place);
      if (of(address) >= most.perAddress || of(chat) >= most.perChat) return false;
      add(address, 1);
      add(chat, 1);
      return true;
    },
    close(place) {
      for (const name of names(place)) add(name, -1);
    },
  };
}
