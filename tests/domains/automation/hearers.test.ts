// Whom a WEBHOOK action tells: endpoints whose owners may read what rules did, when it is said and when it fires.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createApiKey } from '#domains/accounts/create-api-key.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Scope } from '#values/scopes.ts';
import { openRulesDesk } from './rules-desk.ts';

const desk = await openRulesDesk();
const { prisma } = desk.db;
const READER: Scope[] = ['calls:read', 'settings:read'];

/** An account, and endpoints that keys of it made. */
async function settle() {
  const people = await desk.settle();
  const { accountId, viewer, endsCall, judge } = people;
  /** @param companyIds null = it is told of every company */
  const endpoint = async (scopes: Scope[], companyIds: string[] | null = null) => {
    const { apiKey } = await createApiKey(desk, viewer, { name: 'Partner', scopes });
    const id = randomUUID();
    await prisma.webhookEndpoint.create({
      data: {
        ...{ accountId, id, owner: `key:${apiKey.id}`, ownerScopes: scopes },
        ...{ url: 'https://partner.example/hook', eventTypes: ['call.ended'], since: '0' },
        ...{ sealedSecret: 'sealed', createdBy: `key:${apiKey.id}` },
        ...{ allCompanies: companyIds === null, companyIds: companyIds ?? [] },
        createdAt: desk.clock.now(accountId),
      },
    });
    return { id, keyId: apiKey.id, globalId: encodeGlobalId('WebhookEndpoint', id) };
  };
  const asking = (...ids: string[]) => ({
    name: 'Tells',
    triggers: ['CALL_ENDED'],
    actions: [{ kind: 'WEBHOOK', webhookEndpointIds: ids }],
  });
  /** @returns what became of the action, and the endpoints that the event names */
  const fires = async () => {
    const { id, callId, eventId } = await endsCall();
    expect(await judge(eventId)).toBe('fired');
    const { ruleRuns } = await people.call(id);
    const told = await people.told(`call:${callId}`);
    return { action: ruleRuns[0].actions[0], payload: told.at(-1)?.payload };
  };
  return { ...people, endpoint, asking, fires };
}

describe('an endpoint whose owner may not read rules', () => {
  it('is named by no rule', async () => {
    const { endpoint, asking, mutate } = await settle();
    const good = await endpoint(READER);
    const deaf = await endpoint(['calls:read']);
    const input = asking(good.globalId, deaf.globalId);
    const { userErrors } = await mutate('createAutomationRule', input);
    expect(userErrors).toMatchObject([
      {
        ...{ code: 'INVALID_INPUT', field: ['actions', '0', 'webhookEndpointIds'] },
        message: expect.stringContaining('may not read what rules did'),
      },
    ]);
  });

  it('is told nothing any more, which its rule says', async () => {
    const { endpoint, asking, rule, fires } = await settle();
    const [one, other] = [await endpoint(READER), await endpoint(READER)];
    await rule(asking(one.globalId, other.globalId));
    // the scopes of a key stay; a person's role may become less
    const lose = ({ keyId }: { keyId: string }) =>
      prisma.apiKey.updateMany({ where: { id: keyId }, data: { scopes: ['calls:read'] } });
    await lose(one);
    expect(await fires()).toMatchObject({
      action: { outcome: 'DONE' },
      payload: { endpointIds: [other.id] },
    });
    await lose(other);
    expect(await fires()).toMatchObject({
      action: {
        ...{ outcome: 'REFUSED', code: 'INVALID_INPUT' },
        reason: expect.stringContaining('may read what rules did'),
      },
      payload: { endpointIds: [] },
    });
  });
});

describe('an endpoint that is told of a company that the viewer does not see', () => {
  it('is named in no rule of theirs, as they could not change it either', async () => {
    const { endpoint, asking, mutate, as, companyId, otherCompanyId } = await settle();
    const kept = as({ companyIds: [companyId] });
    const makes = async (companyIds: string[] | null) => {
      const { globalId } = await endpoint(READER, companyIds);
      const input = { ...asking(globalId), companyIds: [encodeGlobalId('Company', companyId)] };
      return (await mutate('createAutomationRule', input, kept)).userErrors;
    };
    const unseen = [{ code: 'NOT_FOUND', field: ['actions', '0', 'webhookEndpointIds'] }];
    expect(await makes([companyId])).toEqual([]);
    expect(await makes([companyId, otherCompanyId])).toMatchObject(unseen);
    expect(await makes(null)).toMatchObject(unseen);
  });
});
