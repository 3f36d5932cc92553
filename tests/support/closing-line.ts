// A vitest reporter that prints, as the very last line, what continuous integration reads: "N passed, N failed", and ", N skipped" when there are any.
import { writeSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * The closing line for finished test modules.
 * @param unhandled errors outside of any test: each counts as a failure, as does a file that could not be loaded.
 */
export function closingLine(modules: readonly TestModule[], unhandled: number): string {
  const states = modules.flatMap((module) =>
    [...module.children.allTests()].map((test) => test.result().state),
  );
  const count = (...wanted: string[]) => states.filter((state) => wanted.includes(state)).length;
  const broken = modules.filter(
    (module) => module.state() === 'failed' && module.errors().length > 0,
  );
  const failed = count('failed') + broken.length + unhandled;
  const skipped = count('skipped', 'pending');
  return `${count('passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Prints nothing but the closing line; the default reporter tells the rest. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const line = closingLine(modules, errors.length);
    process.once('exit', () => writeSync(1, `${line}\n`));
  }
}
