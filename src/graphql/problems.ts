// Top-level errors: what a client did wrong outside a verb, what it may not do, what is down, and what is our own fault.
// Every error that leaves the API carries `extensions.code`; anything unexpected is logged once and hidden.
import { GraphQLError, type GraphQLErrorExtensions } from 'graphql';
import { isDatabaseUnavailable } from '#platform/db/index.ts';
import { Refused } from '#values/refusals.ts';

/** The codes of top-level errors, and the HTTP status they have under application/graphql-response+json. */
export const PROBLEM_STATUS = {
  BAD_INPUT: 400,
  MALFORMED_CURSOR: 400,
  CURSOR_EXPIRED: 400,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  QUERY_TOO_COSTLY: 400,
  QUERY_TOO_LARGE: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  CROSS_SITE_REQUEST: 403,
  UNSUPPORTED_MEDIA_TYPE: 415,
  THROTTLED: 429,
  TOO_MANY_SUBSCRIPTIONS: 429,
  TIMEOUT: 503,
  SERVICE_UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
} as const;
export type ProblemCode = keyof typeof PROBLEM_STATUS;

/** Makes a top-level error with a code. */
export function problem(
  code: ProblemCode,
  message: string,
  extensions: GraphQLErrorExtensions = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...extensions } });
}

/** The header by which a client without a browser's Origin says that no other site sent its request. */
export const OWN_REQUEST_HEADER = 'x-switchboard-request';

/** A cookie is to be read or set, and nothing proves that our own pages asked. */
export function crossSiteRequest(): GraphQLError {
  const message = `Signing in, and cookies, work over HTTP from this server’s own pages. Other programs send the header "${OWN_REQUEST_HEADER}: 1", or an API key instead of a cookie.`;
  return problem('CROSS_SITE_REQUEST', message);
}

/** An argument outside a mutation's input is wrong; the message names it and its limit. */
export function badInput(message: string, extensions: GraphQLErrorExtensions = {}): GraphQLError {
  return problem('BAD_INPUT', message, extensions);
}

/** Errors of earlier layers and of the accounts domain, known by their names, and the code each one is answered with. */
const CODES_BY_NAME: Readonly<Record<string, ProblemCode>> = {
  MalformedCursor: 'MALFORMED_CURSOR',
  CursorExpired: 'CURSOR_EXPIRED',
  Unauthenticated: 'UNAUTHENTICATED',
  Forbidden: 'FORBIDDEN',
  SearchTimedOut: 'TIMEOUT',
  ReportTimedOut: 'TIMEOUT',
  PothosValidationError: 'BAD_INPUT',
};

/**
 * The top-level error of something thrown, or null when it is unexpected. GraphQLErrors that wrap nothing (syntax,
 * validation, variables, our own problems) are answered as they are.
 */
export function expectedProblem(thrown: unknown): GraphQLError | null {
  if (thrown instanceof GraphQLError) {
    const { originalError } = thrown;
    if (!originalError || originalError instanceof GraphQLError) return thrown;
    return relocate(expectedProblem(originalError), thrown);
  }
  if (!(thrown instanceof Error)) return null;
  if (thrown instanceof Refused) {
    const code = thrown.code === 'INVALID_INPUT' ? 'BAD_INPUT' : thrown.code;
    return new GraphQLError(thrown.message, { extensions: { code, field: thrown.field } });
  }
  if (isDatabaseUnavailable(thrown)) {
    const message = 'The database cannot be reached. Nothing is lost; try again shortly.';
    return problem('SERVICE_UNAVAILABLE', message, { retryAfterSeconds: 5 });
  }
  const code = CODES_BY_NAME[thrown.name];
  if (!code) return null;
  const { reason, scope } = thrown as { reason?: unknown; scope?: unknown };
  return problem(code, thrown.message, {
    ...(typeof reason === 'string' && { reason }),
    ...(typeof scope === 'string' && { scope }),
  });
}

function relocate(inner: GraphQLError | null, outer: GraphQLError): GraphQLError | null {
  if (!inner) return null;
  return new GraphQLError(inner.message, {
    nodes: outer.nodes ?? null,
    path: outer.path ?? null,
    extensions: inner.extensions,
  });
}
