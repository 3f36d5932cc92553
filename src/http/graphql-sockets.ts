// The GraphQL door over WebSocket (graphql-transport-ws) on the same path: the key in connectionParams or the session in
// the cookie, limits per connection, and an end for sockets that no longer read.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { type ExecutionArgs, type FormattedExecutionResult, GraphQLError } from 'graphql';
import { CloseCode, type SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { answerErrors } from '#graphql/answer-errors.ts';
import { problem } from '#graphql/problems.ts';
import { isDatabaseUnavailable } from '#platform/db/index.ts';
import type { Log } from '#platform/log/index.ts';
import type { Viewer } from '#values/viewer.ts';
import { type GraphqlOptions, MAX_BODY_BYTES, type openGraphqlDoor } from './graphql-door.ts';
import { isSecure } from './open-browser.ts';
import { isOwnOrigin } from './own-request.ts';
import { readSessionCookie } from './session-cookie.ts';
import { dropStalled, type StallLimits } from './stalled-sockets.ts';

const KEEP_ALIVE_MS = 12_000;
/** of IANA's WebSocket close codes */
const TRY_AGAIN_LATER = 1013;
export const MAX_SUBSCRIPTIONS = 20;

interface Extra extends Record<PropertyKey, unknown> {
  viewer?: Viewer;
  socket: WebSocket;
  request: IncomingMessage;
}

/**
 * Opens the sockets of a server.
 * @param options.door yoga, through whose plugins every operation runs
 * @param options.authenticate the viewer behind connectionParams.authorization; Unauthenticated closes with 4403, a database
 *   that is away with 1013 (try again later)
 * @param options.authenticateSession the viewer behind the cookie of the opening request, which counts only when its
 *   Origin is ours: any site may open a socket to us, and browsers send the cookie along
 * @param options.recheck the viewer as it is now, asked before each operation: a socket outlives its key. Unauthenticated
 *   closes with 4403, so that nothing else of that key goes on either
 * @returns stop(): closes every socket with 1001, so that clients reconnect elsewhere and resume
 */
export function openGraphqlSockets(options: {
  server: Server;
  door: ReturnType<typeof openGraphqlDoor>;
  authenticate: GraphqlOptions['authenticate'];
  authenticateSession: GraphqlOptions['authenticateSession'];
  recheck: GraphqlOptions['recheck'];
  standing: GraphqlOptions['standing'];
  log: Log;
  stall?: StallLimits;
}): { stop(): Promise<void> } {
  const { server, door, authenticate, authenticateSession, recheck, standing, log } = options;
  const sockets = new WebSocketServer({
    server,
    path: door.graphqlEndpoint,
    maxPayload: MAX_BODY_BYTES,
  });
  // the http server reports its own errors
  sockets.on('error', () => {});
  const viewerOf = async (
    bearer: unknown,
    { headers }: IncomingMessage,
  ): Promise<Viewer | null> => {
    if (typeof bearer === 'string' && bearer !== '') return authenticate(bearer);
    const token = readSessionCookie(headers, isSecure(standing));
    if (token === null || !isOwnOrigin(headers, standing.PUBLIC_URL)) return null;
    return authenticateSession(token);
  };
  const protocol = useServer<Record<string, unknown>, Extra>(
    {
      execute: (args) => enveloped(args).execute(args),
      subscribe: (args) => enveloped(args).subscribe(args),
      onConnect: async ({ connectionParams, extra }) => {
        const bearer = connectionParams?.authorization ?? connectionParams?.Authorization;
        try {
          const viewer = await viewerOf(bearer, extra.request);
          if (!viewer) return false;
          extra.viewer = viewer;
          return true;
        } catch (thrown) {
          const errors = answerErrors([thrown], { log, requestId: randomUUID() });
          // clients give up for good at the 4500 that a throw would close with
          if (isDatabaseUnavailable(thrown)) extra.socket.close(TRY_AGAIN_LATER, 'Try again later');
          else if (!isUnauthenticated(errors)) throw thrown;
          return false;
        }
      },
      onSubscribe: async ({ extra, subscriptions }, _id, payload) => {
        if (Object.keys(subscriptions).length > MAX_SUBSCRIPTIONS) {
          const message = `A connection carries at most ${MAX_SUBSCRIPTIONS} operations at once. Open another one.`;
          return [problem('TOO_MANY_SUBSCRIPTIONS', message, { limit: MAX_SUBSCRIPTIONS })];
        }
        const { viewer: before, socket } = extra as Extra;
        const requestId = randomUUID();
        let viewer: Viewer | null;
        try {
          viewer = before ? await recheck(before) : null;
        } catch (thrown) {
          const errors = answerErrors([thrown], { log, requestId });
          if (isUnauthenticated(errors)) socket.close(CloseCode.Forbidden, 'Forbidden');
          return errors;
        }
        return prepare(door, { viewer, requestId }, payload);
      },
      onNext: (_context, _id, _payload, args, result) => {
        if (!result.errors) return undefined;
        const errors = answerErrors(result.errors, whereOf(args, log));
        return {
          ...result,
          errors: errors.map((error) => error.toJSON()),
        } as FormattedExecutionResult;
      },
      onError: (_context, _id, _payload, errors) =>
        answerErrors(errors, { log, requestId: randomUUID() }).map((error) => error.toJSON()),
    },
    sockets,
    KEEP_ALIVE_MS,
  );
  const watch = dropStalled(sockets, log, options.stall);
  return {
    stop: async () => {
      watch.stop();
      await protocol.dispose();
      for (const socket of sockets.clients as Set<WebSocket>) socket.terminate();
      await new Promise((done) => sockets.close(done));
    },
  };
}

function isUnauthenticated(errors: readonly GraphQLError[]): boolean {
  return errors.some(({ extensions }) => extensions.code === 'UNAUTHENTICATED');
}

type Enveloped = ReturnType<ReturnType<typeof openGraphqlDoor>['getEnveloped']>;

/** each operation's own plugins, from onSubscribe to execute */
const running = new WeakMap<object, Enveloped>();

function enveloped(args: ExecutionArgs): Enveloped {
  const found = running.get(args.contextValue as object);
  if (!found) throw new Error('An operation was executed that nobody prepared.');
  return found;
}

async function prepare(
  door: ReturnType<typeof openGraphqlDoor>,
  arrival: { viewer: Viewer | null; requestId: string },
  payload: SubscribePayload,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  const plugins = door.getEnveloped({ ...arrival, params: payload, resumeAfter: null } as never);
  try {
    const document = plugins.parse(payload.query);
    const errors: readonly GraphQLError[] = plugins.validate(plugins.schema, document);
    if (errors.length > 0) return errors;
    const contextValue = await plugins.contextFactory();
    running.set(contextValue as object, plugins);
    return {
      schema: plugins.schema,
      document,
      operationName: payload.operationName ?? null,
      variableValues: payload.variables ?? null,
      contextValue,
    };
  } catch (thrown) {
    if (thrown instanceof GraphQLError) return [thrown];
    throw thrown;
  }
}

function whereOf(args: ExecutionArgs, log: Log): { log: Log; requestId: string } {
  const { requestId } = args.contextValue as { requestId?: string };
  return { log, requestId: requestId ?? randomUUID() };
}
