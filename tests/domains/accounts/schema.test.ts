// The accounts through GraphQL, as a client sees them.
import { describe, expect, it } from 'vitest';
import { addUser } from '#domains/accounts/add-user.ts';
import { authenticateKey } from '#domains/accounts/authenticate-key.ts';
import { createApiKey } from '#domains/accounts/create-api-key.ts';
import { createCompany } from '#domains/accounts/create-company.ts';
import { memberViewer } from '#domains/accounts/viewers.ts';
import '#domains/accounts/schema.ts';
import { builder } from '#graphql/builder.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { runOperation } from '#tests/support/operation.ts';
import { SCOPES } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';
import { foundAccount, person } from './town.ts';

const { db } = await freshDatabase();
const schema = builder.toSchema();
interface UserPage {
  nodes: { name: string }[];
  pageInfo: { endCursor: string; hasNextPage: boolean };
}
const secrets = openSecrets(Buffer.alloc(32, 7));

async function townWithApi() {
  const town = await foundAccount(db);
  const ask = (source: string, variables: Record<string, unknown> = {}, viewer?: Viewer) =>
    runOperation(schema, source, variables, {
      platform: { db, clock: town.clock, secrets },
      viewer: viewer ?? town.admin,
    });
  return { ...town, ask };
}

const CREATE_COMPANY = `mutation ($input: CreateCompanyInput!) {
  createCompany(input: $input) { company { id name timeZone status version } userErrors { code field message } }
}`;
const UPDATE_COMPANY = `mutation ($input: UpdateCompanyInput!) {
  updateCompany(input: $input) { company { name status version }
    userErrors { code field ... on VersionConflict { currentVersion } ... on PolicyRefusal { limit current } } }
}`;
const CREATE_KEY = `mutation ($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    apiKey { id name prefix state scopes companies { name } createdBy { kind part } expiresAt }
    secret userErrors { code field }
  }
}`;

describe('the viewer', () => {
  it('is a key with its account, scopes and companies', async () => {
    const { ask, admin, clock, company } = await townWithApi();
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
    const { ask, admin, clock } = await townWithApi();
    const add = (email: string) =>
      addUser({ db, clock }, admin, { email, name: 'Somebody', role: 'AGENT' });
    const [one, two] = [await add('one@example.com'), await add('two@example.com')];
    const query = '{ viewer { user { name email } companies { id } apiKey { id } } }';
    const { data } = await ask(query, {}, memberViewer(one));
    expect(data.viewer).toEqual({
      user: { name: 'Somebody', email: 'one@example.com' },
      companies: null,
      apiKey: null,
    });
    const other = Buffer.from(`User:${two.id}`).toString('base64url');
    const node = 'query ($id: ID!) { node(id: $id) { id } }';
    expect((await ask(node, { id: other }, memberViewer(one))).data.node).toBeNull();
    expect((await ask(node, { id: other })).data.node).toEqual({ id: other });
  });
});

describe('companies', () => {
  it('are made, listed in pages and counted', async () => {
    const { ask } = await townWithApi();
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
    const { ask, company } = await townWithApi();
    const companyId = Buffer.from(`Company:${company.id}`).toString('base64url');
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
    const { ask, admin, clock, company, account } = await townWithApi();
    const other = await createCompany({ db, clock }, admin, { name: 'Other' });
    const viewer = person(account.id, 'MANAGER', { companyIds: [company.id] });
    const id = Buffer.from(`Company:${other.id}`).toString('base64url');
    const query =
      'query ($id: ID!) { companies { nodes { name } totalCount } node(id: $id) { id } }';
    expect((await ask(query, { id }, viewer)).data).toEqual({
      companies: { nodes: [{ name: 'Garage Doors' }], totalCount: 1 },
      node: null,
    });
  });

  it('of another account do not exist', async () => {
    const here = await townWithApi();
    const there = await townWithApi();
    const id = Buffer.from(`Company:${there.company.id}`).toString('base64url');
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
    const { ask, clock } = await townWithApi();
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
    const { ask } = await townWithApi();
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
    const { ask, account } = await townWithApi();
    const viewer = person(account.id, 'ADMIN', { scopes: ['calls:read'] });
    for (const list of ['apiKeys', 'users', 'auditLog']) {
      const { errors } = await ask(`{ ${list} { nodes { id } } }`, {}, viewer);
      expect(errors?.[0].extensions.code, list).toBe('FORBIDDEN');
      expect(errors?.[0].message).toContain('settings:read');
    }
    const input = { name: 'More', scopes: ['CALLS_READ'] };
    const { errors } = await ask(CREATE_KEY, { input }, viewer);
    expect(errors?.[0].extensions.code).toBe('FORBIDDEN');
  });
});

describe('users', () => {
  it('are added, changed and removed', async () => {
    const { ask, company } = await townWithApi();
    const companyId = Buffer.from(`Company:${company.id}`).toString('base64url');
    const add = `mutation ($input: AddUserInput!) { addUser(input: $input) {
      user { id name email role companies { name } version } userErrors { code field } } }`;
    const input = {
      email: 'Robin@Example.com',
      name: 'Robin',
      role: 'MANAGER',
      companyIds: [companyId],
    };
    const { user } = (await ask(add, { input })).data.addUser;
    expect(user).toMatchObject({
      name: 'Robin',
      email: 'robin@example.com',
      role: 'MANAGER',
      companies: [{ name: 'Garage Doors' }],
    });
    const change = `mutation ($input: ChangeUserRoleInput!) { changeUserRole(input: $input) {
      user { role companies { id } version } userErrors { code } } }`;
    const widened = await ask(change, { input: { userId: user.id, companyIds: null } });
    expect(widened.data.changeUserRole.user).toEqual({
      role: 'MANAGER',
      companies: null,
      version: 2,
    });
    const remove = `mutation ($input: RemoveUserInput!) { removeUser(input: $input) {
      removedUserId userErrors { code } } }`;
    expect((await ask(remove, { input: { userId: user.id } })).data.removeUser).toEqual({
      removedUserId: user.id,
      userErrors: [],
    });
    expect((await ask('{ users { totalCount } }')).data.users.totalCount).toBe(0);
  });

  it('come masked without the right to personal data', async () => {
    const { ask, admin, clock, account } = await townWithApi();
    const input = { email: 'robin@example.com', name: 'Robin', role: 'ADMIN' } as const;
    await addUser({ db, clock }, admin, input);
    const scopes = SCOPES.filter((scope) => scope !== 'personal:read');
    const query = '{ users { nodes { name email } } }';
    const { data } = await ask(query, {}, person(account.id, 'ADMIN', { scopes }));
    expect(data.users.nodes).toEqual([{ name: '•••', email: '•••@example.com' }]);
  });

  it('page by the time they were added, whoever came at the same moment', async () => {
    const { ask, admin, clock } = await townWithApi();
    for (const n of [1, 2, 3]) {
      const email = `u${n}-${admin.accountId}@example.com`;
      await addUser({ db, clock }, admin, { email, name: `U${n}`, role: 'AGENT' });
      if (n === 2) clock.advance(1_000);
    }
    const query = `query ($after: Cursor, $direction: SortDirection!) {
      users(first: 1, after: $after, order: { field: CREATED_AT, direction: $direction }) {
        nodes { name } pageInfo { endCursor hasNextPage } } }`;
    const walk = async (direction: string) => {
      const names: string[] = [];
      for (let after: string | null = null; ; ) {
        const page: UserPage = (await ask(query, { after, direction })).data.users;
        names.push(...page.nodes.map((user) => user.name));
        if (!page.pageInfo.hasNextPage) return names;
        after = page.pageInfo.endCursor;
      }
    };
    const names = await walk('ASC');
    expect([...names].sort()).toEqual(['U1', 'U2', 'U3']);
    expect(names.at(-1)).toBe('U3');
    expect(await walk('DESC')).toEqual([...names].reverse());
  });
});

describe('the account and its carrier', () => {
  it('are read and changed, and the carrier’s key never comes back', async () => {
    const { ask } = await townWithApi();
    const account = `mutation { updateAccount(input: { name: "Bay", currencyCode: "CAD" }) {
      account { name currencyCode timeZone version } userErrors { code } } }`;
    expect((await ask(account)).data.updateAccount).toEqual({
      account: { name: 'Bay', currencyCode: 'CAD', timeZone: 'America/New_York', version: 2 },
      userErrors: [],
    });
    const read =
      '{ viewer { account { carrierSettings { baseUrl publicKey connectionId version } } } }';
    expect((await ask(read)).data.viewer.account.carrierSettings).toBeNull();
    const input = {
      baseUrl: 'http://127.0.0.1:4010/v2',
      apiKey: 'very-secret',
      publicKey: Buffer.alloc(32, 1).toString('base64'),
    };
    const configure = `mutation ($input: ConfigureCarrierInput!) { configureCarrier(input: $input) {
      carrierSettings { baseUrl connectionId } userErrors { code field } } }`;
    expect((await ask(configure, { input })).data.configureCarrier).toEqual({
      carrierSettings: { baseUrl: 'http://127.0.0.1:4010/v2', connectionId: null },
      userErrors: [],
    });
    const settings = (await ask(read)).data.viewer.account.carrierSettings;
    expect(settings).toMatchObject({ publicKey: input.publicKey, version: 1 });
    const log = '{ auditLog { nodes { action after } } }';
    const entries = (await ask(log)).data.auditLog.nodes;
    expect(entries[0]).toMatchObject({
      action: 'configureCarrier',
      after: { apiKey: '[secret]', baseUrl: input.baseUrl },
    });
    expect(JSON.stringify(entries)).not.toContain('very-secret');
  });
});

describe('the audit log', () => {
  it('tells who changed what, newest first, with opaque ids', async () => {
    const { ask, admin, clock, company } = await townWithApi();
    const { secret } = await createApiKey({ db, clock }, admin, {
      name: 'Settings',
      scopes: ['settings:read', 'settings:write'],
    });
    const viewer = await authenticateKey({ db, clock }, secret);
    const companyId = Buffer.from(`Company:${company.id}`).toString('base64url');
    clock.advance(1_000);
    await ask(UPDATE_COMPANY, { input: { companyId, name: 'Doors' } }, viewer);
    clock.advance(1_000);
    const key = { name: 'Calls', scopes: ['SETTINGS_READ'], companyIds: [companyId] };
    await ask(CREATE_KEY, { input: key }, viewer);
    const query = `query ($filter: AuditEntryFilter) { auditLog(filter: $filter) {
      totalCount nodes { id at action actor { kind id } subjectType subjectId before after } } }`;
    const actorId = Buffer.from(`ApiKey:${viewer.actor.id}`).toString('base64url');
    const { nodes } = (await ask(query, { filter: { actorId } }, viewer)).data.auditLog;
    expect(nodes).toMatchObject([
      {
        action: 'createApiKey',
        subjectType: 'ApiKey',
        actor: { kind: 'KEY', id: actorId },
        before: null,
        after: { name: 'Calls', companyIds: [companyId] },
      },
      {
        action: 'updateCompany',
        at: '2026-03-02T15:00:01.000Z',
        subjectId: companyId,
        before: { name: 'Garage Doors' },
        after: { name: 'Doors' },
      },
    ]);
    expect(nodes.map((entry: { at: string }) => entry.at)).toEqual([
      '2026-03-02T15:00:02.000Z',
      '2026-03-02T15:00:01.000Z',
    ]);
    const bySubject = (await ask(query, { filter: { subjectId: companyId } }, viewer)).data;
    expect(bySubject.auditLog.totalCount).toBe(2);
    const later = { from: '2026-03-02T15:00:02.000Z' };
    expect((await ask(query, { filter: later }, viewer)).data.auditLog.totalCount).toBe(1);
    const node = 'query ($id: ID!) { node(id: $id) { id } }';
    expect((await ask(node, { id: nodes[0].id }, viewer)).data.node).toEqual({ id: nodes[0].id });
    expect(
      (await ask(node, { id: nodes[0].id }, person(admin.accountId, 'MANAGER'))).data.node,
    ).toBeNull();
  });
});
