// A partner's program beside the demo: it takes webhooks and believes nothing that it has not verified.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** A webhook that was verified. */
export interface Told {
  type: string;
  /** the event's id: the same for every attempt */
  id: string;
}

export interface Partner {
  url: string;
  /** The next webhook of a type, verified under the secret. Throws when one came that is not ours. */
  hears(type: string, secret: string): Promise<Told>;
  close(): void;
}

/** Opens the partner's door on a free port of this machine. */
export async function openPartner(): Promise<Partner> {
  const arrived: { body: string; headers: Record<string, string> }[] = [];
  let wake = () => {};
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    arrived.push({ body, headers: request.headers as Record<string, string> });
    response.writeHead(204).end();
    wake();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    async hears(type, secret) {
      const webhook = new Webhook(secret);
      for (;;) {
        for (const { body, headers } of arrived.splice(0)) {
          const told = webhook.verify(body, headers) as { type: string };
          if (told.type === type) return { type, id: String(headers['webhook-id']) };
        }
        await new Promise<void>((heard) => {
          wake = heard;
        });
      }
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
