// A server as a process of its own, over a database and a sandbox that outlive it: killed without warning, and started
// again on the same port and folder.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { type Program, program } from './program.ts';

export type ServerProcess = Program & { url: string };

/**
 * Prepares a server; `start` starts it. It is stopped after the file.
 * @param env its settings; PORT is chosen here
 * @param command how it is started
 */
export async function serverProcess(
  env: Record<string, string>,
  command: readonly [string, ...string[]] = [process.execPath, 'src/server.ts'],
): Promise<ServerProcess> {
  const port = String(await freePort());
  const settings = { LOG_LEVEL: 'warn', ...env, PORT: port };
  return {
    ...program(command, settings, 'Switchboard is up'),
    url: `http://127.0.0.1:${port}`,
  };
}

/** A port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await once(probe.listen(0, '127.0.0.1'), 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
