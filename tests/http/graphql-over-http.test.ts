// The GraphQL door over HTTP against the specification's own audit, and what a client meets at it.
import { get } from 'node:http';
import { auditServer } from 'graphql-http';
import { describe, expect, it } from 'vitest';
import { openHouse } from './support.ts';

const house = await openHouse();
const strict = { accept: 'application/graphql-response+json' };

describe('the audit suite of graphql-http', () => {
  const withKey: typeof fetch = (input, init) =>
    fetch(input, {
      ...init,
      headers: { ...(init?.headers as object), authorization: 'Bearer sb_test_one' },
    });

  it.each([
    ['without a key', undefined],
    ['with a key', withKey],
  ])('passes 61 of 61 %s', async (_name, fetchFn) => {
    const results = await auditServer({
      url: `${house.url}/graphql`,
      ...(fetchFn ? { fetchFn } : {}),
    });
    const failed = results.filter(({ status }) => status !== 'ok');
    expect(failed.map((result) => `${result.id} ${result.name}`)).toEqual([]);
    expect(results).toHaveLength(61);
  });
});

describe('a key', () => {
  it('is not needed to introspect', async () => {
    const response = await house.graphql(
      '{ __schema { queryType { name } } __typename }',
      {},
      { authorization: '' },
    );
    expect((await response.json()).data.__schema.queryType.name).toBe('Query');
  });

  it('is needed for everything else, also behind a fragment', async () => {
    for (const query of [
      '{ rateLimit { restoreRate } }',
      '{ ...F } fragment F on Query { rateLimit { restoreRate } }',
    ]) {
      const response = await house.graphql(query, {}, { authorization: '' });
      expect(response.status).toBe(401);
      const { errors, data } = await response.json();
      expect(data).toBeUndefined();
      expect(errors[0].extensions).toEqual({ code: 'UNAUTHENTICATED', reason: 'MISSING' });
    }
  });

  it('that is not known is refused before anything is read', async () => {
    const response = await house.graphql(
      '{ __typename }',
      {},
      { authorization: 'Bearer sb_test_two' },
    );
    expect(response.status).toBe(401);
    expect((await response.json()).errors[0].extensions).toEqual({
      code: 'UNAUTHENTICATED',
      reason: 'UNKNOWN',
    });
  });

  it('that lacks the scope is told which one', async () => {
    house.keys.set('Bearer narrow', {
      ...house.viewer,
      actor: { kind: 'key', id: 'narrow' },
      scopes: ['leads:read'],
    });
    const response = await house.graphql(
      '{ events(filter: { types: [CALL_ENDED] }) { nodes { id } } }',
      {},
      { authorization: 'Bearer narrow', ...strict },
    );
    expect(response.status).toBe(403);
    const { errors } = await response.json();
    expect(errors[0].extensions.code).toBe('FORBIDDEN');
    expect(errors[0].message).toContain('CALLS_READ');
  });
});

describe('a bad request', () => {
  it('over 100 KB is answered 413', async () => {
    const response = await house.graphql(`{ __typename } # ${'x'.repeat(110_000)}`);
    expect(response.status).toBe(413);
    const { errors } = await response.json();
    expect(errors[0].message).toContain('100 KB');
  });

  it.each([
    ['BAD_INPUT', '{ events(first: 101) { nodes { id } } }'],
    ['MALFORMED_CURSOR', '{ events(after: "nonsense") { nodes { id } } }'],
    ['GRAPHQL_PARSE_FAILED', '{ events('],
    ['GRAPHQL_VALIDATION_FAILED', '{ evnts { nodes { id } } }'],
  ])('is told by the code %s', async (code, query) => {
    const response = await house.graphql(query, {}, strict);
    expect(response.status).toBe(400);
    const { errors } = await response.json();
    expect(errors[0].extensions.code).toBe(code);
  });

  it('names the variable that is wrong', async () => {
    const response = await house.graphql(
      'query($n: Int) { events(first: $n) { nodes { id } } }',
      { n: 'many' },
      strict,
    );
    const { errors } = await response.json();
    expect(errors[0]).toMatchObject({
      extensions: { code: 'BAD_INPUT' },
      message: expect.stringContaining('$n'),
    });
  });

  it('tells where a value stands that it cannot read', async () => {
    const query = '{ events(first: 1,\n  after: 7) { nodes { id } } }';
    const { errors } = await (await house.graphql(query)).json();
    expect(errors).toEqual([
      {
        message: 'Cursor takes a cursor as this API returned it.',
        locations: [{ line: 2, column: 10 }],
        extensions: { code: 'BAD_INPUT', field: ['after'] },
      },
    ]);
  });

  it.each(['application/x-www-form-urlencoded', 'text/plain', undefined])(
    'as %s is told to come as JSON',
    async (type) => {
      const response = await fetch(`${house.url}/graphql`, {
        method: 'POST',
        headers: type ? { 'content-type': type } : {},
        body: Buffer.from(JSON.stringify({ query: '{ __typename }' })),
      });
      expect(response.status).toBe(415);
      expect(await response.json()).toMatchObject({
        errors: [
          {
            message: expect.stringContaining('content-type: application/json'),
            extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' },
          },
        ],
      });
    },
  );

  it.each([
    [
      '{"query":"{ a\n}"}',
      'a line break (write \\n) or another control character stands inside a string at position 13 (line 1 column 14)',
    ],
    ['{"query":', 'Unexpected end of JSON input'],
    ['query={ a }', "Unexpected token 'q'"],
  ])('as %j is told in a sentence why it is not JSON', async (body, reason) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${house.url}/graphql`, { method: 'POST', headers, body });
    const message = `The body is not JSON: ${reason}.`;
    expect([response.status, await response.json()]).toEqual([
      400,
      { errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] },
    ]);
  });

  it.each([
    ['{ event { id } }', /^Cannot query field "event" on type "Query". Did you mean "events"/],
    ['{ events(fist: 1) { nodes { id } } }', /on field "Query.events". Did you mean "first"\?$/],
  ])('is told the names that it missed: %s', async (query, message) => {
    const { errors } = await (await house.graphql(query)).json();
    expect(errors[0].message).toMatch(message);
  });

  it('in a batch is refused', async () => {
    const response = await fetch(`${house.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]),
    });
    expect(response.status).toBe(400);
  });
});

describe('a browser', () => {
  it('gets a page with the addresses at /', async () => {
    const page = await (await fetch(house.url)).text();
    expect(page).toContain(`${house.url}/graphql`);
    expect(page).toContain('npm run account -- key');
  });

  it('never gets its Host header back as markup', async () => {
    const host = `a"><script>alert(1)</script>`;
    const page = await new Promise<string>((resolve, reject) => {
      const request = get({ port: house.port, headers: { host } }, (response) => {
        response.setEncoding('utf8');
        let text = '';
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => resolve(text));
      });
      request.on('error', reject);
    });
    expect(page).toContain('http://localhost/graphql');
    expect(page).not.toContain('alert(1)');
  });
});

describe('the other doors', () => {
  it('tell that the process lives and is ready', async () => {
    expect(await (await fetch(`${house.url}/health`)).json()).toEqual({ status: 'alive' });
    const ready = await fetch(`${house.url}/ready`);
    const told = { status: 'ready', database: 'answers', failedCarrierEvents: 0 };
    expect([ready.status, await ready.json()]).toMatchObject([
      200,
      { ...told, reactionsBehind: {} },
    ]);
  });

  it('are 404 in JSON where there is none', async () => {
    const response = await fetch(`${house.url}/nothing`);
    expect(response.status).toBe(404);
    expect((await response.json()).error).toBe('NOT_FOUND');
  });
});

describe('events', () => {
  it('are a list that reads on by cursor', async () => {
    await house.happen([1, 2, 3]);
    const query = `query($after: Cursor) { events(first: 2, after: $after) { edges { cursor node { cursor type subjectVersion } } pageInfo { hasNextPage endCursor } } }`;
    // the log shows an event once every older transaction of the cluster is over, other test files' too
    const all = '{ events { nodes { id } } }';
    const count = async () => (await (await house.graphql(all)).json()).data.events.nodes.length;
    await expect.poll(count).toBe(3);
    const first = (await (await house.graphql(query)).json()).data.events;
    expect(first.edges.map((e: { node: object }) => e.node)).toMatchObject([
      { type: 'CALL_UPDATED', subjectVersion: 1 },
      { subjectVersion: 2 },
    ]);
    expect(first.edges[0].cursor).toBe(first.edges[0].node.cursor);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = (await (await house.graphql(query, { after: first.pageInfo.endCursor })).json())
      .data.events;
    expect(
      rest.edges.map((e: { node: { subjectVersion: number } }) => e.node.subjectVersion),
    ).toEqual([3]);
    expect(rest.pageInfo.hasNextPage).toBe(false);
  });
});
