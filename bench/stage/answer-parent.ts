// The other end of child.ts: a process of the bench answers what its parent asks, and goes when its parent goes.

// biome-ignore lint/suspicious/noExplicitAny: each answer knows what it is asked with
type Answers = Record<string, (input: any) => unknown>;

/** What the parent gave this process to start with. */
export function readSetup<T>(): T {
  return JSON.parse(process.argv[2] ?? '{}') as T;
}

/**
 * Says that this process is ready and answers from then on. Every process also answers `cpu` (microseconds of user and
 * system time since its start) and `memory` (bytes, after a garbage collection).
 * @param stop is run when the parent disconnects
 */
export function answerParent(ready: unknown, answers: Answers, stop?: () => Promise<void>): void {
  const all: Answers = { cpu: usedCpu, memory: settledMemory, ...answers };
  process.on('message', (message) => {
    const { id, what, input } = message as { id: number; what: string; input: unknown };
    void reply(id, () => {
      const answer = all[what];
      if (!answer) throw new Error(`Nothing here answers ${what}.`);
      return answer(input);
    });
  });
  process.once('disconnect', () => {
    void Promise.resolve(stop?.()).finally(() => process.exit(0));
  });
  process.send?.({ id: 0, answer: ready });
}

async function reply(id: number, work: () => unknown): Promise<void> {
  try {
    process.send?.({ id, answer: await work() });
  } catch (error) {
    process.send?.({
      id,
      failed: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
}

function usedCpu(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Bytes: what JavaScript holds (heap and buffers), and all that the process has. */
export interface Memory {
  held: number;
  rss: number;
}

function settledMemory(): Memory {
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: heapUsed + external, rss };
}

/** Milliseconds on a clock that all processes of one machine share. */
export function sharedNowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
