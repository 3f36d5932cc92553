// Starts the sandbox as a child process, so that a crash of either side leaves the other alone.
import { fork } from 'node:child_process';
import { z } from 'zod';
import type { SandboxOptions } from './options.ts';

const Message = z.union([
  z.object({ ready: z.literal(true), port: z.number(), url: z.string(), publicKey: z.string() }),
  z.object({ failed: z.string() }),
  z.object({ error: z.string() }),
]);

export interface ForkedSandbox {
  url: string;
  port: number;
  publicKey: string;
  pid: number;
  /** resolves with the exit code or signal when the process is gone, for whatever reason */
  exited: Promise<number | string>;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 5_000;

/**
 * Forks `main.ts` and waits until it serves.
 * @param onError receives what goes wrong inside later on (text only, nothing secret)
 * @throws Error saying why the sandbox did not start
 */
export async function forkSandbox(
  options: SandboxOptions & { speed?: number },
  onError?: (message: string) => void,
): Promise<ForkedSandbox> {
  const child = fork(new URL('main.ts', import.meta.url), [], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
  });
  let stderr = '';
  child.stderr?.on('data', (part) => {
    stderr = (stderr + part).slice(-2000);
  });
  const exited = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  const ready = new Promise<{ url: string; port: number; publicKey: string }>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The sandbox did not start within ${START_TIMEOUT_MS / 1000} s.`));
    }, START_TIMEOUT_MS);
    child.on('message', (raw) => {
      const message = Message.parse(raw);
      if ('error' in message) return onError?.(message.error);
      clearTimeout(timer);
      if ('failed' in message) reject(new Error(`The sandbox did not start: ${message.failed}`));
      else resolve(message);
    });
    child.once('error', reject);
    exited.then((code) => {
      clearTimeout(timer);
      reject(new Error(`The sandbox ended (${code}) before it was ready. ${stderr}`.trim()));
    });
  });
  child.send(options);
  const { url, port, publicKey } = await ready;
  return {
    url,
    port,
    publicKey,
    pid: child.pid as number,
    exited,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}
