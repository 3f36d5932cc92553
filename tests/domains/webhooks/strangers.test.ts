// Another account, another company, another right: they read nothing, change nothing, hear of nothing.
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import {
  CREATE,
  customer,
  DELETE,
  DELIVERIES,
  ENDPOINTS,
  REPLAY,
  RESUME,
  ROTATE,
  TEST,
  UPDATE,
} from './customer.ts';
import { openPostOffice } from './post-office.ts';

const office = await openPostOffice();

describe('another account, another company, another right', () => {
  const everything = (id: string, deliveryId: string) =>
    [
      [UPDATE, { webhookEndpointId: id, description: 'mine' }],
      [ROTATE, { webhookEndpointId: id }],
      [RESUME, { webhookEndpointId: id }],
      [TEST, { webhookEndpointId: id }],
      [DELETE, { webhookEndpointId: id }],
      [REPLAY, { deliveryIds: [deliveryId] }],
      [REPLAY, { webhookEndpointId: id, failedOnly: true }],
    ] as const;

  it('reads nothing and changes nothing', async () => {
    const { run, make, happens, viewer, otherCompanyId, accountId } = await customer(office);
    const { webhookEndpoint, receiver } = await make();
    await happens(1);
    const { id } = webhookEndpoint;
    const deliveryId = (await run(DELIVERIES)).data.webhookDeliveries.nodes[0].id;
    const before = await office.db.prisma.webhookEndpoint.findMany({ where: { accountId } });
    const stranger = (await office.settle()).viewer;
    const kept = { ...viewer, companyIds: [otherCompanyId] };
    const look = `query($ids: [ID!]!) { nodes(ids: $ids) { id }
      webhookEndpoints { totalCount } webhookDeliveries { totalCount nodes { id } } }`;
    for (const other of [stranger, kept]) {
      expect((await run(look, { ids: [id, deliveryId] }, other)).data).toEqual({
        nodes: [null, null],
        webhookEndpoints: { totalCount: 0 },
        webhookDeliveries: { totalCount: 0, nodes: [] },
      });
      for (const [mutation, input] of everything(id, deliveryId)) {
        const { data } = await run(mutation, { input }, other);
        const [payload] = Object.values(data) as { userErrors: { code: string }[] }[];
        expect(payload?.userErrors[0]?.code, mutation).toBe('NOT_FOUND');
      }
    }
    const company = encodeGlobalId('Company', otherCompanyId);
    const theirs = { url: receiver.url, eventTypes: ['LEAD_UPDATED'], companyIds: [company] };
    const lured = await run(CREATE, { input: theirs }, stranger);
    expect(lured.data.createWebhookEndpoint.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    await office.deliveries.quiet();
    expect(receiver.letters).toHaveLength(1);
    expect(await office.db.prisma.webhookEndpoint.findMany({ where: { accountId } })).toEqual(
      before,
    );
  });

  it('is refused without the scopes, mutation by mutation', async () => {
    const { run, make, happens, viewer } = await customer(office);
    const { webhookEndpoint } = await make();
    await happens(1);
    const deliveryId = (await run(DELIVERIES)).data.webhookDeliveries.nodes[0].id;
    const reader = { ...viewer, scopes: ['webhooks:read' as const, 'leads:read' as const] };
    for (const [mutation, input] of everything(webhookEndpoint.id, deliveryId)) {
      const { errors } = await run(mutation, { input }, reader);
      expect(errors?.[0].extensions.code, mutation).toBe('FORBIDDEN');
    }
    const blind = { ...viewer, scopes: ['webhooks:write' as const] };
    for (const query of [ENDPOINTS, DELIVERIES]) {
      expect((await run(query, {}, blind)).errors?.[0].extensions.code).toBe('FORBIDDEN');
    }
    const agent = { ...viewer, role: 'AGENT' as const };
    expect((await run(ENDPOINTS, {}, agent)).errors?.[0].extensions.code).toBe('FORBIDDEN');
  });

  it('hears of no event of theirs', async () => {
    const mine = await customer(office);
    const theirs = await customer(office);
    const { receiver } = await mine.make();
    await theirs.happens(2);
    expect(receiver.letters).toEqual([]);
  });
});
