// Reading the schema needs no key, and costs points: of the asker's address, or of the key that comes along.
import { expect, it } from 'vitest';
import { openThrottle } from '#graphql/throttle.ts';
import { openHouse } from './support.ts';

/** no points come back here */
const house = await openHouse({ throttle: openThrottle(() => 0) });
const read = async (query: string, headers: Record<string, string> = { authorization: '' }) => {
  const response = await house.graphql(
    query,
    {},
    { ...headers, accept: 'application/graphql-response+json' },
  );
  return { status: response.status, ...(await response.json()) };
};
const names = (count: number) => Array.from({ length: count }, (_, n) => `a${n}`);

it.each([
  names(6).map((name) => `${name}: __schema { types { name } }`),
  [`__schema { ${names(5).map((name) => `${name}: types { name }`)} }`],
])('the same under many names is refused, with a key or without', async (...fields) => {
  for (const headers of [{ authorization: '' }, {}]) {
    const { status, errors, data } = await read(`{ ${fields.join(' ')} }`, headers);
    expect(errors[0].extensions.code).toBe('QUERY_TOO_COSTLY');
    expect(status).toBe(400);
    expect(data).toBeUndefined();
  }
});

it('too often is throttled, but not __typename, nor whoever has a key of their own', async () => {
  const query = '{ __schema { types { name } } }';
  for (let n = 0; n < 10; n += 1) expect((await read(query)).errors).toBeUndefined();
  const { status, errors } = await read(query);
  expect(errors[0].extensions).toEqual({ code: 'THROTTLED', retryAfterSeconds: 2 });
  expect(status).toBe(429);
  expect((await read('{ __typename }')).data).toEqual({ __typename: 'Query' });
  const keyed = await read(query, {});
  expect(keyed.errors).toBeUndefined();
  expect(keyed.extensions.cost).toMatchObject({ requestedQueryCost: 200, actualQueryCost: 200 });
  const both = await read('{ __schema { types { name } } viewer { account { id } } }', {});
  expect(both.extensions.cost.actualQueryCost).toBeGreaterThan(200);
});
