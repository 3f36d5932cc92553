// A stream that lasts as long as the viewer's rights stand.
import type { Context } from '#graphql/context.ts';
import { problem } from '#graphql/problems.ts';
import { isDatabaseUnavailable } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';

/**
 * Opens a stream and watches the viewer's rights beside it.
 * @param context its `recheck` is called every `recheckEveryMs` while the stream is open
 * @param open its signal aborts when the stream is closed or the rights are lost
 * @returns an iterator whose return() ends it at once, also while it waits. Its next() throws what the stream throws,
 *   Unauthenticated when the key no longer holds, and FORBIDDEN when its rights have changed.
 */
export function underRights<T>(
  context: Pick<Context, 'viewer' | 'recheck' | 'recheckEveryMs'>,
  open: (signal: AbortSignal) => AsyncGenerator<T, void>,
): AsyncIterableIterator<T> {
  const { viewer } = context;
  const over = new AbortController();
  const items = open(over.signal);
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

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      try {
        const step = lost ? null : await items.next();
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
      await items.return();
      return { done: true, value: undefined };
    },
  };
}

function sameRights(before: Viewer, now: Viewer): boolean {
  const rights = ({ role, scopes, companyIds }: Viewer) =>
    JSON.stringify([role, [...scopes].sort(), companyIds && [...companyIds].sort()]);
  return rights(before) === rights(now);
}
