// The tabs with which GraphiQL opens: each is good against the schema, with the variables that stand beside it.
import { getVariableValues, Kind, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { STARTING_OPERATIONS } from '#http/starting-operations.ts';
import { schema } from '#schema';

const named = STARTING_OPERATIONS.map((tab) => {
  const document = parse(tab.query);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('a tab without an operation');
  return { name: operation.name?.value ?? '', operation, document, tab };
});

describe('the tabs of GraphiQL', () => {
  it('buy a number, have it called, follow what happens, read and find what was said, and have a server told', () => {
    expect(named.map(({ name }) => name)).toEqual([
      'Live',
      'NumbersOnOffer',
      'BuyNumber',
      'IsItActive',
      'HaveItCalled',
      'Calls',
      'Search',
      'TellMe',
      'Report',
      'Happened',
      'RateLimit',
    ]);
  });

  it.each(named)('$name is good', ({ document, operation, tab }) => {
    expect(validate(schema, document)).toEqual([]);
    const given = JSON.parse(tab.variables ?? '{}');
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
    expect(errors).toBeUndefined();
    expect(tab.query).toMatch(/^# /);
  });
});
