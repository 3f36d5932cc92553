// A server as a process of its own, over a database and a sandbox that outlive it: killed without warning, and started
// again on the same port and folder.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const ENTRY = fileURLToPath(new URL('../../src/server.ts', import.meta.url));

export interface ServerProcess {
  url: string;
  /** Starts it and waits until it takes requests. */
  start(): Promise<void>;
  /** kill -9: nothing is finished, nothing is said. */
  kill(): Promise<void>;
  /** What it has written since it was started last: its greeting and its log. */
  said(): string;
}

/**
 * Prepares a server; `start` starts it. It is stopped after the file.
 * @param env its settings; PORT is chosen here
 */
export async function serverProcess(env: Record<string, string>): Promise<ServerProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  let said = '';
  const kill = async () => {
    const dying = child;
    child = null;
    if (!dying || dying.exitCode !== null) return;
    const gone = once(dying, 'exit');
    dying.kill('SIGKILL');
    await gone;
  };
  afterAll(kill);
  // when a file cannot even be collected its hooks do not run
  process.once('exit', () => child?.kill('SIGKILL'));
  return {
    url,
    kill,
    said: () => said,
    async start() {
      const started = spawn(process.execPath, [ENTRY], {
        env: { PATH: process.env.PATH, LOG_LEVEL: 'warn', ...env, PORT: String(port) },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      said = '';
      await new Promise<void>((resolve, reject) => {
        const hear = (part: Buffer) => {
          said += part;
          if (said.includes('Switchboard is up')) resolve();
        };
        started.stdout.on('data', hear);
        started.stderr.on('data', hear);
        started.once('exit', () => reject(new Error(`The server did not start: ${said}`)));
      });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await once(probe.listen(0, '127.0.0.1'), 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
