// A conversation as it goes on, for the browser of its visitor. A browser holds the number of the last message that it has:
// since messages are numbered without a gap, it misses none and gets none twice, however often it is cut off. The log only
// says that there is something new; what is new is read.
import type { Platform } from '#platform/platform.ts';
import { pathToChatFile } from './chat-file-link.ts';
import { chatSubject } from './events.ts';
import {
  messagesForVisitor,
  type ShownState,
  type ShownToVisitor,
  stateForVisitor,
} from './read-for-visitor.ts';
import { hearTyping, type TypingSign } from './typing.ts';

/** What is told to the visitor's browser. */
export type ChatNews =
  | { kind: 'messages'; messages: ShownToVisitor[] }
  | { kind: 'state'; state: ShownState }
  | { kind: 'typing'; isTyping: boolean };

const PAGE = 100;

/**
 * Tells what is there behind a message, then what comes, until the signal aborts or the chat is gone. Follows from this call
 * on, before the first next().
 */
export function followChat(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'secrets'>,
  { accountId, chatId, after }: { accountId: string; chatId: string; after: number },
  signal: AbortSignal,
): AsyncGenerator<ChatNews, void> {
  const { db, events, clock, secrets } = platform;
  const filter = { subjects: [chatSubject(chatId)] };
  const log = events.follow({ accountId, filter, signal });
  const typing = hearTyping(platform, { accountId, chatId }, signal);
  let reached = after;
  let shown = '';

  async function* whatIsNew(): AsyncGenerator<ChatNews, 'GONE' | undefined> {
    for (;;) {
      const page = { after: reached, limit: PAGE };
      const now = clock.now(accountId);
      const pathOf = (id: string) => pathToChatFile(secrets, { accountId, id }, now);
      const messages = await messagesForVisitor(db.pool, accountId, chatId, page, pathOf);
      reached = messages.at(-1)?.seq ?? reached;
      if (messages.length > 0) yield { kind: 'messages', messages };
      if (messages.length < PAGE) break;
    }
    const state = await stateForVisitor(db.pool, accountId, chatId);
    if (!state) return 'GONE';
    if (JSON.stringify(state) !== shown) yield { kind: 'state', state };
    shown = JSON.stringify(state);
    return undefined;
  }

  return (async function* () {
    if ((yield* whatIsNew()) === 'GONE') return;
    const heard = () =>
      awaited(typing.next().then(({ value }) => ({ sign: value as TypingSign | undefined })));
    const told = () => awaited(log.next().then(({ done }) => ({ isOver: done === true })));
    let sign = heard();
    let news = told();
    while (!signal.aborted) {
      const first = await Promise.race([sign, news]);
      if ('sign' in first) {
        if (!first.sign) return;
        sign = heard();
        const { author, isTyping } = first.sign;
        if (author === 'AGENT') yield { kind: 'typing', isTyping };
        continue;
      }
      if (first.isOver) return;
      news = told();
      if ((yield* whatIsNew()) === 'GONE') return;
    }
  })();
}

/** It is awaited later, so its rejection may come while nobody listens. */
function awaited<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
