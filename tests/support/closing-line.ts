// A vitest reporter that prints, as the very last line, what continuous integration reads: "N passed, N failed". When tests
// were skipped, the line before tells how many.
import { writeSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * The closing lines for finished test modules.
 * @param unhandled errors outside of any test: each counts as a failure, as does a file that could not be loaded.
 */
export function closingLines(modules: readonly TestModule[], unhandled: number): string[] {
  const states = modules.flatMap((module) =>
    [...module.children.allTests()].map((test) => test.result().state),
  );
  const count = (...wanted: string[]) => states.filter((state) => wanted.includes(state)).length;
  const broken = modules.filter(
    (module) => module.state() === 'failed' && module.errors().length > 0,
  );
  const failed = count('failed') + broken.length + unhandled;
  const skipped = count('skipped', 'pending');
  return [
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    `${count('passed')} passed, ${failed} failed`,
  ];
}

/** Prints nothing but the closing lines; the default reporter tells the rest. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const lines = closingLines(modules, errors.length);
    process.once('exit', () => writeSync(1, `${lines.join('\n')}\n`));
  }
}
