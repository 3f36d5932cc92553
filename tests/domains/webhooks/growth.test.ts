// What waits or is kept for an endpoint, however much, makes no look at it longer: counted in the rows that the
// database's own plans say they read.
import { expect, it } from 'vitest';
import { refreshDue } from '#domains/webhooks/store.ts';
import { readDue } from '#domains/webhooks/store-deliveries.ts';
import type { Tx } from '#platform/db/index.ts';
import { openPostOffice } from './post-office.ts';

const office = await openPostOffice();
const WAITING = 3_000;
const NOW = office.clock.now('');

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
  const delivery = (n: number, eventType: string | null) => ({
    accountId,
    id: crypto.randomUUID(),
    endpointId: id,
    eventId: `1-1-${n}`,
    eventType,
    dueAt: new Date(NOW.getTime() - 1_000 * n),
    createdAt: NOW,
  });
  await office.db.prisma.webhookDelivery.createMany({
    data: Array.from({ length: WAITING }, (_, n) => delivery(n, 'lead.updated')),
  });
  await office.db.prisma.webhookDelivery.create({ data: delivery(-1, null) });
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
