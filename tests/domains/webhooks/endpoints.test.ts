// Endpoints through the schema: made, changed, paged, deleted; what is wrong is told as userErrors.
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import { CREATE, customer, DELETE, ENDPOINTS, ROTATE, UPDATE } from './customer.ts';
import { openPostOffice } from './post-office.ts';

const office = await openPostOffice();

describe('endpoints', () => {
  it('are made, changed, rotated and deleted', async () => {
    const { run, make, companyId, accountId } = await customer(office);
    const company = encodeGlobalId('Company', companyId);
    const {
      webhookEndpoint: made,
      secret,
      receiver,
    } = await make({
      eventTypes: ['LEAD_UPDATED', 'CALL_ENDED', 'LEAD_UPDATED'],
      companyIds: [company],
      description: 'To the CRM',
    });
    expect(secret).toMatch(/^whsec_/);
    expect(made).toEqual({
      id: expect.any(String),
      url: receiver.url,
      description: 'To the CRM',
      eventTypes: ['CALL_ENDED', 'LEAD_UPDATED'],
      companies: [{ name: 'Garage Doors' }],
      query: null,
      selection: expect.stringContaining('... on CallEvent'),
      state: 'ACTIVE',
      pauseReason: null,
      pausedAt: null,
      failingSince: null,
      holdUntil: null,
      owner: { kind: 'SYSTEM', id: null, part: 'town' },
      createdBy: { kind: 'SYSTEM' },
      previousSecretUntil: null,
      createdAt: office.clock.now('').toISOString(),
      version: 1,
    });
    const webhookEndpointId = made.id;
    const input = { webhookEndpointId, companyIds: null, query: '{ id }', expectedVersion: 1 };
    const changed = await run(UPDATE, { input });
    expect(changed.data.updateWebhookEndpoint.webhookEndpoint).toMatchObject({
      companies: null,
      query: '{ id }',
      selection: '{ id }',
      url: receiver.url,
      version: 2,
    });
    const same = await run(UPDATE, { input: { webhookEndpointId, description: 'To the CRM' } });
    expect(same.data.updateWebhookEndpoint.webhookEndpoint.version).toBe(2);
    const stale = await run(UPDATE, { input: { ...input, description: 'x' } });
    expect(stale.data.updateWebhookEndpoint.userErrors).toEqual([
      { code: 'VERSION_CONFLICT', field: ['expectedVersion'] },
    ]);
    const rotated = await run(ROTATE, { input: { webhookEndpointId } });
    expect(rotated.data.rotateWebhookSecret.secret).not.toBe(secret);
    const gone = await run(DELETE, { input: { webhookEndpointId } });
    expect(gone.data.deleteWebhookEndpoint.deletedWebhookEndpointId).toBe(webhookEndpointId);
    expect((await run(ENDPOINTS)).data.webhookEndpoints.totalCount).toBe(0);
    const audited = await office.db.prisma.auditEntry.findMany({
      where: { accountId },
      orderBy: { id: 'asc' },
    });
    expect(audited.map(({ action }) => action)).toEqual([
      'createWebhookEndpoint',
      'updateWebhookEndpoint',
      'rotateWebhookSecret',
      'deleteWebhookEndpoint',
    ]);
    expect(JSON.stringify(audited)).not.toContain('whsec_');
  });

  it('are made once per idempotency key, and their secret is shown once', async () => {
    const { make, accountId } = await customer(office);
    const url = 'http://127.0.0.1:9/hook';
    const first = await make({ url, idempotencyKey: 'k' });
    const second = await make({ url, idempotencyKey: 'k' });
    expect(second.webhookEndpoint.id).toBe(first.webhookEndpoint.id);
    expect([first.secret === null, second.secret]).toEqual([false, null]);
    expect(await office.db.prisma.webhookEndpoint.count({ where: { accountId } })).toBe(1);
  });

  it.each([
    ['a private address', { url: 'http://10.0.0.1/' }, 'url'],
    ['the metadata service', { url: 'http://169.254.169.254/latest' }, 'url'],
    ['another scheme', { url: 'ftp://example.com/' }, 'url'],
    ['no address', { url: 'hook' }, 'url'],
    ['a password', { url: 'https://user:word@example.com/' }, 'url'],
    ['a long address', { url: `https://example.com/${'x'.repeat(2_048)}` }, 'url'],
    ['no types', { eventTypes: [] }, 'eventTypes'],
    ['no companies', { companyIds: [] }, 'companyIds'],
    ['a long description', { description: 'x'.repeat(501) }, 'description'],
    ['a bad query', { query: '{ nothing }' }, 'query'],
  ])('with %s are refused', async (_what, wrong, field) => {
    const { run } = await customer(office);
    const input = { url: 'https://example.com/', eventTypes: ['LEAD_UPDATED'], ...wrong };
    const { data } = await run(CREATE, { input });
    expect(data.createWebhookEndpoint).toMatchObject({
      webhookEndpoint: null,
      secret: null,
      userErrors: [{ code: 'INVALID_INPUT', field: [field] }],
    });
  });

  it('of LIVE accounts are reached over https', async () => {
    const { run, viewer } = await customer(office);
    const live = { ...viewer, mode: 'LIVE' as const };
    const make = (url: string) =>
      run(CREATE, { input: { url, eventTypes: ['LEAD_UPDATED'] } }, live);
    expect((await make('http://example.com/')).data.createWebhookEndpoint.userErrors).toEqual([
      { code: 'INVALID_INPUT', field: ['url'], message: expect.stringContaining('https') },
    ]);
    expect((await make('https://example.com/')).data.createWebhookEndpoint.userErrors).toEqual([]);
  });

  it('cannot be cleared of what they need', async () => {
    const { run, make } = await customer(office);
    const { webhookEndpoint } = await make();
    const input = {
      webhookEndpointId: webhookEndpoint.id,
      url: null,
      eventTypes: null,
      description: null,
    };
    expect((await run(UPDATE, { input })).data.updateWebhookEndpoint.userErrors).toEqual([
      { code: 'INVALID_INPUT', field: ['url'] },
      { code: 'INVALID_INPUT', field: ['eventTypes'] },
      { code: 'INVALID_INPUT', field: ['description'] },
    ]);
  });

  it('are fifty at most', async () => {
    const { run, make, accountId } = await customer(office);
    await make();
    const row = await office.db.prisma.webhookEndpoint.findFirstOrThrow({ where: { accountId } });
    await office.db.prisma.webhookEndpoint.createMany({
      data: Array.from({ length: 49 }, (_, n) => ({
        ...row,
        id: `0195b1d0-0000-7000-8000-${String(n).padStart(12, '0')}`,
      })),
    });
    const input = { url: 'https://example.com/', eventTypes: ['LEAD_UPDATED'] };
    const { data } = await run(CREATE, { input });
    expect(data.createWebhookEndpoint.userErrors).toMatchObject([{ code: 'LIMIT_REACHED' }]);
  });

  it('are paged, newest first unless told otherwise, by state', async () => {
    const { run, make, accountId } = await customer(office);
    for (const description of ['a', 'b', 'c']) {
      office.clock.advance(1_000);
      await make({ description });
    }
    const names = (answer: Awaited<ReturnType<typeof run>>) =>
      answer.data.webhookEndpoints.nodes.map((node: { description: string }) => node.description);
    const first = await run(ENDPOINTS);
    expect(names(first)).toEqual(['c', 'b']);
    expect(first.data.webhookEndpoints).toMatchObject({
      totalCount: 3,
      pageInfo: { hasNextPage: true },
    });
    const after = first.data.webhookEndpoints.pageInfo.endCursor;
    expect(names(await run(ENDPOINTS, { after }))).toEqual(['a']);
    const order = { field: 'CREATED_AT', direction: 'ASC' };
    const upwards = await run(ENDPOINTS, { order });
    expect(names(upwards)).toEqual(['a', 'b']);
    const next = upwards.data.webhookEndpoints.pageInfo.endCursor;
    expect(names(await run(ENDPOINTS, { order, after: next }))).toEqual(['c']);
    await office.db.prisma.webhookEndpoint.updateMany({
      where: { accountId, description: 'b' },
      data: { state: 'PAUSED', pauseReason: 'GONE' },
    });
    expect(names(await run(ENDPOINTS, { filter: { state: 'PAUSED' } }))).toEqual(['b']);
  });
});
