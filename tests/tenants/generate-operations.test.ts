// The generator of the tenant matrix on a small schema: ids are tried wherever they are taken, and what cannot be filled is
// named.
import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { generateOperations } from './generate-operations.ts';

const ids = { Call: 'call-1', SavedView: 'view-1', User: 'user-1' };
const withCounts = (field: string) =>
  buildSchema(`
    type Query { inbox: Inbox! call(callId: ID!, userId: ID): Call }
    type Inbox { counts: Counts! }
    type Counts { all: Int! ${field} }
    type Call { id: ID! }
    input Filter { word: String, assigneeIds: [ID!], callId: ID! }
    scalar Mood
  `);
const sourcesOf = (field: string) =>
  generateOperations(withCounts(field), { ids, values: { Int: '1' } }).map(({ source }) => source);
const inbox = (field: string) => sourcesOf(field)[0];

it('tries an operation with what it requires, and with each id besides', () => {
  const [, required, optional] = sourcesOf('');
  expect(required).toContain('call(callId: "call-1") {');
  expect(optional).toContain('call(callId: "call-1", userId: "user-1") {');
});

it('gives fields below an operation the ids that they require and those that they may have', () => {
  expect(inbox('views(savedViewIds: [ID!]!): Int!')).toContain('views(savedViewIds: ["view-1"])');
  expect(inbox('of(first: Int!, userId: ID): Call')).toContain(
    'of(first: 1, userId: "user-1") { __typename id }',
  );
  expect(inbox('of(filter: Filter): Call')).toContain(
    'of(filter: { assigneeIds: ["user-1"], callId: "call-1" }) {',
  );
  expect(inbox('of(first: Int, mood: Mood): Call')).toContain('of { __typename id }');
});

it('names one that it cannot fill, wherever it stands', () => {
  expect(() => sourcesOf('views(drawerIds: [ID!]!): Int!')).toThrow('drawerIds (a Drawer)');
  expect(() => sourcesOf('views(drawerId: ID): Int!')).toThrow('drawerId (a Drawer)');
  expect(() => sourcesOf('views(mood: Mood!): Int!')).toThrow('mood (Mood)');
});
