// A business's own website on this machine: pages by path, on any host name, with headers of their own.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

export interface PageOf {
  html: string;
  headers?: Record<string, string>;
}

export interface Website {
  port: number;
  /** path → page; change it at will */
  pages: Map<string, PageOf>;
  /** path → what was sent there last */
  bodies: Map<string, string>;
  /** the address of a page, on this host */
  at(path: string, host?: string): string;
}

/** Starts it; stopped after the file. */
export async function openWebsite(): Promise<Website> {
  const pages = new Map<string, PageOf>();
  const bodies = new Map<string, string>();
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://here').pathname;
    const body = Buffer.concat(await request.toArray().catch(() => []));
    if (body.length > 0) bodies.set(path, body.toString());
    const page = pages.get(path);
    const type = path.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(page ? 200 : 404, {
      'content-type': `${type}; charset=utf-8`,
      ...page?.headers,
    });
    response.end(page?.html ?? 'Nothing here.');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    port,
    pages,
    bodies,
    at: (path, host = 'www.bluebird.example') => `http://${host}:${port}${path}`,
  };
}
