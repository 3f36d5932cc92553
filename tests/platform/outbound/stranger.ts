// Servers of strangers for the tests of the way out: each counts who connects to it.
import { once } from 'node:events';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll } from 'vitest';

export interface Stranger {
  port: number;
  /** connections so far */
  connections(): number;
}

/** Listens on an address of this machine until the end of the file. */
export async function stranger(
  behave: RequestListener | ((socket: Socket) => void),
  options: { host?: string; raw?: boolean } = {},
): Promise<Stranger> {
  const { host = '127.0.0.1', raw = false } = options;
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = raw
    ? createServer(behave as (socket: Socket) => void)
    : createHttp(behave as RequestListener);
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  await once(server.listen(0, host), 'listening');
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, connections: () => connections };
}
