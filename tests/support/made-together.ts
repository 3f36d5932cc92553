// What each test of a file needs one of for itself, made for all of them at the same time: a call lasts no longer beside
// eleven others than alone.

/**
 * Hands out one to whoever asks; the first who asks has all of them made.
 * @param count how many the tests need; whoever asks beyond that waits for one more
 */
export function madeTogether<T>(count: number, make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T[]> | undefined;
  return async () => {
    made ??= Promise.all(Array.from({ length: count }, make));
    return (await made).pop() ?? make();
  };
}
