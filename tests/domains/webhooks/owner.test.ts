// In whose name an endpoint is told things: what its owner gave and still has, and never more; and nobody gains by
// changing somebody else's endpoint.
import { describe, expect, it } from 'vitest';
import { createCompany } from '#domains/accounts/create-company.ts';
import { revokeApiKey } from '#domains/accounts/revoke-api-key.ts';
import { rotateApiKey } from '#domains/accounts/rotate-api-key.ts';
import { readOwner } from '#domains/webhooks/owner.ts';
import { resumeWebhookEndpoint } from '#domains/webhooks/resume-endpoint.ts';
import { rotateWebhookSecret } from '#domains/webhooks/rotate-secret.ts';
import { testWebhookEndpoint } from '#domains/webhooks/test-endpoint.ts';
import { updateWebhookEndpoint } from '#domains/webhooks/update-endpoint.ts';
import { refusalOf } from '#tests/domains/accounts/town.ts';
import { openPostOffice, openReceiver } from './post-office.ts';

const office = await openPostOffice();
const LEADS = ['leads:read', 'webhooks:read', 'webhooks:write'] as const;
const PHONES = '{ ... on LeadEvent { lead { phoneNumbers } } }';

/** An endpoint that a key with these scopes made. */
async function owned(scopes: readonly string[] = LEADS, companyIds?: 'mine') {
  const people = await office.settle();
  const receiver = await openReceiver();
  const kept = companyIds ? [people.companyId] : undefined;
  const { apiKey, viewer: maker } = await people.keyWith([...scopes] as never, kept);
  const { endpoint: made } = await people.endpoint(receiver.url, { query: PHONES }, maker);
  const data = () => receiver.letters.map(({ body }) => JSON.parse(body).data);
  return { ...people, receiver, apiKey, maker, made, data };
}

describe('what an endpoint is told', () => {
  it('is what its owner may read: masked without the right to personal data', async () => {
    const masked = await owned();
    await masked.happens();
    expect(masked.data()).toEqual([{ lead: { phoneNumbers: ['+1••••••••34'] } }]);
    const plain = await owned([...LEADS, 'personal:read']);
    await plain.happens();
    expect(plain.data()).toEqual([{ lead: { phoneNumbers: ['+14155550134'] } }]);
  });

  it('never grows beyond what the owner gave when making it', async () => {
    const { happens, data, made, accountId } = await owned();
    const { ownerScopes } = made;
    expect(ownerScopes).toEqual(LEADS);
    // the row of a key cannot gain scopes through the API; a person's role can
    await office.db.prisma.apiKey.updateMany({
      where: { accountId },
      data: { scopes: [...LEADS, 'personal:read'] },
    });
    await happens();
    expect(data()).toEqual([{ lead: { phoneNumbers: ['+1••••••••34'] } }]);
  });

  it('ends with the owner: paused, told once, and nothing leaves', async () => {
    const { happens, receiver, apiKey, viewer, made, endpointRow, told, deliveries } =
      await owned();
    await revokeApiKey(office, viewer, { apiKeyId: apiKey.id });
    await happens(6);
    expect(receiver.letters).toEqual([]);
    expect(await endpointRow(made.id)).toMatchObject({
      state: 'PAUSED',
      pauseReason: 'RIGHTS_LOST',
      failingSince: null,
    });
    expect(await told('webhook.endpoint_paused')).toHaveLength(1);
    expect((await deliveries()).map(({ state }) => state)).toEqual(Array(6).fill('PENDING'));
    expect(await endpointRow(made.id)).toMatchObject({ claimedBy: null });
    // a test does not wait for somebody to resume the endpoint, and is no exception
    const { id } = await testWebhookEndpoint(office, viewer, { webhookEndpointId: made.id });
    await office.deliveries.quiet();
    expect(await deliveries({ id })).toMatchObject([{ state: 'FAILED', failure: 'NOT_ALLOWED' }]);
    expect(receiver.letters).toEqual([]);
  });

  it('goes out when somebody with the right resumes it, who is its owner then', async () => {
    const { happens, receiver, apiKey, viewer, made, data, endpointRow, keyWith } = await owned();
    await revokeApiKey(office, viewer, { apiKeyId: apiKey.id });
    await happens(2);
    const narrow = (await keyWith(['calls:read', 'webhooks:write'])).viewer;
    await expect(
      resumeWebhookEndpoint(office, narrow, { webhookEndpointId: made.id }),
    ).rejects.toMatchObject({ name: 'Forbidden', scope: 'LEADS_READ' });
    await resumeWebhookEndpoint(office, viewer, { webhookEndpointId: made.id });
    await office.deliveries.quiet();
    expect(receiver.letters).toHaveLength(2);
    expect(data()[0]).toEqual({ lead: { phoneNumbers: ['+14155550134'] } });
    expect(await endpointRow(made.id)).toMatchObject({ state: 'ACTIVE', owner: 'system:town' });
  });

  it('follows a rotated key to its successor, over the end of the old one', async () => {
    const { happens, receiver, apiKey, viewer, made, endpointRow } = await owned();
    const { apiKey: next } = await rotateApiKey(office, viewer, {
      apiKeyId: apiKey.id,
      overlapSeconds: 0,
    });
    const { apiKey: last } = await rotateApiKey(office, viewer, {
      apiKeyId: next.id,
      overlapSeconds: 0,
    });
    await happens();
    expect(receiver.letters).toHaveLength(1);
    expect((await endpointRow(made.id)).owner).toBe(`key:${last.id}`);
    await revokeApiKey(office, viewer, { apiKeyId: last.id });
    await happens();
    expect(await endpointRow(made.id)).toMatchObject({ pauseReason: 'RIGHTS_LOST' });
  });

  it('is kept from it event by event when some rights are lost', async () => {
    const { happens, deliveries, made, receiver, accountId } = await owned([
      ...LEADS,
      'numbers:read',
    ]);
    await office.db.prisma.webhookEndpoint.update({
      where: { accountId_id: { accountId, id: made.id } },
      data: { eventTypes: ['lead.updated', 'number.status_changed'] },
    });
    await office.db.prisma.apiKey.updateMany({
      where: { accountId },
      data: { scopes: ['numbers:read', 'webhooks:write'] },
    });
    await happens();
    expect(receiver.letters).toEqual([]);
    expect(await deliveries()).toMatchObject([{ state: 'FAILED', failure: 'NOT_ALLOWED' }]);
  });

  it('is of the companies of a key that is kept to some', async () => {
    const { happens, receiver, made, companyId, otherCompanyId } = await owned(LEADS, 'mine');
    expect(made).toMatchObject({ allCompanies: false, companyIds: [companyId] });
    await happens(1, otherCompanyId);
    await happens(1, null);
    expect(receiver.letters).toEqual([]);
    await happens(1, companyId);
    expect(receiver.letters).toHaveLength(1);
  });

  it('is nothing when the owner has lost its companies', async () => {
    const { made, accountId, viewer } = await owned(LEADS, 'mine');
    const other = await createCompany(office, viewer, { name: 'Third' });
    await office.db.prisma.apiKey.updateMany({
      where: { accountId },
      data: { companyIds: [other.id] },
    });
    expect(await readOwner(office, made)).toBeNull();
  });
});

describe('who may read less than an endpoint is told', () => {
  it('can neither lead it elsewhere, nor learn its secret, nor resume it', async () => {
    const { made, keyWith, endpointRow } = await owned([...LEADS, 'personal:read']);
    const { viewer: narrow } = await keyWith([...LEADS]);
    const target = { webhookEndpointId: made.id };
    const exceeded = { code: 'SCOPE_EXCEEDED', field: 'webhookEndpointId' };
    const url = 'http://127.0.0.1:9/theirs';
    expect(await refusalOf(updateWebhookEndpoint(office, narrow, { ...target, url }))).toEqual(
      exceeded,
    );
    expect(await refusalOf(rotateWebhookSecret(office, narrow, target))).toEqual(exceeded);
    await office.db.prisma.webhookEndpoint.updateMany({
      where: { id: made.id },
      data: { state: 'PAUSED', pauseReason: 'FAILING' },
    });
    expect(await refusalOf(resumeWebhookEndpoint(office, narrow, target))).toEqual(exceeded);
    expect(await endpointRow(made.id)).toMatchObject({ url: made.url, state: 'PAUSED' });
  });

  it('cannot make one that is told more', async () => {
    const { endpoint, keyWith, otherCompanyId, companyId } = await owned();
    const { viewer: leads } = await keyWith([...LEADS]);
    await expect(
      endpoint('http://127.0.0.1:9/', { eventTypes: ['call.ended'] }, leads),
    ).rejects.toMatchObject({ name: 'Forbidden', scope: 'CALLS_READ' });
    const { viewer: kept } = await keyWith([...LEADS], [companyId]);
    const refused = endpoint('http://127.0.0.1:9/', { companyIds: [otherCompanyId] }, kept);
    expect(await refusalOf(refused)).toEqual({ code: 'NOT_FOUND', field: 'companyIds' });
    const { viewer: reader } = await keyWith(['leads:read', 'webhooks:read']);
    await expect(endpoint('http://127.0.0.1:9/', {}, reader)).rejects.toMatchObject({
      name: 'Forbidden',
      scope: 'WEBHOOKS_WRITE',
    });
  });

  it('cannot widen the types beyond what its owner reads', async () => {
    const { made, viewer } = await owned();
    const widened = updateWebhookEndpoint(office, viewer, {
      webhookEndpointId: made.id,
      eventTypes: ['lead.updated', 'call.ended'],
    });
    expect(await refusalOf(widened)).toEqual({ code: 'INVALID_INPUT', field: 'eventTypes' });
  });
});
