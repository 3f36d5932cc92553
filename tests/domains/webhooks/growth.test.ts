// What waits or is kept for an endpoint, however much, makes no look at it longer: counted in the rows that the
// database's own plans say they read.
import { describe, expect, it } from 'vitest';
import { webhooksJobHandlers } from '#domains/webhooks/job-handlers.ts';
import { refreshDue } from '#domains/webhooks/store.ts';
import { readDue } from '#domains/webhooks/store-deliveries.ts';
import type { Tx } from '#platform/db/index.ts';
import { customer, DELETE, DELIVERIES, ENDPOINTS } from './customer.ts';
import { JOB, openPostOffice } from './post-office.ts';

const office = await openPostOffice();
const WAITING = 3_000;
const NOW = office.clock.now('');
const [, purgeHandler, removeHandler] = webhooksJobHandlers(office);

/** The n-th delivery that waits for an endpoint. */
const waiting = (accountId: string, endpointId: string, n: number) => ({
  accountId,
  id: crypto.randomUUID(),
  endpointId,
  eventId: `1-1-${n}`,
  eventType: 'lead.updated' as string | null,
  dueAt: new Date(NOW.getTime() - 1_000 * n),
  createdAt: NOW,
});

interface Plan {
  'Relation Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

/** How many deliveries a plan has read. */
function readBy(plan: Plan): number {
  const here = (plan['Actual Rows'] ?? 0) + (plan['Rows Removed by Filter'] ?? 0);
  const own = plan['Relation Name'] === 'webhook_delivery' ? here : 0;
  return own * (plan['Actual Loops'] ?? 0) + (plan.Plans ?? []).reduce((n, p) => n + readBy(p), 0);
}

/** A transaction that explains what it runs, and how many deliveries all of it has read. */
function counting() {
  let read = 0;
  const tx = {
    async $queryRawUnsafe(text: string, ...values: unknown[]) {
      const { rows } = await office.db.pool.query(`explain (analyze, format json) ${text}`, values);
      read += readBy(rows[0]['QUERY PLAN'][0].Plan);
      return [];
    },
  } as unknown as Tx;
  return { tx, read: () => read };
}

/** An endpoint for which much waits, and one test. */
async function longPaused() {
  const { accountId, endpoint, endpointRow } = await office.settle();
  const { endpoint: made } = await endpoint('http://127.0.0.1:9/hook');
  const { id } = made;
  await office.db.prisma.webhookEndpoint.updateMany({
    where: { id },
    data: { state: 'PAUSED', pauseReason: 'FAILING' },
  });
  await office.db.prisma.webhookDelivery.createMany({
    data: Array.from({ length: WAITING }, (_, n) => waiting(accountId, id, n)),
  });
  await office.db.prisma.webhookDelivery.create({
    data: { ...waiting(accountId, id, -1), eventType: null },
  });
  await office.db.pool.query('analyze webhook_delivery');
  return { accountId, id, row: () => endpointRow(id) };
}

it('a paused endpoint is looked at without what waits for it', async () => {
  const { accountId, id, row } = await longPaused();
  const want = { known: [], now: NOW, limit: 16, testsOnly: true };
  const { tx, read } = counting();
  await refreshDue(tx, accountId, [id]);
  expect((await row()).dueAt).toEqual(new Date(NOW.getTime() + 1_000));
  await readDue(tx, accountId, id, want);
  expect(read()).toBeLessThanOrEqual(4);
  const later = { ...want, now: new Date(NOW.getTime() + 1_000) };
  const due = await readDue(office.db.prisma, accountId, id, later);
  expect(due.map(({ eventId }) => eventId)).toEqual(['1-1--1']);
});

describe('an endpoint with a long log', () => {
  /** Deleted through its verb, and who does the job that is left. */
  async function deleted() {
    const people = await customer(office);
    const { webhookEndpoint, receiver } = await people.make();
    await people.happens(1);
    const { accountId, run } = people;
    const [one] = await people.deliveries();
    const endpointId = one?.endpointId ?? '';
    await office.db.prisma.webhookDelivery.createMany({
      data: Array.from({ length: WAITING }, (_, n) => waiting(accountId, endpointId, n)),
    });
    const input = { webhookEndpointId: webhookEndpoint.id };
    const gone = await run(DELETE, { input });
    expect(gone.data.deleteWebhookEndpoint.userErrors).toEqual([]);
    const kept = async () => ({
      endpoints: await office.db.prisma.webhookEndpoint.count({ where: { accountId } }),
      deliveries: await office.db.prisma.webhookDelivery.count({ where: { accountId } }),
      bodies: await office.db.prisma.webhookBody.count({ where: { accountId } }),
    });
    return { ...people, receiver, input, endpointId, kept };
  }

  it('is gone at once, and its log is removed piece by piece', async () => {
    const { run, happens, input, endpointId, accountId, receiver, kept } = await deleted();
    expect((await run(ENDPOINTS)).data.webhookEndpoints.totalCount).toBe(0);
    expect((await run(DELIVERIES)).data.webhookDeliveries).toMatchObject({
      totalCount: 0,
      nodes: [],
    });
    const again = await run(DELETE, { input });
    expect(again.data.deleteWebhookEndpoint.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    await happens(1);
    expect(receiver.letters).toHaveLength(1);
    expect(await kept()).toEqual({ endpoints: 1, deliveries: WAITING + 1, bodies: 1 });
    const { sealedSecret } = await office.db.prisma.webhookEndpoint.findFirstOrThrow({
      where: { accountId },
    });
    expect(sealedSecret).toBe('');
    const { rows } = await office.db.pool.query(
      `select data from pgboss.job where name = 'webhooks.remove-endpoint' and data->>'accountId' = $1`,
      [accountId],
    );
    expect(rows).toEqual([{ data: { accountId, endpointId } }]);
    expect(await removeHandler.run(rows[0].data, JOB)).toBe(`removed ${WAITING + 1}`);
    expect(await kept()).toEqual({ endpoints: 0, deliveries: 0, bodies: 0 });
    expect(await removeHandler.run(rows[0].data, JOB)).toBe('removed 0');
  });

  it('is taken out by the purge when its job has failed', async () => {
    const { kept } = await deleted();
    expect(await purgeHandler.run({}, JOB)).toBe(`purged ${WAITING + 1}`);
    expect(await kept()).toEqual({ endpoints: 0, deliveries: 0, bodies: 0 });
  });
});
