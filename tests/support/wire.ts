// A wire to a server (the database, our own) that can be cut and mended.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll } from 'vitest';

/** Lays it; it is taken up after the file. Whoever connects to `url` reaches the server at `to` while it is whole. */
export async function openWire(to: string) {
  const { hostname, port } = new URL(to);
  const sockets = new Set<Socket>();
  let whole = true;
  const wire = createServer((near) => {
    if (!whole) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy()).on('close', () => sockets.delete(socket));
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
  const snap = () => {
    const count = sockets.size;
    for (const socket of sockets) socket.destroy();
    return count;
  };
  return {
    url: through.href,
    /** Ends what goes through it at this moment, on both sides; it stays whole. @returns how many ends there were */
    snap,
    cut: () => {
      whole = false;
      snap();
    },
    mend: () => {
      whole = true;
    },
  };
}
