// Selections on Event that are stored and run later, for programs that do not ask for each event themselves: checked
// when they are stored, and run with somebody's rights as a subscription's would be.
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { Platform } from '#platform/platform.ts';
import type { Viewer } from '#values/viewer.ts';
import { answerErrors } from './answer-errors.ts';
import type { Context } from './context.ts';
import { problem } from './problems.ts';
import { requestedCost } from './query-cost.ts';
import { formRules, MAX_SECONDS, MAX_TOKENS } from './query-limits.ts';
import type { Shareable } from './subscribe-shared.ts';
import { openThrottle } from './throttle.ts';

/** The most that one run of a stored selection may cost, in points of query-cost.ts. */
export const MAX_SELECTION_COST = 200;

/** A selection cannot be stored, or no longer fits the schema; the message says why. */
export class BadSelection extends Error {
  override name = 'BadSelection';
}

export interface Selections {
  /**
   * Reads a selection on Event: `{ id type ... on CallEvent { call { id } } }`, with fragments behind it if need be.
   * @returns what `run` takes. Throws BadSelection.
   */
  read(text: string): DocumentNode;
  /** Runs a selection on an event with this viewer's rights. Never rejects. */
  run(document: DocumentNode, event: Shareable, viewer: Viewer): Promise<Selected>;
}

export interface Selected {
  /** what was selected of the event; null when it could not be had at all */
  data: object | null;
  /** each with its code under `extensions` */
  errors: readonly GraphQLError[];
}

const FIELD = 'events';
const FRAGMENT = 'Selected';

/** Opens the selections over a schema whose subscription has the field `events: Event!`. */
export function openSelections(options: { schema: GraphQLSchema; platform: Platform }): Selections {
  const { schema, platform } = options;
  const throttle = openThrottle();
  const selections: Selections = {
    read(text) {
      const document = asSubscription(text);
      const [fault] = validate(schema, document, [...specifiedRules, ...formRules]);
      if (fault) throw new BadSelection(fault.message);
      const cost = requestedCost({ schema, document, variables: {}, operationName: undefined });
      if (cost > MAX_SELECTION_COST) {
        throw new BadSelection(
          `The selection would cost ${cost} points; at most ${MAX_SELECTION_COST}. Ask for fewer rows (first) or fewer lists.`,
        );
      }
      return document;
    },
    async run(document, event, viewer) {
      const contextValue: Context = {
        platform,
        viewer,
        throttle,
        selections,
        requestId: `event ${event.id}`,
        // a selection changes nothing
        recheck: async () => viewer,
        recheckEveryMs: MAX_SECONDS * 1_000,
        tellRefusal: async () => {},
        resumeAfter: null,
      };
      const result = await inTime(async () =>
        execute({ schema, document, rootValue: event, contextValue }),
      );
      const where = { log: platform.log, requestId: contextValue.requestId };
      return {
        data: (result.data?.[FIELD] ?? null) as object | null,
        errors: answerErrors(result.errors ?? [], where),
      };
    },
  };
  return selections;
}

/** The selection as the one field of a subscription. Throws BadSelection unless it is a selection and fragments. */
function asSubscription(text: string): DocumentNode {
  let definitions: DocumentNode['definitions'];
  try {
    ({ definitions } = parse(`fragment ${FRAGMENT} on Event ${text}`, { maxTokens: MAX_TOKENS }));
  } catch (error) {
    throw new BadSelection(
      `It cannot be read as a selection on Event, such as { id type }: ${(error as Error).message}`,
    );
  }
  if (definitions.some(({ kind }) => kind !== Kind.FRAGMENT_DEFINITION)) {
    throw new BadSelection('It takes a selection on Event and fragments, but no operation.');
  }
  const { definitions: operation } = parse(`subscription { ${FIELD} { ...${FRAGMENT} } }`);
  return { kind: Kind.DOCUMENT, definitions: [...operation, ...definitions] };
}

async function inTime(work: () => Promise<ExecutionResult>): Promise<ExecutionResult> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(problem('TIMEOUT', `The selection took longer than ${MAX_SECONDS} s.`)),
    MAX_SECONDS * 1_000,
  );
  return Promise.race([work(), late])
    .catch((error) => ({ errors: [error] }))
    .finally(() => clearTimeout(timer));
}
