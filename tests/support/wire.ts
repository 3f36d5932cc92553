// A wire to the database that can be cut and mended.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll } from 'vitest';

/** Lays it; it is taken up after the file. Whoever connects to `url` reaches the database at `to` while it is whole. */
export async function openWire(to: string) {
  const { hostname, port } = new URL(to);
  const sockets = new Set<Socket>();
  let whole = true;
  const wire = createServer((near) => {
    if (!whole) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await once(wire.listen(0, '127.0.0.1'), 'listening');
  afterAll(() => {
    whole = false;
    for (const socket of sockets) socket.destroy();
    wire.close();
  });
  const through = new URL(to);
  through.hostname = '127.0.0.1';
  through.port = String((wire.address() as AddressInfo).port);
  return {
    url: through.href,
    cut: () => {
      whole = false;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      whole = true;
    },
  };
}
