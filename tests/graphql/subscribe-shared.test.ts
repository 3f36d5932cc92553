// Selections of a subscription executed once for all who may share them, and for nobody else.
import {
  buildSchema,
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLObjectType,
  parse,
} from 'graphql';
import { pino } from 'pino';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { Context } from '#graphql/context.ts';
import { problem } from '#graphql/problems.ts';
import {
  EVENT_CURSOR,
  type EventAnswer,
  openSharedSubscribe,
  type SharedSubscribe,
} from '#graphql/subscribe-shared.ts';
import { decodePosition } from '#values/cursor.ts';
import type { Viewer } from '#values/viewer.ts';

const schema = buildSchema(`
  type Query { a: Int }
  type Event { id: ID! scopes: [String!]! upper(really: Boolean): Boolean fails: Int mine: String }
  type Subscription { events(after: String, only: String): Event }
`);
const events = schema.getSubscriptionType()?.getFields().events;
if (events) events.resolve = (event, { only }) => ({ ...event, only });
const { mine } = (schema.getType('Event') as GraphQLObjectType).getFields();
if (mine) mine.extensions = { ofAsker: true };
const text =
  'subscription($after: String, $really: Boolean) { events(after: $after) { id scopes upper(really: $really) } }';
const document = parse(text);
const viewer = {
  accountId: 'a',
  mode: 'TEST',
  actor: { kind: 'key', id: 'k' },
  role: 'ADMIN',
  scopes: ['calls:read'],
  companyIds: null,
} as Viewer;
let fails: Error | null;
beforeEach(() => {
  fails = null;
});

function event(n: number) {
  return {
    id: `e${n}`,
    position: { epoch: 1, xid: 1n, seq: BigInt(n) },
    scopes: (_args: unknown, { viewer: asking }: Context) => asking.scopes,
    upper: ({ really }: { really?: boolean }) => really ?? null,
    mine(this: { only?: string }, _args: unknown, { viewer: asking }: Context) {
      return `${asking.actor.id} ${this.only}`;
    },
    fails: () => {
      if (fails) throw fails;
      return 1;
    },
  };
}

async function follow(
  shared: SharedSubscribe,
  change: {
    variables?: Record<string, unknown>;
    viewer?: Partial<Viewer>;
    document?: DocumentNode;
  } = {},
  numbers = [1, 2, 3],
): Promise<EventAnswer[]> {
  const events = numbers.map(event);
  const source = {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      const value = events.shift();
      return value ? { done: false, value } : { done: true, value: undefined };
    },
    return: async () => {
      return { done: true, value: undefined };
    },
  };
  const args: ExecutionArgs = {
    schema,
    document: change.document ?? document,
    variableValues: change.variables ?? {},
    contextValue: {
      viewer: { ...viewer, ...change.viewer },
      requestId: 'r',
      platform: { log: pino({ level: 'silent' }) },
    },
    rootValue: { events: () => source },
  };
  const answers = await shared.subscribe(args);
  if (!(Symbol.asyncIterator in answers)) throw new Error(JSON.stringify(answers));
  const taken: EventAnswer[] = [];
  for await (const answer of answers) taken.push(answer);
  return taken;
}

it('executes once for the same document, variables and rights, and names the cursor', async () => {
  const shared = openSharedSubscribe();
  const [first, second] = await Promise.all([follow(shared), follow(shared)]);
  expect(shared.counts()).toEqual({ executed: 3, shared: 3 });
  expect(first).toEqual(second);
  expect(first[1]?.data).toEqual({ events: { id: 'e2', scopes: ['calls:read'], upper: null } });
  expect(decodePosition(first[2]?.[EVENT_CURSOR] ?? '').seq).toBe(3n);
  expect(JSON.stringify(first[0])).not.toContain('cursor');
});

it('shares although the cursors with which clients resumed differ', async () => {
  const shared = openSharedSubscribe();
  await follow(shared, { variables: { after: 'x' } });
  await follow(shared, { variables: { after: 'y' } });
  expect(shared.counts()).toEqual({ executed: 3, shared: 3 });
});

it.each([
  ['another account', { viewer: { accountId: 'b' } }],
  ['other scopes', { viewer: { scopes: ['leads:read' as const] } }],
  ['other companies', { viewer: { companyIds: ['c'] } }],
  ['another role', { viewer: { role: 'AGENT' as const } }],
  ['a variable inside the selection', { variables: { really: true } }],
  ['another document', { document: parse('subscription { events { id } }') }],
])('never shares with %s', async (_name, change) => {
  const shared = openSharedSubscribe();
  await follow(shared);
  const other = await follow(shared, change);
  expect(shared.counts()).toEqual({ executed: 6, shared: 0 });
  expect(other).toHaveLength(3);
});

it('shares nothing that is of who asks, nor what a root field makes of its arguments', async () => {
  const shared = openSharedSubscribe();
  const personal = parse(
    'subscription($only: String) { events(only: $only) { ...E } } fragment E on Event { mine }',
  );
  const ask = (id: string, only: string) => {
    const actor = { kind: 'user', id } as Viewer['actor'];
    return follow(shared, { document: personal, variables: { only }, viewer: { actor } }, [1]);
  };
  const told = [await ask('a', 'x'), await ask('b', 'x'), await ask('a', 'y'), await ask('a', 'x')];
  expect(told.map(([answer]) => answer?.data?.events)).toEqual(
    ['a x', 'b x', 'a y', 'a x'].map((mine) => ({ mine })),
  );
  expect(shared.counts()).toEqual({ executed: 3, shared: 1 });
});

it('shares among people what is the same for each of them', async () => {
  const shared = openSharedSubscribe();
  for (const id of ['a', 'b']) {
    await follow(shared, { viewer: { actor: { kind: 'user', id } as Viewer['actor'] } });
  }
  expect(shared.counts()).toEqual({ executed: 3, shared: 3 });
});

it('keeps no more answers than it may', async () => {
  const shared = openSharedSubscribe(2);
  await follow(shared);
  await follow(shared, {}, [3, 2, 1]);
  expect(shared.counts()).toEqual({ executed: 4, shared: 2 });
});

it('answers as things are then when an event is replayed later', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const shared = openSharedSubscribe();
  await follow(shared);
  vi.advanceTimersByTime(4_000);
  await follow(shared);
  expect(shared.counts()).toEqual({ executed: 3, shared: 3 });
  vi.advanceTimersByTime(4_000);
  await follow(shared);
  expect(shared.counts()).toEqual({ executed: 6, shared: 3 });
});

const failing = parse('subscription { events { id fails } }');

it('answers an error of one event as part of its answer, and asks again for the next client', async () => {
  const shared = openSharedSubscribe();
  fails = new Error('secret');
  const answers = await follow(shared, { document: failing });
  expect(answers).toHaveLength(3);
  expect(answers[0]?.data).toEqual({ events: { id: 'e1', fails: null } });
  expect(answers[0]?.errors?.[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR');
  fails = null;
  const again = await follow(shared, { document: failing });
  expect(again[0]?.errors).toBeUndefined();
});

it('waits while the database is away, so that the client misses no event', async () => {
  fails = problem('SERVICE_UNAVAILABLE', 'away');
  const shared = openSharedSubscribe();
  const taking = follow(shared, { document: failing });
  await vi.waitFor(() => expect(shared.counts().executed).toBe(1));
  fails = null;
  const answers = await taking;
  expect(answers.map(({ data, errors }) => [data, errors])).toEqual(
    [1, 2, 3].map((n) => [{ events: { id: `e${n}`, fails: 1 } }, undefined]),
  );
});
