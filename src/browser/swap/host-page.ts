// What the script takes from the page it is a guest on, once and early: a page may replace its globals afterwards.
// Nothing thrown inside reaches the page, and nothing a page adds to Object.prototype is taken for our own data.

/** The error that was swallowed last, for the debug overlay. */
export const trouble: { last?: unknown } = {};

/** The function, but it never throws: what is wrong inside is kept as `trouble`, the answer is undefined. */
export function guard<Args extends unknown[], Result>(
  run: (...args: Args) => Result,
): (...args: Args) => Result | undefined {
  return (...args) => {
    try {
      return run(...args);
    } catch (error) {
      trouble.last = error;
      return undefined;
    }
  };
}

/** An object without prototype: what is missing in it is not read from a polluted Object.prototype. */
export const bare = <Fields extends object>(fields: Fields): Fields =>
  Object.assign(Object.create(null), fields);

const { setTimeout: wait, fetch: ask } = window;
const stringify = window.JSON?.stringify;

/** Milliseconds since 1970. */
export const { now: nowMs } = Date;

/** Runs it later, guarded. */
export function later(run: () => void, ms: number): void {
  wait(guard(run), ms);
}

/** Listens for an event of the window or document, guarded, before the page's own listeners. */
export function listen(
  target: EventTarget | undefined,
  name: string,
  run: (event: Event) => void,
): void {
  target?.addEventListener(name, guard(run), true);
}

/** fetch as it was when the script began; rejects where there is none. */
export const request = async (url: string, options: RequestInit): Promise<Response> =>
  ask(url, bare(options));

/** JSON. Old libraries put a toJSON on Object and Array that would spoil it: what is nested must be `bare` too. */
export const toJson = (fields: object): string => stringify(bare(fields));

/** A random UUID. crypto.randomUUID exists on https pages only; the name of a blob is one everywhere. */
export function randomId(): string {
  const url = URL.createObjectURL(new Blob());
  URL.revokeObjectURL(url);
  return url.slice(-36);
}
