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
