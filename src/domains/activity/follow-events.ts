// The live stream behind every subscription of the log: replay, then live, for as long as the viewer's rights stand.
import type { Context } from '#graphql/context.ts';
import { problem } from '#graphql/problems.ts';
import { isDatabaseUnavailable } from '#platform/db/index.ts';
import type { EventFilter, StoredEvent } from '#platform/events/index.ts';
import { decodePosition } from '#values/cursor.ts';
import type { Viewer } from '#values/viewer.ts';

/**
 * Follows the log for a viewer.
 * @param context its `recheck` is called every `recheckEveryMs` while the stream is open; its `resumeAfter` (the
 *   Last-Event-ID of SSE) goes before `after`
 * @param after resume behind this cursor; null = from now on
 * @throws MalformedCursor, CursorExpired
 * @returns an iterator whose return() ends it at once, also while it waits. Its next() throws CursorExpired,
 *   Unauthenticated when the key no longer holds, and FORBIDDEN when its rights have changed.
 */
export async function followEvents(
  context: Context,
  filter: EventFilter,
  after: string | null | undefined,
): Promise<AsyncIterableIterator<StoredEvent>> {
  const { platform, viewer } = context;
  const cursor = context.resumeAfter ?? after;
  const from = cursor ? decodePosition(cursor) : undefined;
  if (from) await platform.events.checkCursor(from, viewer.accountId);
  const over = new AbortController();
  const events = platform.events.follow({
    accountId: viewer.accountId,
    after: from,
    filter,
    signal: over.signal,
  });
  let lost: { reason: unknown } | null = null;

  const check = async (): Promise<void> => {
    try {
      if (sameRights(viewer, await context.recheck())) return;
      lost = {
        reason: problem(
          'FORBIDDEN',
          'The rights of this key have changed. Subscribe again behind your newest cursor.',
        ),
      };
    } catch (thrown) {
      // an outage says nothing about rights; the log waits for its end too
      if (isDatabaseUnavailable(thrown)) return;
      lost = { reason: thrown };
    }
    over.abort();
  };
  const timer = setInterval(() => void check(), context.recheckEveryMs).unref();
  const close = (): void => {
    clearInterval(timer);
    over.abort();
  };

  const stream: AsyncIterableIterator<StoredEvent> = {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      try {
        const step = lost ? null : await events.next();
        if (lost) throw (lost as { reason: unknown }).reason;
        if (!step || step.done) {
          close();
          return { done: true, value: undefined };
        }
        return step;
      } catch (thrown) {
        close();
        throw thrown;
      }
    },
    async return() {
      close();
      await events.return();
      return { done: true, value: undefined };
    },
  };
  return stream;
}

function sameRights(before: Viewer, now: Viewer): boolean {
  const rights = ({ role, scopes, companyIds }: Viewer) =>
    JSON.stringify([role, [...scopes].sort(), companyIds && [...companyIds].sort()]);
  return rights(before) === rights(now);
}
