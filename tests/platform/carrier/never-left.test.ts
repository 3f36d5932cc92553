// Requests to the carrier that surely never left: those are made again, all others only after a look.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { CarrierUnreachable, openCarriers } from '#platform/carrier/index.ts';

const ACCOUNT = '0190a1b2-0000-7000-8000-00000000000a';
const LETTER = {
  ...{ from: '+14155550100', to: '+13125550174', text: 'Hello', mediaUrls: [] },
  ...{ profileId: 'profile', tag: '0190a1b2-0000-7000-8000-000000000001' },
};
// takes the request, and then no more is heard
const breaking = createServer((socket) => socket.once('data', () => socket.destroy()));
// taken and closed again: nobody listens there
const closed = createServer();
const portOf = async (server: typeof closed) => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as { port: number }).port;
};
const open = await portOf(breaking);
const shut = await portOf(closed);
await new Promise((done) => closed.close(done));
afterAll(() => breaking.close());

/** How the sending of a text ends with a carrier there. */
async function sendTo(baseUrl: string): Promise<CarrierUnreachable> {
  const settings = { apiKey: 'key', publicKey: 'key', connectionId: '1', baseUrl };
  const carriers = openCarriers({
    settings: async () => settings as never,
    publicUrl: () => 'https://switchboard.example',
  });
  const carrier = await carriers.of(ACCOUNT);
  const thrown = await carrier.sendMessage(LETTER).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(CarrierUnreachable);
  return thrown as CarrierUnreachable;
}

it.each([
  ['nobody listens there', `http://127.0.0.1:${shut}/v2`, true],
  ['nobody listens at any address', `http://localhost:${shut}/v2`, true],
  ['its name is not known', 'http://carrier.invalid/v2', true],
  ['it broke after the request', `http://127.0.0.1:${open}/v2`, false],
])('%s', async (_what, url, isUntaken) => {
  expect((await sendTo(url)).isUntaken).toBe(isUntaken);
});
