// Opens the doors of an API process on one port and sends every request to its own.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openSharedSubscribe, type SharedSubscribe } from '#graphql/subscribe-shared.ts';
import { openThrottle, type Throttle } from '#graphql/throttle.ts';
import { answerJson } from './answer-json.ts';
import { openGraphiql } from './graphiql.ts';
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
  throttle?: Throttle;
  /** true: closed until `open()` */
  opensLater?: boolean;
}

export interface HttpServer {
  url: string;
  port: number;
  /** lets requests in; before it, everything but /health is answered 503: the port is held, what stands behind it is not up */
  open(): void;
  /** closes sockets (1001) and streams, lets requests in flight finish for up to 10 s */
  stop(): Promise<void>;
}

const RECHECK_EVERY_MS = 5_000;
const STOP_WITHIN_MS = 10_000;

/**
 * Starts the HTTP server.
 * @throws naming PORT or HOST when it cannot listen there
 */
export async function startHttp(options: HttpOptions): Promise<HttpServer> {
  const { platform } = options;
  const door = openGraphqlDoor({
    recheckEveryMs: RECHECK_EVERY_MS,
    ...options,
    throttle: options.throttle ?? openThrottle(),
    shared: options.shared ?? openSharedSubscribe(),
  });
  const graphiql = openGraphiql();
  /** answers under way; those that are event streams never end by themselves */
  const answers = new Set<ServerResponse>();
  let isOpen = !options.opensLater;
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
    if (url.pathname === '/health') return answerHealth(response);
    if (!isOpen) {
      response.setHeader('retry-after', '1');
      return answerJson(response, 503, { error: 'STARTING', message: 'Ask again in a second.' });
    }
    answers.add(response);
    response.once('close', () => answers.delete(response));
    if (url.pathname === '/graphql') {
      if (await graphiql(request, response)) return;
      return void (await door(request, response));
    }
    if (url.pathname === '/ready') return answerReady(response, platform);
    for (const other of options.doors ?? []) if (await other(request, response, url)) return;
    if (url.pathname === '/' && request.method === 'GET') {
      return answerStartPage(response, originOf(request));
    }
    answerJson(response, 404, { error: 'NOT_FOUND', message: 'Nothing answers here. See /.' });
  }

  // before the sockets: they would tell of a taken port in their own way
  await listen(server, options);
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
  const { port } = server.address() as AddressInfo;
  const name = options.host === '0.0.0.0' || options.host === '::' ? 'localhost' : options.host;
  return {
    port,
    url: `http://${name}:${port}`,
    open: () => {
      isOpen = true;
    },
    stop: async () => {
      await sockets.stop();
      const closed = new Promise((done) => server.close(done));
      for (const one of answers) if (isStream(one)) one.destroy();
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), STOP_WITHIN_MS);
      await door.dispose();
      await closed;
      clearTimeout(timer);
    },
  };
}

async function listen(server: Server, { port, host }: HttpOptions): Promise<void> {
  try {
    await once(server.listen(port, host), 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why: Record<string, string> = {
      EADDRINUSE: `Port ${port} on ${host} is taken. Stop what listens there, or set PORT.`,
      EACCES: `This user may not listen on port ${port}. Set PORT to 1024 or above.`,
      EADDRNOTAVAIL: `HOST ${host} is no address of this machine.`,
      ENOTFOUND: `HOST ${host} is no address of this machine.`,
    };
    throw new Error(why[code ?? ''] ?? `Cannot listen on ${host}:${port}: ${String(error)}`, {
      cause: error,
    });
  }
}

function isStream(response: ServerResponse): boolean {
  return String(response.getHeader('content-type')).startsWith('text/event-stream');
}

/** Where the client believes us to be; a Host header that is no host is not repeated. */
function originOf({ headers }: IncomingMessage): string {
  return URL.parse(`http://${headers.host}`)?.origin ?? 'http://localhost';
}
