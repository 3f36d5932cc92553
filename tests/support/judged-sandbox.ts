// A sandbox carrier whose every request, answer and webhook is judged by the carrier's specification when the file is
// done (where the specification is here).
import { afterAll, expect } from 'vitest';
import { type Exchange, type Sandbox, type SandboxOptions, startSandbox } from '#sandbox/index.ts';
import { openCarrierSpec, specIsHere } from './carrier-spec.ts';

/** Starts it. Call it where afterAll may be called, and stop it in a hook of your own. */
export async function startJudgedSandbox(options: SandboxOptions): Promise<Sandbox> {
  const exchanges: Exchange[] = [];
  const sandbox = await startSandbox(options, undefined, (exchange) => exchanges.push(exchange));
  if (specIsHere) {
    afterAll(async () => {
      const faults = new Set(await judge(sandbox, exchanges));
      expect([...faults], 'against the carrier’s specification').toEqual([]);
      expect(exchanges.length).toBeGreaterThan(0);
    }, 30_000);
  }
  return sandbox;
}

async function judge(sandbox: Sandbox, exchanges: readonly Exchange[]): Promise<string[]> {
  const spec = await openCarrierSpec();
  return [
    ...exchanges.flatMap((exchange) => spec.request(exchange)),
    // a scripted fault may answer anything
    ...exchanges
      .filter(({ isScripted }) => !isScripted)
      .flatMap((exchange) => spec.answer(exchange)),
    ...sandbox.deliveries().flatMap(({ webhook, attempts }) =>
      spec.webhook({
        data: webhook,
        meta: { attempt: attempts.length, delivered_to: attempts[0]?.url ?? '' },
      } as { data: { event_type: string } }),
    ),
  ];
}
