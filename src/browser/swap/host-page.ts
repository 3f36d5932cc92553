// What the script takes from the page it is a guest on, once and early: a page may replace its globals afterwards.
// Nothing thrown inside reaches the page, and nothing a page adds to Object.prototype is taken for our own data.

const { hasOwnProperty: hasOwn } = Object.prototype;

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

/** A value's own property; one that comes from a polluted prototype is undefined. */
export function own(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' && hasOwn.call(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** Options for the browser, which would read those that are missing from Object.prototype. */
export const bare = <Options extends object>(options: Options): Options =>
  Object.assign(Object.create(null), options);

const { setTimeout: wait, clearTimeout: stopWaiting, fetch: ask } = window;
const { now: clock } = Date;

/** Milliseconds since 1970. */
export const nowMs = (): number => clock();

/** Runs it later, guarded. Answers what ends the wait. */
export function later(run: () => void, ms: number): () => void {
  const timer = wait.call(window, guard(run), ms);
  return () => stopWaiting.call(window, timer);
}

/** Listens for an event of the window or document, guarded and passive, before the page's own listeners. */
export function listen(
  target: EventTarget | undefined,
  name: string,
  run: (event: Event) => void,
): void {
  target?.addEventListener?.(name, guard(run), bare({ capture: true, passive: true }));
}

/** fetch as it was when the script began; rejects where there is none. */
export const request = async (url: string, options: RequestInit): Promise<Response> =>
  ask.call(window, url, bare(options));

/** A random UUID; crypto.randomUUID exists on https pages only. */
export const randomId = (): string =>
  '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (sign) =>
    (
      Number(sign) ^
      ((crypto.getRandomValues(new Uint8Array(1))[0] as number) & (15 >> (Number(sign) / 4)))
    ).toString(16),
  );

/**
 * JSON of strings, numbers, arrays and plain objects; what is undefined is left out. Not JSON.stringify: pages with old
 * libraries carry a toJSON on Array and String that spoils it.
 */
export function toJson(value: unknown): string {
  if (typeof value === 'string') {
    return `"${value.replace(/[^ !#-[\]-\u2027\u202a-\uffff]/g, (sign) => `\\u${`000${sign.charCodeAt(0).toString(16)}`.slice(-4)}`)}"`;
  }
  if (Array.isArray(value)) return `[${value.map(toJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const fields = Object.keys(value).filter((name) => own(value, name) !== undefined);
    return `{${fields.map((name) => `${toJson(name)}:${toJson(own(value, name))}`).join(',')}}`;
  }
  return String(value);
}
