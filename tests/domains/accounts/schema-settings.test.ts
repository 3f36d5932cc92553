// Users, carrier settings and the audit log through GraphQL, as a client sees them.
import { describe, expect, it } from 'vitest';
import { addUser } from '#domains/accounts/add-user.ts';
import { authenticateKey } from '#domains/accounts/authenticate-key.ts';
import { createApiKey } from '#domains/accounts/create-api-key.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { SCOPES } from '#values/scopes.ts';
import { CREATE_KEY, globalId, townWithApi, UPDATE_COMPANY } from './api.ts';
import { noJobs, person } from './town.ts';

const { db } = await freshDatabase();

interface UserPage {
  nodes: { name: string }[];
  pageInfo: { endCursor: string; hasNextPage: boolean };
}

describe('users', () => {
  it('are added, changed and removed', async () => {
    const { ask, company } = await townWithApi(db);
    const companyId = globalId('Company', company.id);
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
    const { ask, admin, clock, account } = await townWithApi(db);
    const input = { email: 'robin@example.com', name: 'Robin', role: 'ADMIN' } as const;
    await addUser({ db, clock, jobs: noJobs }, admin, input);
    const scopes = SCOPES.filter((scope) => scope !== 'personal:read');
    const query = '{ users { nodes { name email } } }';
    const { data } = await ask(query, {}, person(account.id, 'ADMIN', { scopes }));
    expect(data.users.nodes).toEqual([{ name: '•••', email: '•••@example.com' }]);
  });

  it('page by the time they were added, whoever came at the same moment', async () => {
    const { ask, admin, clock } = await townWithApi(db);
    for (const n of [1, 2, 3]) {
      const email = `u${n}-${admin.accountId}@example.com`;
      await addUser({ db, clock, jobs: noJobs }, admin, { email, name: `U${n}`, role: 'AGENT' });
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
    const { ask } = await townWithApi(db);
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
    const { ask, admin, clock, company } = await townWithApi(db);
    const { secret } = await createApiKey({ db, clock }, admin, {
      name: 'Settings',
      scopes: ['settings:read', 'settings:write'],
    });
    const viewer = await authenticateKey({ db, clock }, secret);
    const companyId = globalId('Company', company.id);
    clock.advance(1_000);
    await ask(UPDATE_COMPANY, { input: { companyId, name: 'Doors' } }, viewer);
    clock.advance(1_000);
    const key = { name: 'Calls', scopes: ['SETTINGS_READ'], companyIds: [companyId] };
    await ask(CREATE_KEY, { input: key }, viewer);
    const query = `query ($filter: AuditEntryFilter) { auditLog(filter: $filter) {
      totalCount nodes { id at action actor { kind id } subjectType subjectId before after } } }`;
    const actorId = globalId('ApiKey', viewer.actor.id);
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
