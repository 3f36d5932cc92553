// Starts a process of the bench and asks it things, one message each way over IPC.
import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A running process of the bench. */
export interface Child<Ready = unknown> {
  pid: number;
  /** what it said when it was ready */
  ready: Ready;
  /** Asks one thing. Throws what the process threw, or that it ended. */
  ask<T>(what: string, input?: unknown): Promise<T>;
  stop(): Promise<void>;
}

interface Reply {
  id: number;
  answer?: unknown;
  failed?: string;
}

const STOP_WITHIN_MS = 15_000;

/**
 * Starts `bench/processes/<name>.ts` and waits until it is ready.
 * @param setup handed over as JSON
 * @throws when the process ends before it is ready
 */
export async function startChild<Ready>(name: string, setup: object): Promise<Child<Ready>> {
  const file = new URL(`../processes/${name}.ts`, import.meta.url);
  const child = fork(file, [JSON.stringify(setup)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: ['--expose-gc'],
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let asked = 0;
  const expect = (id: number): Promise<unknown> => {
    const reply = Promise.withResolvers<unknown>();
    waiting.set(id, reply);
    return reply.promise;
  };
  child.on('message', (message) => {
    const { id, answer, failed } = message as Reply;
    const reply = waiting.get(id);
    waiting.delete(id);
    if (failed === undefined) reply?.resolve(answer);
    else reply?.reject(new Error(`${name}: ${failed}`));
  });
  child.once('exit', (code, signal) => {
    for (const reply of waiting.values()) {
      reply.reject(new Error(`The process ${name} ended (${code ?? signal}).`));
    }
    waiting.clear();
  });
  // a message that no longer finds its process: the exit is told above
  child.on('error', () => {});
  const ready = (await expect(0)) as Ready;
  return {
    pid: child.pid as number,
    ready,
    async ask<T>(what: string, input: unknown = null): Promise<T> {
      if (!child.connected) throw new Error(`The process ${name} is gone.`);
      asked += 1;
      const reply = expect(asked);
      child.send({ id: asked, what, input });
      return (await reply) as T;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}
