// Entry of the sandbox as a process of its own. Forked, it takes its options as one message from its parent, answers
// `{ ready, port, url, publicKey }` and ends with it; started by hand (`node src/sandbox/main.ts options.json`) it reads
// a file, so that no key stands in the process list, and leaves `sandbox.json` (url, port, publicKey) in its data folder.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProcessOptions } from './options.ts';
import { type Sandbox, startSandbox } from './start.ts';

let sandbox: Sandbox | null = null;

function tell(message: object): void {
  if (process.connected) process.send?.(message);
}

async function start(options: unknown): Promise<void> {
  try {
    const given = ProcessOptions.parse(options);
    sandbox = await startSandbox(given, (error) => tell({ error: String(error) }));
    const { port, url, publicKey } = sandbox;
    writeFileSync(
      join(given.dataDir, 'sandbox.json'),
      JSON.stringify({ url, port, publicKey, pid: process.pid }),
    );
    tell({ ready: true, port, url, publicKey });
  } catch (error) {
    const failed = error instanceof Error ? error.message : String(error);
    if (process.connected) tell({ failed });
    else process.stderr.write(`The sandbox did not start: ${failed}\n`);
    process.exitCode = 1;
    if (process.connected) process.disconnect?.();
  }
}

async function stop(): Promise<void> {
  await sandbox?.stop();
  process.exit();
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
const file = process.argv[2];
if (file !== undefined) {
  void start(JSON.parse(readFileSync(file, 'utf8')));
} else {
  process.once('message', (options) => void start(options));
  // A sandbox without the server that forked it would hold its port for ever.
  process.once('disconnect', stop);
}
