// The GraphQL door over HTTP: who asks, the limits, subscriptions as server-sent events.

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import { answerErrors } from '#graphql/answer-errors.ts';
import type { Context, CookieBrowser } from '#graphql/context.ts';
import { limitCost } from '#graphql/cost-limit.ts';
import { crossSiteRequest, PROBLEM_STATUS, problem } from '#graphql/problems.ts';
import { limitQueries } from '#graphql/query-limits.ts';
import { openSelections, type Selections } from '#graphql/selections.ts';
import type { SharedSubscribe } from '#graphql/subscribe-shared.ts';
import type { Throttle } from '#graphql/throttle.ts';
import type { Platform } from '#platform/platform.ts';
import type { Refused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { clientAddress } from './client-address.ts';
import { isSecure, openBrowser, type Standing } from './open-browser.ts';
import { requireJson } from './require-json.ts';
import { streamServerSentEvents } from './server-sent-events.ts';
import { readSessionCookie } from './session-cookie.ts';

export const MAX_BODY_BYTES = 100 * 1024;

export interface GraphqlOptions {
  platform: Platform;
  schema: GraphQLSchema;
  /** the viewer behind "Bearer sb_…"; throws when there is none */
  authenticate(bearer: string): Promise<Viewer>;
  /** the viewer behind a session cookie; throws when there is none */
  authenticateSession(token: string): Promise<Viewer>;
  /** where browsers find this server */
  standing: Standing;
  /** the viewer as it is now; throws when its key or session no longer holds */
  recheck(viewer: Viewer): Promise<Viewer>;
  /** tells the log that a rule refused a mutation; never throws */
  tellRefusal(viewer: Viewer, mutation: string, refusal: Refused): Promise<void>;
  recheckEveryMs: number;
  throttle: Throttle;
  shared: SharedSubscribe;
  maxSeconds?: number;
}

/** What stands beside each request before its context is made; the sockets give the same. */
export interface Arrival {
  viewer: Viewer | null;
  requestId: string;
  resumeAfter: string | null;
  browser: CookieBrowser | null;
  address: string | null;
  /** why there is no viewer although there is a cookie; an operation that needs none runs all the same */
  refusal: unknown;
}

/** Makes the yoga server of the door; sockets run their operations through its `getEnveloped`. */
export function openGraphqlDoor(options: GraphqlOptions) {
  const selections = openSelections(options);
  return createYoga<Partial<Arrival>, Context>({
    schema: options.schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    // errors get their codes and are hidden in answerErrors, for sockets and streams too
    maskedErrors: false,
    logging: false,
    batching: false,
    multipart: false,
    maxRequestBodySize: MAX_BODY_BYTES,
    cors: { origin: '*', credentials: false },
    // its page is answered before: openGraphiql
    graphiql: false,
    context: (arrival) => openContext(options, selections, arrival),
    plugins: [
      requireJson(),
      identify(options),
      requireViewer(),
      ...limitQueries(options.maxSeconds),
      limitCost(),
      shareExecutions(options.shared),
      streamServerSentEvents(),
      finishAnswers(options),
    ],
  });
}

function shareExecutions({ subscribe }: SharedSubscribe): Plugin {
  return { onSubscribe: ({ setSubscribeFn }) => setSubscribeFn(subscribe as never) };
}

function openContext(
  options: GraphqlOptions,
  selections: Selections,
  arrival: Partial<Arrival>,
): Context {
  const { platform, throttle, recheckEveryMs } = options;
  // requireViewer lets nothing through that would meet a missing viewer
  const viewer = (arrival.viewer ?? null) as Viewer;
  const { browser } = arrival;
  return {
    platform,
    viewer,
    throttle,
    recheckEveryMs,
    selections,
    requestId: arrival.requestId ?? randomUUID(),
    resumeAfter: arrival.resumeAfter ?? null,
    address: arrival.address ?? null,
    ...(browser ? { browser } : {}),
    recheck: () => options.recheck(viewer),
    tellRefusal: async (mutation, refusal) => {
      // a refused sign-in is nobody's: no account's log is told
      if (viewer) await options.tellRefusal(viewer, mutation, refusal);
    },
  };
}

/** Finds the viewer of a request before anything of it is read: a key goes before a cookie. */
function identify({ authenticate, authenticateSession, standing }: GraphqlOptions): Plugin {
  return {
    async onParams({ request, context, setResult }) {
      const arrival = context as Partial<Arrival> & { req: IncomingMessage; res: ServerResponse };
      arrival.requestId = randomUUID();
      arrival.resumeAfter = request.headers.get('last-event-id');
      arrival.browser = openBrowser(arrival.req, arrival.res, standing);
      arrival.address = clientAddress(arrival.req, standing.TRUSTED_PROXIES);
      const bearer = request.headers.get('authorization');
      try {
        arrival.viewer = bearer ? await authenticate(bearer) : null;
      } catch (thrown) {
        return setResult({ errors: [thrown as never] });
      }
      const token = bearer ? null : readSessionCookie(arrival.req.headers, isSecure(standing));
      if (token === null) return;
      try {
        if (!arrival.browser) throw crossSiteRequest();
        arrival.viewer = await authenticateSession(token);
      } catch (thrown) {
        arrival.refusal = thrown;
      }
    },
  };
}

/** Without a key or a session there is `__typename`, introspection and signing in, and nothing else. */
function requireViewer(): Plugin {
  const refuse = (
    args: { contextValue?: unknown; schema: GraphQLSchema; document: DocumentNode },
    setResult: (result: ExecutionResult) => void,
  ): void => {
    const { viewer, refusal } = args.contextValue as { viewer: Viewer | null; refusal?: unknown };
    if (viewer || isOpen(args.document, args.schema)) return;
    const message =
      'No API key was sent. Send the header "Authorization: Bearer sb_…", or sign in.';
    const missing = problem('UNAUTHENTICATED', message, { reason: 'MISSING' });
    setResult({ errors: [(refusal ?? missing) as GraphQLError] });
  };
  return {
    onExecute: ({ args, setResultAndStopExecution }) => refuse(args, setResultAndStopExecution),
    onSubscribe: ({ args, setResultAndStopExecution }) => refuse(args, setResultAndStopExecution),
  };
}

/** Whether every field of a document's operations can do without a viewer. */
function isOpen(document: DocumentNode, schema: GraphQLSchema): boolean {
  const mutations = schema.getMutationType()?.getFields() ?? {};
  const isOpenField = (name: string, operation: OperationTypeNode) =>
    name.startsWith('__') ||
    (operation === OperationTypeNode.MUTATION && mutations[name]?.extensions.open === true);
  return document.definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .every(({ operation, selectionSet }: OperationDefinitionNode) =>
      selectionSet.selections.every(
        (selection) =>
          selection.kind === Kind.FIELD && isOpenField(selection.name.value, operation),
      ),
    );
}

/** Finishes the errors of an answer and chooses its HTTP status and Retry-After. */
function finishAnswers({ platform }: GraphqlOptions): Plugin<Partial<Arrival>> {
  return {
    onResultProcess({ result, setResult, request, serverContext }) {
      if (Array.isArray(result) || Symbol.asyncIterator in result || !('errors' in result)) return;
      if (!result.errors) return;
      const { requestId = randomUUID() } = serverContext as Partial<Arrival>;
      const errors = answerErrors(result.errors.map(tellLimit), { log: platform.log, requestId });
      const http = result.data ? undefined : statusOf(errors, request);
      setResult({
        ...result,
        errors,
        ...(http ? { extensions: { ...result.extensions, http } } : {}),
      });
    },
  };
}

/** Yoga says that a body is too large, and not how large it may be. */
function tellLimit(error: GraphQLError): GraphQLError {
  const { extensions = {} } = error;
  if (extensions.code !== 'REQUEST_ENTITY_TOO_LARGE') return error;
  const message = `A request takes at most ${MAX_BODY_BYTES / 1_024} KB. Send what is more in parts.`;
  return new GraphQLError(message, { extensions });
}

/**
 * The GraphQL-over-HTTP rule: real status codes under application/graphql-response+json; under application/json 200 for
 * a well-formed request, but for a missing key and for what is our fault.
 */
function statusOf(errors: ReturnType<typeof answerErrors>, request: Request) {
  const codes = errors.map((error) => String(error.extensions.code));
  const statuses = codes.flatMap((code) =>
    code in PROBLEM_STATUS ? [PROBLEM_STATUS[code as keyof typeof PROBLEM_STATUS]] : [],
  );
  const status = Math.max(...statuses);
  const strict = request.headers.get('accept')?.includes('application/graphql-response+json');
  if (!Number.isFinite(status) || !(strict || status === 401 || status >= 500)) return undefined;
  const waits = errors.map(({ extensions }) => Number(extensions.retryAfterSeconds ?? 0));
  const seconds = Math.max(...waits);
  return { status, headers: seconds > 0 ? { 'retry-after': String(seconds) } : {} };
}
