// The character U+0000 in a text: a refusal that names the field, wherever it stands, and never a failure of the database.
import { parse, subscribe } from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '#schema';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const text = 'a\u0000b';

it.each([
  [
    'searchTranscripts(query: "x", filter: { tags: $texts }) { nodes { score } }',
    ['filter', 'tags', '0'],
  ],
  ['searchTranscripts(query: $text) { nodes { score } }', ['query']],
  ['calls(filter: { tags: $texts }) { nodes { id } }', ['filter', 'tags', '0']],
  ['leads(filter: { name: $text }) { nodes { id } }', ['filter', 'name']],
  ['node(id: $text) { id }', ['id']],
])('in a query: %s', async (field, path) => {
  const variables = { text, texts: [text] };
  const names = ['text', 'texts'].filter((name) => new RegExp(`\\$${name}\\b`).test(field));
  const types: Record<string, string> = {
    text: field.startsWith('node') ? 'ID!' : 'String!',
    texts: '[String!]',
  };
  const taken = names.map((name) => `$${name}: ${types[name]}`).join(', ');
  const { errors } = await town.answer(`query(${taken}) { ${field} }`, variables);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_INPUT', field: path } }]);
});

it.each([
  ['createCompany', { name: text }, ['name']],
  ['tagCall', { callId: 'x', tags: ['z', text] }, ['tags', '1']],
  [
    'createSavedSearch',
    { name: 'x', query: 'y', filter: { tags: ['z', text] } },
    ['filter', 'tags', '1'],
  ],
])('in a mutation: %s', async (name, input, field) => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
  const operation = `mutation($input: ${type}) { ${name}(input: $input) { userErrors { code field } } }`;
  const { data, errors } = await town.answer(operation, { input });
  expect(errors).toBeUndefined();
  expect(data[name].userErrors).toEqual([{ code: 'INVALID_INPUT', field }]);
});

it('in a subscription', async () => {
  const document = parse('subscription($id: ID!) { searchMatched(savedSearchId: $id) { cursor } }');
  const answer = await subscribe({ schema, document, variableValues: { id: text } });
  expect(answer).toMatchObject({ errors: [{ message: expect.stringMatching(/^savedSearchId/) }] });
});
