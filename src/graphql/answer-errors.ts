// The last step of every answer: each error gets its code, and what nobody expected is logged once and hidden behind the
// request's id. "Did you mean" stays: the schema is open to everybody.
import { GraphQLError, type GraphQLErrorExtensions } from 'graphql';
import type { Log } from '#platform/log/index.ts';
import { expectedProblem, PROBLEM_STATUS } from './problems.ts';

const CONTROL_CHARACTER = /^Bad control character in string literal in JSON/;
const finished = new WeakSet<GraphQLError>();

/**
 * Makes errors fit to leave.
 * @param errors whatever the executor, the parser or a plugin gave
 * @param where.requestId stands in the log beside the hidden error, and in its extensions
 */
export function answerErrors(
  errors: readonly unknown[],
  where: { log: Log; requestId: string },
): GraphQLError[] {
  return errors.map((error) => {
    if (error instanceof GraphQLError && finished.has(error)) return error;
    const answered = answerError(error, where);
    finished.add(answered);
    return answered;
  });
}

function answerError(error: unknown, where: { log: Log; requestId: string }): GraphQLError {
  const expected = expectedProblem(error);
  if (!expected) return hide(error, where);
  const given: GraphQLErrorExtensions = { code: 'BAD_INPUT', ...expected.extensions };
  const { http, originalError, ...extensions } = given;
  // a status of yoga's own (413) stays; ours follow from the code
  const status = String(extensions.code) in PROBLEM_STATUS || !http ? {} : { http };
  // yoga goes by what is cut off here: a body that is not JSON is 400 in every media type
  if (originalError) status.http = { status: 400 };
  const message = originalError ? tellJson(originalError as Error) : expected.message;
  return new GraphQLError(message, {
    nodes: expected.nodes ?? null,
    source: expected.source ?? null,
    positions: expected.positions ?? null,
    path: expected.path ?? null,
    extensions: { ...extensions, ...status },
  });
}

/** Says in one sentence why a body could not be read. What the parser quotes of the body, behind a comma, is cut off. */
function tellJson({ message }: Error): string {
  const [reason = ''] = message.split(', "');
  const told = reason.replace(
    CONTROL_CHARACTER,
    'a line break (write \\n) or another control character stands inside a string',
  );
  return `The body is not JSON: ${told}.`;
}

function hide(error: unknown, { log, requestId }: { log: Log; requestId: string }): GraphQLError {
  const located = error instanceof GraphQLError ? error : null;
  const err = located?.originalError ?? error;
  log.error({ err, requestId, path: located?.path?.join('.') }, 'a request failed unexpectedly');
  return new GraphQLError(
    'Something went wrong on our side. Nothing is known to be wrong with the request; tell us its requestId.',
    {
      nodes: located?.nodes ?? null,
      path: located?.path ?? null,
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
    },
  );
}
