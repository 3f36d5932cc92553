// Refuses what costs too much, charges each key's bucket, gives back what was not used, and shows the figures in
// `extensions.cost`.
import { type DocumentNode, type ExecutionArgs, type ExecutionResult, visit } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { nameActor, type Viewer } from '#values/viewer.ts';
import type { Context } from './context.ts';
import { problem } from './problems.ts';
import { actualCost, requestedCost } from './query-cost.ts';
import type { Throttle } from './throttle.ts';

export const MAX_QUERY_COST = 1_000;
/** The whole schema is the largest answer there is: so many points of the asker’s key, or address when there is none. */
const INTROSPECTION_COST = 200;

/** The name of a viewer's bucket. */
export function bucketOf(viewer: Viewer): string {
  return `${viewer.accountId}:${nameActor(viewer.actor)}`;
}

/** The plugin that keeps the cost limits, of each key and, for the introspection that needs none, of each address. */
export function limitCost(): Plugin {
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const charged = charge(args);
      if (!charged) return undefined;
      if (charged.refusal) {
        setResultAndStopExecution(charged.refusal);
        return undefined;
      }
      return {
        onExecuteDone: ({ result, setResult }) => {
          if (isAnswer(result) && !charged.anonymous) setResult(settle(args, result, charged));
        },
      };
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const charged = charge(args);
      if (charged?.refusal) setResultAndStopExecution(charged.refusal);
    },
  };
}

interface Charge {
  anonymous: boolean;
  /** of the points asked for, those for looks at the schema: never given back */
  introspection: number;
  requested: number;
  key: string;
  throttle: Throttle;
  refusal: ExecutionResult | null;
}

function charge(args: ExecutionArgs): Charge | null {
  const { viewer, throttle, address } = args.contextValue as Context;
  const anonymous = !viewer;
  const key = anonymous ? `address:${address}` : bucketOf(viewer);
  const introspection = introspectionCost(args.document);
  const requested = introspection + (anonymous ? 0 : costOrNothing(args));
  if (anonymous && requested === 0) return null;
  const refuse = (error: ReturnType<typeof problem>): Charge => ({
    anonymous,
    introspection,
    requested,
    key,
    throttle,
    refusal: { errors: [error], extensions: { cost: figures(requested, null, throttle, key) } },
  });
  if (requested > MAX_QUERY_COST) {
    const message = `This operation would cost ${requested} points; one operation may cost ${MAX_QUERY_COST}. A list without first counts as 50 rows, and lists in lists multiply: ask for fewer rows (first) or fewer nested lists.`;
    return refuse(
      problem('QUERY_TOO_COSTLY', message, {
        requestedQueryCost: requested,
        maximumQueryCost: MAX_QUERY_COST,
      }),
    );
  }
  const taken = throttle.take(key, requested);
  if (taken.taken) return { anonymous, introspection, requested, key, throttle, refusal: null };
  const { retryAfterSeconds } = taken;
  const who = anonymous ? 'address without a key' : 'key';
  const message = `This ${who} has used up its points. Try again in ${retryAfterSeconds} s.`;
  return refuse(problem('THROTTLED', message, { retryAfterSeconds }));
}

function settle(args: ExecutionArgs, result: ExecutionResult, charged: Charge): ExecutionResult {
  const { introspection, requested, key, throttle } = charged;
  const given = () =>
    introspection +
    actualCost({
      schema: args.schema,
      document: args.document,
      operationName: args.operationName ?? undefined,
      data: result.data,
    });
  // without data nobody knows what was done, and after a timeout it still goes on: nothing is given back
  const actual = result.data === undefined ? requested : Math.min(requested, given());
  throttle.refund(key, requested - actual);
  const cost = figures(requested, actual, throttle, key);
  return { ...result, extensions: { ...result.extensions, cost } };
}

/** Each look at the schema costs, and each alias beside it, which may ask for the same again. */
function introspectionCost(document: DocumentNode): number {
  let looks = 0;
  let aliases = 0;
  visit(document, {
    Field({ name, alias }) {
      if (name.value === '__schema' || name.value === '__type') looks += 1;
      else if (alias) aliases += 1;
    },
  });
  return looks === 0 ? 0 : (looks + aliases) * INTROSPECTION_COST;
}

/** Bad variables cost nothing: the executor tells of them. */
function costOrNothing(args: ExecutionArgs): number {
  try {
    return requestedCost({
      schema: args.schema,
      document: args.document,
      variables: args.variableValues ?? {},
      operationName: args.operationName ?? undefined,
    });
  } catch {
    return 0;
  }
}

function figures(requested: number, actual: number | null, throttle: Throttle, key: string) {
  return {
    requestedQueryCost: requested,
    actualQueryCost: actual,
    throttleStatus: throttle.status(key),
  };
}

function isAnswer(result: unknown): result is ExecutionResult {
  return typeof result === 'object' && result !== null && !(Symbol.asyncIterator in result);
}
