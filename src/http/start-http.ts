// Opens the doors of an API process on one port and sends every request to its own.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openSharedSubscribe, type SharedSubscribe } from '#graphql/subscribe-shared.ts';
import { openThrottle } from '#graphql/throttle.ts';
import { answerJson } from './answer-json.ts';
import { type GraphqlOptions, openGraphqlDoor } from './graphql-door.ts';
import { openGraphqlSockets } from './graphql-sockets.ts';
import { answerHealth, answerReady } from './health.ts';
import type { StallLimits } from './stalled-sockets.ts';
import { answerStartPage } from './start-page.ts';

/** A door of its own (carrier webhooks, recordings): true when the request was for it and is answered. */
export type Door = (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) => Promise<boolean>;

export interface HttpOptions
  extends Pick<
    GraphqlOptions,
    | 'platform'
    | 'schema'
    | 'authenticate'
    | 'authenticateSession'
    | 'recheck'
    | 'standing'
    | 'tellRefusal'
  > {
  /** 0 = any free port */
  port: number;
  /** '127.0.0.1' keeps the server to this machine */
  host: string;
  doors?: readonly Door[];
  recheckEveryMs?: number;
  shared?: SharedSubscribe;
  stall?: StallLimits;
  maxSeconds?: number;
}

export interface HttpServer {
  url: string;
  port: number;
  /** closes sockets (1001) and streams, lets requests in flight finish for up to 10 s */
  stop(): Promise<void>;
}

const RECHECK_EVERY_MS = 5_000;
const STOP_WITHIN_MS = 10_000;

/**
 * Starts the HTTP server.
 * @throws what listen() throws: EADDRINUSE when the port is taken
 */
export async function startHttp(options: HttpOptions): Promise<HttpServer> {
  const { platform } = options;
  const door = openGraphqlDoor({
    recheckEveryMs: RECHECK_EVERY_MS,
    ...options,
    throttle: openThrottle(),
    shared: options.shared ?? openSharedSubscribe(),
  });
  /** the open event streams, which never end by themselves */
  const streams = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      platform.log.error({ err: error, path: request.url?.split('?')[0] }, 'a door failed');
      if (response.headersSent) response.destroy();
      else answerJson(response, 500, { error: 'INTERNAL_SERVER_ERROR' });
    });
  });

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.parse(request.url ?? '/', 'http://here');
    if (!url) return answerJson(response, 400, { error: 'BAD_ADDRESS' });
    // nobody's page shows ours in a frame, to have a person who is signed in click on it unawares
    response.setHeader('x-frame-options', 'DENY');
    if (url.pathname === '/graphql') {
      if (request.headers.accept?.includes('text/event-stream')) {
        streams.add(response);
        response.once('close', () => streams.delete(response));
      }
      return void (await door(request, response));
    }
    if (url.pathname === '/health') return answerHealth(response);
    if (url.pathname === '/ready') return answerReady(response, platform);
    for (const other of options.doors ?? []) if (await other(request, response, url)) return;
    if (url.pathname === '/' && request.method === 'GET') {
      return answerStartPage(response, `http://${request.headers.host ?? 'localhost'}`);
    }
    answerJson(response, 404, { error: 'NOT_FOUND', message: 'Nothing answers here. See /.' });
  }

  const sockets = openGraphqlSockets({
    server,
    door,
    authenticate: options.authenticate,
    authenticateSession: options.authenticateSession,
    recheck: options.recheck,
    standing: options.standing,
    log: platform.log,
    ...(options.stall ? { stall: options.stall } : {}),
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(options.port, options.host, () => {
      server.off('error', failed);
      listening();
    });
  });
  const { port } = server.address() as AddressInfo;
  const name = options.host === '0.0.0.0' || options.host === '::' ? 'localhost' : options.host;
  return {
    port,
    url: `http://${name}:${port}`,
    stop: async () => {
      await sockets.stop();
      const closed = new Promise((done) => server.close(done));
      for (const stream of streams) stream.destroy();
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), STOP_WITHIN_MS);
      await door.dispose();
      await closed;
      clearTimeout(timer);
    },
  };
}
