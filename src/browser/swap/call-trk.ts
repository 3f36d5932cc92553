// CallTrk: the names under which sites written for CallRail use their script. Loaded for such sites only.
import type { Inside, Numbers } from './start-site.ts';

/** Takes the place of the stand-in that has queued calls so far. */
export function start({ api, guard, known }: Inside): void {
  const facade = (window as unknown as { CallTrk: Record<string, unknown> }).CallTrk;
  const { queue } = facade as { queue: [string, ...unknown[]][] };
  facade.swap = api.swap;
  facade.getSwapNumbers = guard(
    (targets: readonly string[], callback?: (numbers: Numbers) => void): Numbers => {
      api.getNumbers(targets).then(
        guard((numbers: Numbers) => callback?.(numbers)),
        () => {},
      );
      return known(targets);
    },
  );
  // forms are not captured yet; a page that asks for it must not break
  facade.captureForm = () => ({});
  delete facade.queue;
  for (const [name, ...values] of queue.splice(0)) {
    guard(() => (facade[name] as (...args: unknown[]) => unknown)(...values))();
  }
}
