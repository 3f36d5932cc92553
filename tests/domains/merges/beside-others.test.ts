// What is asked of one lead does not grow with the leads and browsers of all others.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { soleVisitors } from '#domains/attribution/index.ts';
import { takeNames } from '#domains/leads/store-merges.ts';
import { openTown } from '#tests/domains/interactions/town.ts';
import { copyRows, idOfCopy } from '#tests/support/copy-rows.ts';

const { db, settle, clock } = await openTown();
const OTHERS = 5_000;

/** A lead with a browser, beside so many others. */
async function fill() {
  const { accountId, companyId } = await settle();
  const leadId = randomUUID();
  const createdAt = clock.now(accountId);
  await db.prisma.lead.create({ data: { accountId, id: leadId, companyId, createdAt } });
  const one = { accountId, leadId, ownLeadId: leadId, visitorId: randomUUID() };
  await db.prisma.leadVisitor.create({ data: one });
  const which = { where: 'o.account_id = $2', given: [accountId], times: OTHERS };
  await copyRows(db.pool, 'lead', { id: idOfCopy('lead') }, which);
  const ids = { lead_id: idOfCopy('lead'), own_lead_id: idOfCopy('lead') };
  await copyRows(db.pool, 'lead_visitor', { ...ids, visitor_id: idOfCopy('visitor') }, which);
  await db.pool.query('vacuum analyze lead, lead_visitor');
  return { accountId, leadId };
}

/** In place of a transaction: keeps the plans of what is asked. */
function planning() {
  const plans: string[] = [];
  const query = async ({ text, values }: { text: string; values: unknown[] }) => {
    const { rows } = await db.pool.query(`explain (costs off) ${text}`, values);
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    return { rows: [] };
  };
  return { plans, tx: { query, lead: { updateMany: async () => {} } } as never };
}

it('the browsers that only this lead uses are found by their own entries', async () => {
  const { accountId, leadId } = await fill();
  const { plans, tx } = planning();
  await soleVisitors(tx, accountId, leadId);
  expect(plans[0]).toContain('lead_visitor_account_id_visitor_id_idx');
  expect(plans[0]).not.toContain('Seq Scan');
});

it('the names that came with a lead are found by it', async () => {
  const { accountId, leadId } = await fill();
  const { plans, tx } = planning();
  await takeNames(tx, accountId, [leadId], leadId);
  expect(plans[0]).toContain('lead_by_name_of');
  expect(plans[0]).not.toContain('Seq Scan');
});
