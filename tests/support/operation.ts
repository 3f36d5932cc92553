// Runs one GraphQL operation without HTTP, and answers as a client would see it.
import {
  type DocumentNode,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import type { Context } from '#graphql/context.ts';
import { expectedProblem } from '#graphql/problems.ts';
import { openSelections } from '#graphql/selections.ts';
import { openThrottle } from '#graphql/throttle.ts';
import type { Platform } from '#platform/platform.ts';
import type { Viewer } from '#values/viewer.ts';

// biome-ignore lint/suspicious/noExplicitAny: an answer has whatever shape the operation asked for
export type Answer = { data: any; errors?: any[] };

const judged = new WeakMap<GraphQLSchema, Map<string, DocumentNode | readonly GraphQLError[]>>();

/** The document, or why it is none. Judged once a schema: some tests run an operation for twenty viewers. */
function read(schema: GraphQLSchema, source: string): DocumentNode | readonly GraphQLError[] {
  const known = judged.get(schema) ?? new Map<string, DocumentNode | readonly GraphQLError[]>();
  judged.set(schema, known);
  const found = known.get(source) ?? judge(schema, source);
  known.set(source, found);
  return found;
}

function judge(schema: GraphQLSchema, source: string): DocumentNode | readonly GraphQLError[] {
  const document = parse(source);
  const faults = validate(schema, document);
  return faults.length > 0 ? faults : document;
}

/**
 * Runs an operation as this viewer.
 * @param schema the built schema, or one domain's: `builder.toSchema()`
 * @param as.platform whatever slice of the platform the resolvers touch
 * @returns plain JSON; errors that a real client would see masked are thrown instead, so that a test shows the bug
 */
export async function runOperation(
  schema: GraphQLSchema,
  source: string,
  variables: Record<string, unknown>,
  as: { platform: Partial<Platform>; viewer: Viewer },
): Promise<Answer> {
  const contextValue: Context = {
    platform: as.platform as Platform,
    viewer: as.viewer,
    requestId: 'test',
    throttle: openThrottle(),
    recheck: async () => as.viewer,
    recheckEveryMs: 60_000,
    tellRefusal: async () => {},
    selections: openSelections({ schema, platform: as.platform as Platform }),
    resumeAfter: null,
  };
  const document = read(schema, source);
  const result =
    'kind' in document
      ? await execute({ schema, document, variableValues: variables, contextValue })
      : { errors: document };
  const errors = result.errors?.map((error) => {
    const expected = expectedProblem(error);
    if (!expected) throw error.originalError ?? error;
    return expected;
  });
  return JSON.parse(JSON.stringify({ data: result.data, ...(errors ? { errors } : {}) })) as Answer;
}
