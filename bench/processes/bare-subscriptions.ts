// The other side of the many subscribers: graphql-ws with a schema of a few lines over events that lie in memory. It sends
// the same payload under the same operation.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { answerParent } from '../stage/answer-parent.ts';

const schema = buildSchema(`
  type Query { alive: Boolean }
  type Subscription { events: Event! }
  interface Event { id: ID! cursor: String! type: String! occurredAt: String! subjectVersion: Int! company: Company }
  type CallEvent implements Event {
    id: ID! cursor: String! type: String! occurredAt: String! subjectVersion: Int! company: Company
    changes: [String!] call: Call
  }
  type Company { id: ID! name: String! }
  type Call { id: ID! state: String! }
`);

type Event = Record<string, unknown>;
const listeners = new Set<(event: Event) => void>();

/** The events from now on, for one subscriber. */
async function* follow(): AsyncGenerator<{ events: Event }> {
  const waiting: Event[] = [];
  let wake = () => {};
  const hear = (event: Event) => {
    waiting.push(event);
    wake();
  };
  listeners.add(hear);
  try {
    for (;;) {
      for (let event = waiting.shift(); event; event = waiting.shift()) yield { events: event };
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    listeners.delete(hear);
  }
}

/** Publishes copies of an event at a steady rate, each with the next version. */
async function publish(input: { event: Event; perSecond: number; count: number }): Promise<void> {
  const began = performance.now();
  for (let n = 0; n < input.count; n += 1) {
    const waitMs = began + (n * 1000) / input.perSecond - performance.now();
    if (waitMs > 0) await new Promise((done) => setTimeout(done, waitMs));
    const event = { __typename: 'CallEvent', ...input.event, subjectVersion: n + 1 };
    for (const hear of listeners) hear(event);
  }
}

const server = createServer();
const sockets = new WebSocketServer({ server, path: '/graphql' });
useServer({ schema, roots: { subscription: { events: follow } } }, sockets);
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  answerParent({ url: `ws://127.0.0.1:${port}/graphql` }, { publish });
});
