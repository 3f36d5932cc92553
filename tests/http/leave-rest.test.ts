// Bodies that are refused: who is still sending hears why, and who never stops is cut off.
import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { leaveRest } from '#http/leave-rest.ts';
import { bytesOf } from '#http/read-first-line.ts';

let mostMs: number;
const server = createServer(async (from, to) => {
  // as a door that has read the beginning
  await bytesOf(from).next();
  to.writeHead(413).end();
  leaveRest(from, mostMs);
});
await once(server.listen(0, '127.0.0.1'), 'listening');
// one that asked for an end of the connection would be cut off with the answer
const agent = new Agent({ keepAlive: true });
afterAll(() => {
  agent.destroy();
  server.closeAllConnections();
  server.close();
});

const sends = () => {
  const { port } = server.address() as AddressInfo;
  const sent = request({ port, method: 'POST', agent });
  sent.on('error', () => {});
  sent.write('x');
  return sent;
};

it('reads on to the end of a body, more than lies between two machines', async () => {
  mostMs = 30_000;
  const arrived = once(server, 'request') as Promise<[IncomingMessage]>;
  const sent = sends();
  const [from] = await arrived;
  const ended = once(from, 'end');
  const [{ statusCode }] = await once(sent, 'response');
  expect(statusCode).toBe(413);
  sent.end(Buffer.alloc(20_000_000));
  await ended;
  expect(from.complete).toBe(true);
});

it('cuts the connection of one that does not end', async () => {
  mostMs = 20;
  const sent = sends();
  await once(sent, 'response');
  await once(sent, 'close');
  expect(sent.writableEnded).toBe(false);
});
