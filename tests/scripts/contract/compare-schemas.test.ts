// What the changelog says of a change: each kind once, under its heading, in words.
import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { compareSchemas, type SchemaChanges } from '../../../scripts/contract/compare-schemas.ts';

const RELEASED = `
  type Query { call(id: ID!): Call calls(first: Int = 50, state: State): [Call!]! }
  interface Node { id: ID! }
  type Call implements Node { id: ID! note: String old: String @deprecated(reason: "Use note. (removal 2027-06-01)") }
  type Lead { id: ID! }
  enum State { RINGING ENDED }
  union Thing = Call | Lead
  input TagInput { name: String! color: String! = "red" }
  scalar Cursor
`;

/** The changes when `from` reads `to` in the released schema. */
function changes(from: string, to: string): Partial<SchemaChanges> {
  expect(RELEASED).toContain(from);
  const current = buildSchema(RELEASED.replace(from, () => to));
  const found = Object.entries(compareSchemas(buildSchema(RELEASED), current));
  return Object.fromEntries(found.filter(([, lines]) => lines.length > 0));
}

it.each<[name: string, from: string, to: string, expected: Partial<SchemaChanges>]>([
  ['nothing', '', '', {}],
  ['other words', 'type Lead', '"Who called."\ntype Lead', {}],
  // added
  [
    'a field, with the first sentence on it',
    'note: String',
    'note: String\n"""\nWhat it is\nworth. In cents, 0.5 rounded up.\n"""\nvalue(exact: Boolean!): Int',
    { added: ['`Call.value: Int`: What it is worth.'] },
  ],
  [
    'a type, told once',
    'scalar Cursor',
    'scalar Cursor type Tag implements Node { id: ID! name: String }',
    { added: ['`type Tag`'] },
  ],
  ['a value', 'RINGING', 'RINGING HELD', { added: ['`State.HELD`'] }],
  [
    'an argument and its default',
    'first: Int = 50',
    'first: Int = 50, last: Int = 5',
    { added: ['`Query.calls(last:): Int = 5`'] },
  ],
  [
    'an input field',
    'name: String!',
    'name: String! hint: String',
    { added: ['`TagInput.hint: String`'] },
  ],
  [
    'an interface',
    'type Lead {',
    'type Lead implements Node {',
    { added: ['`Lead implements Node`'] },
  ],
  ['a possible type', 'Call | Lead', 'Call | Lead | Query', { added: ['`Thing = Query`'] }],
  // changed
  [
    'null no more',
    'note: String',
    'note: String!',
    { changed: ['`Call.note` is `String!`, was `String`.'] },
  ],
  [
    'an input that may be left out',
    'name: String!',
    'name: String',
    { changed: ['`TagInput.name` is `String`, was `String!`.'] },
  ],
  [
    'another default',
    'first: Int = 50',
    'first: Int = 20',
    { changed: ['`Query.calls(first:)` stands for `20` where it is left out, was `50`.'] },
  ],
  [
    'no default',
    'first: Int = 50',
    'first: Int',
    { changed: ['`Query.calls(first:)` stands for nothing where it is left out, was `50`.'] },
  ],
  [
    'deprecated no more',
    ' @deprecated(reason: "Use note. (removal 2027-06-01)")',
    '',
    { changed: ['`Call.old` is no longer deprecated.'] },
  ],
  // deprecated
  [
    'an argument',
    'state: State',
    'state: State @deprecated(reason: "Use filter. (removal 2027-06-01)")',
    { deprecated: ['`Query.calls(state:)`: Use filter. (removal 2027-06-01)'] },
  ],
  [
    'a later day',
    '2027-06-01',
    '2027-09-01',
    { deprecated: ['`Call.old`: Use note. (removal 2027-09-01)'] },
  ],
  // breaking
  ['a field gone', 'note: String', '', { breaking: ['Call.note was removed.'] }],
  ['a value gone', 'RINGING', '', { breaking: ['RINGING was removed from enum type State.'] }],
  ['a type gone', 'scalar Cursor', '', { breaking: ['Cursor was removed.'] }],
  [
    'another type',
    'note: String',
    'note: Int',
    { breaking: ['Call.note changed type from String to Int.'] },
  ],
  [
    'another kind',
    'scalar Cursor',
    'enum Cursor { A }',
    {
      breaking: ['Cursor changed from a Scalar type to an Enum type.'],
      added: ['`Cursor.A`'],
    },
  ],
  [
    'an argument of another type',
    'call(id: ID!)',
    'call(id: Int!)',
    { breaking: ['Query.call arg id has changed type from ID! to Int!.'] },
  ],
  [
    'an argument that must be given',
    'first: Int = 50',
    'first: Int = 50, last: Int!',
    { breaking: ['A required arg last on Query.calls was added.'] },
  ],
  [
    'an input field that must be given',
    'name: String!',
    'name: String! hint: String!',
    { breaking: ['A required field hint on input type TagInput was added.'] },
  ],
  [
    'a default that was needed',
    'color: String! = "red"',
    'color: String!',
    { breaking: ['TagInput.color has lost its default and must be given.'] },
  ],
])('%s', (_, from, to, expected) => {
  expect(changes(from, to)).toEqual(expected);
});
