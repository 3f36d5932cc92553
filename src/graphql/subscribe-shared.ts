// Subscriptions whose selections are executed once per (document, variables, rights, event), however many clients ask, and
// once for each of them where the answer is of who asks: the first to reach an event executes, the others take its answer. Every answer remembers the cursor of its event.

import { setTimeout as pause } from 'node:timers/promises';
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { encodePosition, type Position } from '#values/cursor.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { answerErrors } from './answer-errors.ts';
import { type Context, freshContext } from './context.ts';

/** What a subscription yields so that its answers can be shared: an event or a signal under an id of its own. */
export interface Shareable {
  readonly id: string;
  /** its place in the log; a signal has none */
  readonly position?: Position;
}

/** The key under which an answer carries its event's cursor; it never reaches JSON. */
export const EVENT_CURSOR = Symbol('event cursor');
export type EventAnswer = ExecutionResult & { [EVENT_CURSOR]?: string };

/** how long an event waits before its answer is tried again while the database is away */
const OUTAGE_PAUSE_MS = 250;
/** answers kept for the others that follow the same events */
const MAX_ANSWERS = 2_000;
/** an answer tells of things as they are now, and what was erased must not live on in it */
const KEEP_MS = 5_000;

export interface SharedSubscribe {
  subscribe(args: ExecutionArgs): Promise<AsyncIterableIterator<EventAnswer> | ExecutionResult>;
  /** how often a selection was executed, and how often an answer was taken from another's execution */
  counts(): { executed: number; shared: number };
}

/** Opens the shared executions of a process. `maxAnswers` 0 executes for everybody alone (to measure against). */
export function openSharedSubscribe(maxAnswers: number = MAX_ANSWERS): SharedSubscribe {
  const answers = new Map<string, Promise<EventAnswer>>();
  const counts = { executed: 0, shared: 0 };

  const answer = (args: ExecutionArgs, selection: string, event: Shareable) => {
    const key = `${selection}\n${event.id}`;
    const known = answers.get(key);
    if (known) {
      counts.shared += 1;
      return known;
    }
    counts.executed += 1;
    const fresh = executeFor(args, event);
    answers.set(key, fresh);
    const forget = () => answers.get(key) === fresh && answers.delete(key);
    setTimeout(forget, KEEP_MS).unref();
    const oldest = answers.size > maxAnswers ? answers.keys().next().value : undefined;
    if (oldest !== undefined) answers.delete(oldest);
    fresh.then((result) => result.errors && forget(), forget);
    return fresh;
  };

  return {
    counts: () => ({ ...counts }),
    subscribe: async (args) => {
      const source = await createSourceEventStream(args);
      if (!(Symbol.asyncIterator in source)) return source;
      const selection = selectionKey(args);
      const events = source[Symbol.asyncIterator]() as AsyncIterator<Shareable>;
      return mapEvents(events, (event) => answer(args, selection, event), args);
    },
  };
}

async function executeFor(args: ExecutionArgs, event: Shareable): Promise<EventAnswer> {
  const context = freshContext(args.contextValue as Context);
  const result: EventAnswer = await execute({ ...args, rootValue: event, contextValue: context });
  const finished = finish(result, context);
  if (event.position) finished[EVENT_CURSOR] = encodePosition(event.position);
  return finished;
}

/**
 * The answers to a stream of events. What ends the stream (a revoked key, an expired cursor) is told as a last answer that
 * holds nothing but errors; the client resumes behind the last cursor it has. A database that is away does not end it: the
 * event waits for its answer, as the log waits for its events.
 */
function mapEvents(
  events: AsyncIterator<Shareable>,
  answer: (event: Shareable) => Promise<EventAnswer>,
  args: ExecutionArgs,
): AsyncIterableIterator<EventAnswer> {
  let ended = false;
  const end = async (errors: readonly unknown[]): Promise<IteratorResult<EventAnswer>> => {
    ended = true;
    await events.return?.();
    return {
      done: false,
      value: finish({ errors } as ExecutionResult, args.contextValue as Context),
    };
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (ended) return { done: true, value: undefined };
      try {
        const step = await events.next();
        if (step.done) return { done: true, value: undefined };
        for (;;) {
          const result = await answer(step.value);
          // an answer without its data would be an event that this client never saw
          if (!result.errors?.some(isOutage)) return { done: false, value: result };
          await pause(OUTAGE_PAUSE_MS);
          if (ended) return { done: true, value: undefined };
        }
      } catch (thrown) {
        return end([thrown]);
      }
    },
    async return() {
      ended = true;
      await events.return?.();
      return { done: true, value: undefined };
    },
  };
}

function isOutage(error: { extensions?: Record<string, unknown> }): boolean {
  return error.extensions?.code === 'SERVICE_UNAVAILABLE';
}

function finish(result: ExecutionResult, context: Context): EventAnswer {
  if (!result.errors) return { ...result };
  const where = { log: context.platform.log, requestId: context.requestId };
  return { ...result, errors: answerErrors(result.errors, where) };
}

/** What of a document its answers depend on. */
interface Traits {
  /** the parser's cache makes equal texts the same document */
  number: number;
  variables: ReadonlySet<string>;
  /** it selects a field that tells each person something else: `extensions: { ofAsker: true }` */
  isOfAsker: boolean;
}

const known = new WeakMap<DocumentNode, Traits>();
let documents = 0;

/** Everything that an answer depends on besides the event. */
function selectionKey(args: ExecutionArgs): string {
  const traits = known.get(args.document) ?? readTraits(args);
  known.set(args.document, traits);
  const { number, variables: used, isOfAsker } = traits;
  const variables = Object.entries(args.variableValues ?? {});
  const { viewer } = args.contextValue as Context;
  return JSON.stringify([
    number,
    args.operationName ?? null,
    variables.filter(([name]) => used.has(name)).sort(([a], [b]) => (a < b ? -1 : 1)),
    rightsOf(viewer),
    isOfAsker ? nameActor(viewer.actor) : null,
  ]);
}

/** All variables count but that of a root field's `after`, which only says where the events begin. */
function readTraits({ schema, document }: Pick<ExecutionArgs, 'schema' | 'document'>): Traits {
  const variables = new Set<string>();
  let isOfAsker = false;
  const types = new TypeInfo(schema);
  const collect = visitWithTypeInfo(types, {
    VariableDefinition: () => false,
    Argument: ({ name }) => {
      const isOfRoot = types.getParentType() === schema.getSubscriptionType();
      return isOfRoot && name.value === 'after' ? false : undefined;
    },
    Variable: ({ name }) => void variables.add(name.value),
    Field: () => {
      if (types.getFieldDef()?.extensions.ofAsker) isOfAsker = true;
    },
  });
  visit(document, collect);
  return { number: ++documents, variables, isOfAsker };
}

/** What of a viewer an answer depends on. */
export function rightsOf(viewer: Viewer) {
  const { accountId, mode, role, scopes, companyIds } = viewer;
  return [accountId, mode, role, [...scopes].sort(), companyIds && [...companyIds].sort()];
}
