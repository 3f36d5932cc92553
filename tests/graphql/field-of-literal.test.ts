// A malformed value that is written into an operation is refused by the name of its field.
import { parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '#schema';

const fieldsOf = (operation: string) =>
  validate(schema, parse(operation)).map(({ extensions }) => extensions);

it.each([
  ['{ calls(filter: { startedFrom: "yesterday" }) { totalCount } }', ['filter', 'startedFrom']],
  [
    '{ calls(first: 1, filter: { companyIds: ["a: {"], startedBefore: 5 }) { totalCount } }',
    ['filter', 'startedBefore'],
  ],
  ['mutation { placeSandboxCall(input: { trackerId: "a", from: "hello" }) { to } }', ['from']],
])('%s', (operation, field) => {
  expect(fieldsOf(operation)).toContainEqual({ code: 'BAD_INPUT', field });
});

it('a default of a variable stands in no field', () => {
  const operation =
    'query($at: DateTime = "now") { calls(filter: { startedFrom: $at }) { totalCount } }';
  expect(fieldsOf(operation)).toContainEqual({ code: 'BAD_INPUT' });
});
