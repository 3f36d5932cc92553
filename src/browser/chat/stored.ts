// What a browser keeps of its conversation between pages: which one, its token, and what is not sent yet. First-party, under
// the site's key, and only with consent. All tabs of a site keep the same one, so each adds to what another has written there.
import { guard } from '../swap/host-page.ts';
import type { Waiting } from './words.ts';

export interface Stored {
  /** our id for the conversation */
  chat: string;
  /** empty before it is opened */
  token: string;
  waiting: Waiting[];
  /** the last message that was seen */
  seen: number;
}

/** The name under which a site's conversation is kept. */
export const nameOf = (key: string) => `${key}.chat`;

/** What is kept, or null. */
export const readStored = (key: string): Stored | null =>
  guard(() => {
    const text = localStorage.getItem(nameOf(key));
    return text ? (JSON.parse(text) as Stored) : null;
  })() ?? null;

/** Keeps it; null forgets it. */
export function store(key: string, stored: Stored | null): void {
  guard(() => {
    if (stored) localStorage.setItem(nameOf(key), JSON.stringify(stored));
    else localStorage.removeItem(nameOf(key));
  })();
}

/** What two tabs hold of one conversation, together: no message that waits in either is lost. */
export function together(one: Stored, other: Stored): Stored {
  const more = other.waiting.filter(({ id }) => one.waiting.every((known) => known.id !== id));
  return {
    ...one,
    token: one.token || other.token,
    waiting: [...one.waiting, ...more],
    seen: Math.max(one.seen, other.seen),
  };
}
