// Refuses what costs too much, charges each key's bucket, gives back what was not used, and shows the figures in
// `extensions.cost`.
import type { ExecutionArgs, ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { nameActor, type Viewer } from '#values/viewer.ts';
import type { Context } from './context.ts';
import { problem } from './problems.ts';
import { actualCost, requestedCost } from './query-cost.ts';
import type { Throttle } from './throttle.ts';

export const MAX_QUERY_COST = 1_000;

/** The name of a viewer's bucket. */
export function bucketOf(viewer: Viewer): string {
  return `${viewer.accountId}:${nameActor(viewer.actor)}`;
}

/** The plugin that keeps the cost limits; operations without a key (introspection) are free. */
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
          if (isAnswer(result)) setResult(settle(args, result, charged));
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
  requested: number;
  key: string;
  throttle: Throttle;
  refusal: ExecutionResult | null;
}

function charge(args: ExecutionArgs): Charge | null {
  const context = args.contextValue as Context;
  if (!context.viewer) return null;
  const { throttle } = context;
  const key = bucketOf(context.viewer);
  const requested = costOrNothing(args);
  const refuse = (error: ReturnType<typeof problem>): Charge => ({
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
  if (taken.taken) return { requested, key, throttle, refusal: null };
  const { retryAfterSeconds } = taken;
  const message = `This key has used up its points. Try again in ${retryAfterSeconds} s.`;
  return refuse(problem('THROTTLED', message, { retryAfterSeconds }));
}

function settle(args: ExecutionArgs, result: ExecutionResult, charged: Charge): ExecutionResult {
  const { requested, key, throttle } = charged;
  const actual = Math.min(
    requested,
    actualCost({
      schema: args.schema,
      document: args.document,
      operationName: args.operationName ?? undefined,
      data: result.data,
    }),
  );
  throttle.refund(key, requested - actual);
  const cost = figures(requested, actual, throttle, key);
  return { ...result, extensions: { ...result.extensions, cost } };
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
