// An async generator that can be ended from outside while it waits: by its signal, or by return() during a pending next().

/**
 * Wraps a generator function so that `return()` aborts it first. A bare async generator queues return() behind a pending
 * next(), which for a quiet subscription never comes.
 * @param source is given a signal and must end soon after it aborts
 */
export function abortable<T>(
  outer: AbortSignal,
  source: (signal: AbortSignal) => AsyncGenerator<T, void>,
): AsyncGenerator<T, void> {
  const own = new AbortController();
  const abort = () => own.abort();
  if (outer.aborted) abort();
  outer.addEventListener('abort', abort, { once: true });
  const inner = source(own.signal);
  const end = () => {
    outer.removeEventListener('abort', abort);
    own.abort();
  };
  return {
    async next() {
      try {
        const result = await inner.next();
        if (result.done) end();
        return result;
      } catch (error) {
        end();
        throw error;
      }
    },
    return(value) {
      end();
      return inner.return(value as undefined);
    },
    throw(error) {
      end();
      return inner.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await this.return();
    },
  };
}
