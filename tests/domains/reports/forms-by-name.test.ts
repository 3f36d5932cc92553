// Forms in the reports by what their pages call them.
import { expect, it } from 'vitest';
import { openLedger } from './ledger.ts';

const ledger = await openLedger();
const BY_FORM = `query($filter: InteractionReportFilter) {
  interactionSummary(groupBy: FORM, filter: $filter, range: { from: "2026-03-01", to: "2026-03-31" }) {
    total { interactions } groups { key figures { interactions } } } }`;

it('forms are grouped by name, else by id; other channels stand in no group', async () => {
  const town = await ledger.settle();
  const send = (formName: string, formId: string) => town.form([], undefined, { formName, formId });
  const forms = [
    await send('Quote', 'form-1'),
    await send(' quote', 'form-2'),
    await send('', 'Contact'),
    await send('', ''),
  ];
  const call = await town.call();
  await town.count(...forms, call);
  const groups = async (filter: object = {}) => {
    const { interactionSummary } = await town.ask(BY_FORM, { filter });
    return interactionSummary.groups.map(
      ({ key, figures }: { key: string | null; figures: { interactions: number } }) => [
        key,
        figures.interactions,
      ],
    );
  };
  const all = [
    ['quote', 2],
    ['contact', 1],
    [null, 1],
  ];
  expect(await groups()).toEqual(all);
  expect(await groups({ kinds: ['CALL'] })).toEqual([]);

  // one that was counted before forms were told apart is once it is counted again
  const [first = ''] = forms;
  const where = { accountId_id: { accountId: town.accountId, id: first } };
  const { fact } = await ledger.db.prisma.reportFact.findUniqueOrThrow({ where });
  const { form: _, ...before } = fact as Record<string, object>;
  await ledger.db.prisma.reportFact.update({ where, data: { fact: before } });
  const { accountId } = town;
  await ledger.db.prisma.reportBucket.deleteMany({ where: { accountId, cut: 'FORM' } });
  await town.count(first);
  expect(await groups()).toEqual([['quote', 1]]);
});
