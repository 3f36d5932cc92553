// What an operation may cost, how large and how long it may be, and what a client sees when something breaks.
import { describe, expect, it } from 'vitest';
import '#domains/activity/schema.ts';
import '#graphql/rate-limit.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { DatabaseUnavailable } from '#platform/db/index.ts';
import { openHouse } from './support.ts';

interface Box {
  id: string;
}
const Box = builder.objectRef<Box>('Box');
const BoxConnection = defineConnection(Box, 'Box');
let ran = 0;
Box.implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    inner: t.field({ type: Box, resolve: (box) => box }),
    boxes: t.field({
      type: BoxConnection,
      args: pageArgs(t),
      resolve: (_p, args) => threeBoxes(args),
    }),
  }),
});
const threeBoxes = (args: { first?: number | null | undefined }) =>
  readPage(args, {
    rows: async ({ limit }) => [{ id: '1' }, { id: '2' }, { id: '3' }].slice(0, limit),
    count: async () => 3,
    sortValue: (row) => row.id,
  });
builder.queryFields((t) => ({
  boxes: t.field({
    type: BoxConnection,
    args: pageArgs(t),
    resolve: (_p, args) => {
      ran += 1;
      return threeBoxes(args);
    },
  }),
  boom: t.field({
    type: 'Int',
    nullable: true,
    resolve: () => {
      throw new Error('password=hunter2 at 10.0.0.1');
    },
  }),
  outage: t.field({
    type: 'Int',
    resolve: () => {
      throw new DatabaseUnavailable(new Error('ECONNREFUSED 10.0.0.1'));
    },
  }),
  forever: t.field({ type: 'Int', resolve: () => new Promise<number>(() => {}) }),
}));

const house = await openHouse({ schema: builder.toSchema(), maxSeconds: 0.3 });
const strict = { accept: 'application/graphql-response+json' };
const ask = async (query: string, headers = {}) => {
  const response = await house.graphql(query, {}, headers);
  return { response, ...(await response.json()) };
};
const withFreshKey = (name: string) => {
  house.keys.set(`Bearer ${name}`, { ...house.viewer, actor: { kind: 'key', id: name } });
  return { authorization: `Bearer ${name}`, ...strict };
};

describe('cost', () => {
  it('is told in Shopify’s shape; rows that did not come are given back', async () => {
    const { extensions } = await ask(
      '{ boxes(first: 10) { nodes { id inner { id } } } }',
      withFreshKey('k1'),
    );
    const { currentlyAvailable, ...bucket } = extensions.cost.throttleStatus;
    // a connection 1 + 10 × (row 1 + inner 1); three rows came
    expect({ ...extensions.cost, throttleStatus: bucket }).toEqual({
      requestedQueryCost: 21,
      actualQueryCost: 7,
      throttleStatus: { maximumAvailable: 2000, restoreRate: 100 },
    });
    // some may have come back meanwhile, 100 a second
    expect(currentlyAvailable).toBeGreaterThanOrEqual(1993);
  });

  it.each([
    ['{ __typename }', 0, 0],
    ['{ rateLimit { restoreRate } }', 1, 1],
    ['{ boxes { edges { cursor node { id } } pageInfo { endCursor } } }', 51, 4],
    ['{ boxes(first: 2) { nodes { boxes(first: 5) { nodes { id } } } } }', 15, 11],
    [
      '{ a: boxes(first: 1) { totalCount } ...F ...F } fragment F on Query { rateLimit { restoreRate } }',
      3,
      2,
    ],
    ['query A { boxes { nodes { id } } } ', 51, 4],
    ['{ __schema { types { name fields { name } } } }', 200, 200],
  ])('of %s is %i asked for and %i given', async (query, requested, actual) => {
    const { extensions, errors } = await ask(query, withFreshKey(`k ${query}`.replace(/\W/g, '')));
    expect(errors).toBeUndefined();
    expect(extensions.cost).toMatchObject({
      requestedQueryCost: requested,
      actualQueryCost: actual,
    });
  });

  it('above 1,000 is refused with figures before anything runs', async () => {
    ran = 0;
    const { response, errors, extensions } = await ask(
      '{ boxes(first: 100) { nodes { boxes(first: 100) { nodes { id } } } } }',
      withFreshKey('k2'),
    );
    expect(response.status).toBe(400);
    expect(errors[0].extensions).toMatchObject({
      code: 'QUERY_TOO_COSTLY',
      requestedQueryCost: 10_201,
      maximumQueryCost: 1_000,
    });
    expect(extensions.cost.throttleStatus.currentlyAvailable).toBe(2_000);
    expect(ran).toBe(0);
  });

  it('beyond the bucket is THROTTLED with the time to wait, 429 or 200 by the media type', async () => {
    const key = withFreshKey('k3');
    // each asks for 991 points and holds them until it times out
    const big = '{ forever boxes(first: 90) { nodes { boxes(first: 9) { nodes { id } } } } }';
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask(big, key)));
    const refused = answers.filter(({ errors }) => errors[0].extensions.code !== 'TIMEOUT');
    expect(refused).toHaveLength(2);
    for (const { response, errors, extensions } of refused) {
      expect(response.status).toBe(429);
      expect(errors[0].extensions.code).toBe('THROTTLED');
      expect(response.headers.get('retry-after')).toBe(
        String(errors[0].extensions.retryAfterSeconds),
      );
      expect(extensions.cost.actualQueryCost).toBeNull();
    }
  });

  it('of an operation that ran out of time is not given back: its work goes on', async () => {
    const key = withFreshKey('k5');
    const { errors, extensions } = await ask('{ forever boxes(first: 90) { nodes { id } } }', key);
    expect(errors[0].extensions.code).toBe('TIMEOUT');
    expect(extensions.cost).toMatchObject({ requestedQueryCost: 91, actualQueryCost: 91 });
    expect(extensions.cost.throttleStatus.currentlyAvailable).toBeLessThan(2_000);
  });

  it('is what Query.rateLimit tells', async () => {
    const { data } = await ask(
      '{ rateLimit { currentlyAvailable maximumAvailable maximumQueryCost } }',
      withFreshKey('k4'),
    );
    expect(data.rateLimit).toEqual({
      currentlyAvailable: 1_999,
      maximumAvailable: 2_000,
      maximumQueryCost: 1_000,
    });
  });
});

describe('size', () => {
  const nested = (levels: number) =>
    `{ boxes(first: 1) { nodes ${'{ inner '.repeat(levels)}{ id }${' }'.repeat(levels)} } }`;

  const tokens = (count: number) => `{ nodes(ids: [${'"x" '.repeat(count)}]) { id } }`;

  it.each([
    ['depth', nested(8), nested(20)],
    [
      'aliases',
      `{ ${Array.from({ length: 30 }, (_, n) => `a${n}: rateLimit { restoreRate }`).join(' ')} }`,
      `{ ${Array.from({ length: 31 }, (_, n) => `a${n}: rateLimit { restoreRate }`).join(' ')} }`,
    ],
    ['tokens', tokens(1_900), tokens(2_001)],
  ])('is limited by %s', async (_name, good, bad) => {
    const accepted = await ask(good, strict);
    expect(accepted.errors?.[0].extensions.code).not.toBe('QUERY_TOO_LARGE');
    const { response, errors, data } = await ask(bad, strict);
    expect(response.status).toBe(400);
    expect(errors[0].extensions.code).toBe('QUERY_TOO_LARGE');
    expect(data).toBeUndefined();
  });

  it('does not count fragments away from the depth', async () => {
    const { errors } = await ask(
      `{ boxes(first: 1) { nodes { ...A } } } fragment A on Box { inner { inner { inner { inner { inner { ...B } } } } } } fragment B on Box { inner { inner { inner { inner { inner { inner { id } } } } } } }`,
      strict,
    );
    expect(errors[0].extensions.code).toBe('QUERY_TOO_LARGE');
  });

  it('leaves GraphiQL its introspection', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const { errors, data } = await ask(getIntrospectionQuery({ inputValueDeprecation: true }));
    expect(errors).toBeUndefined();
    expect(data.__schema.types.length).toBeGreaterThan(20);
  });

  it('is limited in time', async () => {
    const { response, errors } = await ask('{ forever }', strict);
    expect(response.status).toBe(503);
    expect(errors[0].extensions.code).toBe('TIMEOUT');
  });
});

describe('what breaks', () => {
  it('is hidden, logged once, and found by its request id', async () => {
    const before = house.logged.length;
    const { response, data, errors } = await ask('{ boom rateLimit { restoreRate } }', strict);
    expect(response.status).toBe(200);
    expect(data).toEqual({ boom: null, rateLimit: { restoreRate: 100 } });
    expect(errors[0]).toMatchObject({
      path: ['boom'],
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
    expect(JSON.stringify(errors)).not.toContain('hunter2');
    const lines = house.logged.slice(before).filter(({ err }) => err);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      requestId: errors[0].extensions.requestId,
      err: { message: expect.stringContaining('hunter2') },
    });
  });

  it('with the database is 503 and says when to try again', async () => {
    const { response, errors } = await ask('{ outage }');
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(errors[0].extensions.code).toBe('SERVICE_UNAVAILABLE');
    expect(JSON.stringify(errors)).not.toContain('10.0.0.1');
  });
});
