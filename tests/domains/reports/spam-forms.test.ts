// Forms that may be no person's: told with the others, and no leads.
import { expect, it } from 'vitest';
import { openLedger } from './ledger.ts';

const ledger = await openLedger();
const TOTAL = `{ interactionSummary(groupBy: CHANNEL, range: { from: "2026-03-01", to: "2026-03-31" }) {
  total { interactions firstTime leads } } }`;

it('a form with a score of spam is counted, but neither as a lead nor as a first one', async () => {
  const town = await ledger.settle();
  const send = async (spamScore: number) => {
    const [id, leadId] = [await town.form([], undefined, { spamScore }), await town.lead()];
    const where = { accountId_id: { accountId: town.accountId, id } };
    await ledger.db.prisma.interaction.update({ where, data: { leadId } });
    return id;
  };
  await town.count(await send(0), await send(49), await send(50), await send(70));
  const { interactionSummary } = await town.ask(TOTAL);
  expect(interactionSummary.total).toEqual({ interactions: 4, firstTime: 2, leads: 2 });
});

it('who is no lead by such a form is one by what comes first after it, in whatever order that is counted', async () => {
  const town = await ledger.settle();
  const { accountId } = town;
  const leadId = await town.lead();
  const send = async (spamScore: number, at: string) => {
    const id = await town.form([], at, { spamScore });
    const where = { accountId_id: { accountId, id } };
    await ledger.db.prisma.interaction.update({ where, data: { leadId } });
    return id;
  };
  const total = async () => (await town.ask(TOTAL)).interactionSummary.total;
  const spam = await send(80, '2026-03-02T15:00:00Z');
  const later = await send(0, '2026-03-04T15:00:00Z');
  await town.count(spam, later);
  expect(await total()).toEqual({ interactions: 2, firstTime: 1, leads: 1 });
  await town.count(await send(0, '2026-03-03T15:00:00Z'));
  expect(await total()).toEqual({ interactions: 3, firstTime: 1, leads: 1 });
  // somebody says that it was a person's
  const where = { accountId_id: { accountId, id: spam } };
  await ledger.db.prisma.interaction.update({ where, data: { leadStatus: 'GOOD_LEAD' } });
  await town.count(spam);
  const { leads, firstTime } = await total();
  expect([leads, firstTime]).toEqual([1, 1]);
  const first = await ledger.db.prisma.reportFact.findUniqueOrThrow({ where });
  expect(first.fact).toMatchObject({ adds: { leads: 1, firstTime: 1, goodLeads: 1 } });
});
