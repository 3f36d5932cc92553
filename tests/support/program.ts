// A program of this repository as a process of its own, in a process group of its own: started, heard, stopped as from a
// terminal, and killed without warning.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Program {
  /** Starts it and waits until it says that it is up. */
  start(): Promise<void>;
  /** Waits until it ends by itself. @returns its exit code */
  ended(): Promise<number | null>;
  /** Ctrl+C at a terminal: every process of the group is told, and all are awaited. @returns the exit code */
  interrupt(): Promise<number | null>;
  /** kill -9 of the program alone: nothing is finished, nothing is said. */
  kill(): Promise<void>;
  pid(): number;
  /** what it wrote since it was started */
  said(): string;
}

/**
 * Prepares a program; `start` starts it. Nothing of it is left after the file.
 * @param command the program and its arguments; the repository's root is its working directory
 * @param env its settings; nothing but PATH, HOME and where compiled files lie comes from outside
 * @param up the words by which it says that it is up
 */
export function program(
  command: readonly [string, ...string[]],
  env: Record<string, string>,
  up: string,
): Program {
  let child: ChildProcess | null = null;
  let said = '';
  /** @returns false when nothing of the group is left */
  const signal = (name: NodeJS.Signals | 0): boolean => {
    try {
      return child?.pid !== undefined && process.kill(-child.pid, name);
    } catch {
      return false;
    }
  };
  const ended = async () => {
    if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return child?.exitCode ?? null;
  };
  afterAll(async () => {
    signal('SIGKILL');
    await ended();
  });
  // when a file cannot even be collected its hooks do not run
  process.once('exit', () => signal('SIGKILL'));
  return {
    async start() {
      const [file, ...args] = command;
      const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
      const started = spawn(file, args, {
        cwd: ROOT,
        env: { PATH, HOME, NODE_COMPILE_CACHE, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
      child = started;
      said = '';
      await new Promise<void>((resolve, reject) => {
        const hear = (part: Buffer) => {
          said += part;
          if (said.includes(up)) resolve();
        };
        started.stdout.on('data', hear);
        started.stderr.on('data', hear);
        started.once('error', reject);
        started.once('exit', () => reject(new Error(`It ended before it was up: ${said}`)));
      });
    },
    ended,
    async interrupt() {
      signal('SIGINT');
      const code = await ended();
      while (signal(0)) await pause(10);
      return code;
    },
    async kill() {
      child?.kill('SIGKILL');
      await ended();
    },
    pid: () => child?.pid ?? 0,
    said: () => said,
  };
}

/** The command lines of every process below a process, by id (Linux). */
export function processesBelow(parent: number): Map<number, string> {
  const below = new Map<number, string>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [, ppid] = /^\d+ \(.*\) \S (\d+)/.exec(stat) ?? [];
      if (Number(ppid) !== parent) continue;
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      below.set(Number(name), command);
      for (const [pid, of] of processesBelow(Number(name))) below.set(pid, of);
    } catch {
      // it ended at this moment
    }
  }
  return below;
}
