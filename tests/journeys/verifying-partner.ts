// A partner's endpoint: a real server that believes nothing it has not verified.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll } from 'vitest';
import type { Data } from '../../demo/api.ts';

/**
 * Verifies every delivery; answers 500 as often as told.
 * @param secrets the first is the endpoint's, put there once it is known
 */
export async function partner(secrets: string[], failures = 0) {
  const heard: { id: string; body: Data }[] = [];
  let left = failures;
  const server = createServer((request, response) => {
    let raw = '';
    request.on('data', (part) => {
      raw += part;
    });
    request.on('end', () => {
      try {
        const headers = request.headers as Record<string, string>;
        const body = new Webhook(secrets[0] ?? '').verify(raw, headers);
        heard.push({ id: String(headers['webhook-id']), body });
        left -= 1;
        response.writeHead(left >= 0 ? 500 : 204).end();
      } catch {
        response.writeHead(401).end();
      }
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  afterAll(() => void server.close());
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}
