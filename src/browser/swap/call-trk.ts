// CallTrk: the names under which sites written for CallRail use their script. Loaded for such sites only.
import type { Inside, Numbers } from './start-site.ts';

/** Takes the place of the stand-ins, which hand on what they were asked. */
export function start({ api, guard, known }: Inside): void {
  Object.assign((window as unknown as { CallTrk: object }).CallTrk, {
    swap: api.swap,
    captureForm: api.captureForm,
    getSwapNumbers: guard(
      (targets: readonly string[], callback?: (numbers: Numbers) => void): Numbers => {
        api.getNumbers(targets).then(
          guard((numbers: Numbers) => callback?.(numbers)),
          () => {},
        );
        return known(targets);
      },
    ),
  });
}
