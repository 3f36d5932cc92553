// The viewer, companies and API keys through GraphQL, as a client sees them.
import { describe, expect, it } from 'vitest';
import { addUser } from '#domains/accounts/add-user.ts';
import { authenticateKey } from '#domains/accounts/authenticate-key.ts';
import { createApiKey } from '#domains/accounts/create-api-key.ts';
import { createCompany } from '#domains/accounts/create-company.ts';
import { memberViewer } from '#domains/accounts/viewers.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { CREATE_COMPANY, CREATE_KEY, globalId, townWithApi, UPDATE_COMPANY } from './api.ts';
import { noJobs, person } from './town.ts';

const { db } = await freshDatabase();

describe('the viewer', () => {
  it('is a key with its account, scopes and companies', async () => {
    const { ask, admin, clock, company } = await townWithApi(db);
    const { secret } = await createApiKey({ db, clock }, admin, {
      name: 'Partner',
      scopes: ['calls:read'],
      companyIds: [company.id],
    });
    const viewer = await authenticateKey({ db, clock }, secret);
    const query =
      '{ viewer { role scopes account { name mode } user { id } apiKey { name state } companies { name } } }';
    expect((await ask(query, {}, viewer)).data.viewer).toEqual({
      role: 'ADMIN',
      scopes: ['CALLS_READ'],
      account: { name: 'Harbour Agency', mode: 'TEST' },
      user: null,
      apiKey: { name: 'Partner', state: 'LIVE' },
      companies: [{ name: 'Garage Doors' }],
    });
  });

  it('is a person who may not read the others but knows itself', async () => {
    const { ask, admin, clock } = await townWithApi(db);
    const add = (email: string) =>
      addUser({ db, clock, jobs: noJobs }, admin, { email, name: 'Somebody', role: 'AGENT' });
    const [one, two] = [await add('one@example.com'), await add('two@example.com')];
    const query = '{ viewer { user { name email } companies { id } apiKey { id } } }';
    const { data } = await ask(query, {}, memberViewer(one));
    expect(data.viewer).toEqual({
      user: { name: 'Somebody', email: 'one@example.com' },
      companies: null,
      apiKey: null,
    });
    const other = globalId('User', two.id);
    const node = 'query ($id: ID!) { node(id: $id) { id } }';
    expect((await ask(node, { id: other }, memberViewer(one))).data.node).toBeNull();
    expect((await ask(node, { id: other })).data.node).toEqual({ id: other });
  });
});

describe('companies', () => {
  it('are made, listed in pages and counted', async () => {
    const { ask } = await townWithApi(db);
    const made = await ask(CREATE_COMPANY, { input: { name: 'Alpha', timeZone: 'Europe/Paris' } });
    expect(made.data.createCompany).toMatchObject({
      company: { name: 'Alpha', timeZone: 'Europe/Paris', status: 'ACTIVE', version: 1 },
      userErrors: [],
    });
    const list = `query ($after: Cursor, $order: CompanyOrder) {
      companies(first: 1, after: $after, order: $order) {
        nodes { name } totalCount totalCountIsExact pageInfo { hasNextPage endCursor } } }`;
    const first = (await ask(list)).data.companies;
    expect(first).toMatchObject({ nodes: [{ name: 'Alpha' }], totalCount: 2 });
    const second = (await ask(list, { after: first.pageInfo.endCursor })).data.companies;
    expect(second).toMatchObject({
      nodes: [{ name: 'Garage Doors' }],
      pageInfo: { hasNextPage: false },
    });
    const order = { field: 'CREATED_AT', direction: 'ASC' };
    const oldest = (await ask(list, { order })).data.companies;
    expect(oldest.pageInfo.hasNextPage).toBe(true);
    expect(
      (await ask(list, { order, after: oldest.pageInfo.endCursor })).data.companies.nodes,
    ).not.toEqual(oldest.nodes);
    const filter = '{ companies(filter: { name: "alp", status: ACTIVE }) { nodes { name } } }';
    expect((await ask(filter)).data.companies.nodes).toEqual([{ name: 'Alpha' }]);
  });

  it('answer refusals as userErrors with their types', async () => {
    const { ask, company } = await townWithApi(db);
    const companyId = globalId('Company', company.id);
    const refused = async (input: object) =>
      (await ask(UPDATE_COMPANY, { input: { companyId, ...input } })).data.updateCompany;
    expect(await refused({ timeZone: 'Mars/Base', name: '' })).toEqual({
      company: null,
      userErrors: [
        { code: 'INVALID_INPUT', field: ['name'] },
        { code: 'INVALID_INPUT', field: ['timeZone'] },
      ],
    });
    expect(await refused({ name: 'New', expectedVersion: 9 })).toEqual({
      company: null,
      userErrors: [{ code: 'VERSION_CONFLICT', field: ['expectedVersion'], currentVersion: 1 }],
    });
    expect(await refused({ status: 'DISABLED' })).toEqual({
      company: null,
      userErrors: [{ code: 'LAST_COMPANY', field: ['status'], limit: 1, current: 1 }],
    });
    expect(await refused({ name: 'New' })).toEqual({
      company: { name: 'New', status: 'ACTIVE', version: 2 },
      userErrors: [],
    });
  });

  it('are shown to a restricted viewer only where they are its own', async () => {
    const { ask, admin, clock, company, account } = await townWithApi(db);
    const other = await createCompany({ db, clock }, admin, { name: 'Other' });
    const viewer = person(account.id, 'MANAGER', { companyIds: [company.id] });
    const id = globalId('Company', other.id);
    const query =
      'query ($id: ID!) { companies { nodes { name } totalCount } node(id: $id) { id } }';
    expect((await ask(query, { id }, viewer)).data).toEqual({
      companies: { nodes: [{ name: 'Garage Doors' }], totalCount: 1 },
      node: null,
    });
  });

  it('of another account do not exist', async () => {
    const here = await townWithApi(db);
    const there = await townWithApi(db);
    const id = globalId('Company', there.company.id);
    const node = await here.ask('query ($id: ID!) { node(id: $id) { id } }', { id });
    expect(node.data.node).toBeNull();
    const input = { companyId: id, name: 'Taken over' };
    const update = await here.ask(UPDATE_COMPANY, { input });
    expect(update.data.updateCompany.userErrors).toEqual([
      { code: 'NOT_FOUND', field: ['companyId'] },
    ]);
  });
});

describe('API keys', () => {
  it('show their secret once, and not again when the request is repeated', async () => {
    const { ask, clock } = await townWithApi(db);
    const input = { name: 'CRM', scopes: ['CALLS_READ', 'LEADS_READ'], idempotencyKey: 'k1' };
    const first = (await ask(CREATE_KEY, { input })).data.createApiKey;
    expect(first.apiKey).toMatchObject({
      name: 'CRM',
      state: 'LIVE',
      scopes: ['CALLS_READ', 'LEADS_READ'],
      companies: null,
      createdBy: { kind: 'SYSTEM', part: 'tests' },
    });
    expect(first.secret.startsWith(first.apiKey.prefix)).toBe(true);
    expect(await authenticateKey({ db, clock }, first.secret)).toMatchObject({ role: 'ADMIN' });
    const again = (await ask(CREATE_KEY, { input })).data.createApiKey;
    expect(again.apiKey.id).toBe(first.apiKey.id);
    expect(again.secret).toBeNull();
    const other = (await ask(CREATE_KEY, { input: { ...input, name: 'Other' } })).data;
    expect(other.createApiKey.userErrors).toEqual([
      { code: 'IDEMPOTENCY_KEY_CONFLICT', field: ['idempotencyKey'] },
    ]);
  });

  it('are rotated, listed by state and revoked', async () => {
    const { ask } = await townWithApi(db);
    const input = { name: 'CRM', scopes: ['CALLS_READ'] };
    const old = (await ask(CREATE_KEY, { input })).data.createApiKey.apiKey;
    const rotate = `mutation ($input: RotateApiKeyInput!) { rotateApiKey(input: $input) {
      apiKey { id replaces { id state expiresAt } } secret userErrors { code } } }`;
    const rotated = (await ask(rotate, { input: { apiKeyId: old.id } })).data.rotateApiKey;
    expect(rotated).toMatchObject({
      apiKey: {
        replaces: { id: old.id, state: 'LIVE', expiresAt: '2026-03-03T15:00:00.000Z' },
      },
      userErrors: [],
    });
    const revoke = `mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) {
      apiKey { state revokedAt } userErrors { code } } }`;
    expect((await ask(revoke, { input: { apiKeyId: old.id } })).data.revokeApiKey).toEqual({
      apiKey: { state: 'REVOKED', revokedAt: '2026-03-02T15:00:00.000Z' },
      userErrors: [],
    });
    const list = `{
      live: apiKeys(filter: { state: LIVE }) { nodes { id } totalCount }
      revoked: apiKeys(filter: { state: REVOKED }) { nodes { id } }
      expired: apiKeys(filter: { state: EXPIRED }) { nodes { id } } }`;
    expect((await ask(list)).data).toEqual({
      live: { nodes: [{ id: rotated.apiKey.id }], totalCount: 1 },
      revoked: { nodes: [{ id: old.id }] },
      expired: { nodes: [] },
    });
  });

  it('need their scope: the answer is a top-level error', async () => {
    const { ask, account } = await townWithApi(db);
    const viewer = person(account.id, 'ADMIN', { scopes: ['calls:read'] });
    for (const list of ['apiKeys', 'users', 'auditLog']) {
      const { errors } = await ask(`{ ${list} { nodes { id } } }`, {}, viewer);
      expect(errors?.[0].extensions.code, list).toBe('FORBIDDEN');
      expect(errors?.[0].message).toContain('SETTINGS_READ');
    }
    const input = { name: 'More', scopes: ['CALLS_READ'] };
    const { errors } = await ask(CREATE_KEY, { input }, viewer);
    expect(errors?.[0].extensions.code).toBe('FORBIDDEN');
  });
});
