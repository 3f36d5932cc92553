// What became of a lead, told by those who sell.
import { expect, it } from 'vitest';
import { openLedger } from '#tests/domains/reports/ledger.ts';
import { encodeGlobalId } from '#values/global-id.ts';

const ledger = await openLedger();

it('an outcome is recorded once for each key, corrected by the next, and moves the lead', async () => {
  const { ask, lead, call, interaction, told } = await ledger.settle();
  const leadId = await lead();
  const callId = await call({ leadId, at: '2026-03-02T15:01:00Z' });
  await call({ leadId, at: '2026-03-02T15:02:00Z' });
  const Lead = encodeGlobalId('Lead', leadId);
  const record = async (input: object) =>
    (
      await ask(
        `mutation($input: RecordOutcomeInput!) { recordOutcome(input: $input) {
          interaction { id leadStatus value { amountCents } lead { status value { amountCents } } }
          userErrors { code field } } }`,
        { input: { leadId: Lead, ...input } },
      )
    ).recordOutcome;
  const sold = { status: 'GOOD_LEAD', valueCents: 125_000, idempotencyKey: 'deal-1' };
  const first = await record(sold);
  expect(first.interaction).toEqual({
    ...{
      id: encodeGlobalId('Call', callId),
      leadStatus: 'GOOD_LEAD',
      value: { amountCents: 125_000 },
    },
    lead: { status: 'GOOD_LEAD', value: { amountCents: 125_000 } },
  });
  const before = (await told(`lead:${leadId}`)).length;
  expect(await record(sold)).toEqual(first);
  expect((await told(`lead:${leadId}`)).length).toBe(before);
  expect((await record({ ...sold, valueCents: 1 })).userErrors).toMatchObject([
    { code: 'IDEMPOTENCY_KEY_CONFLICT' },
  ]);
  const corrected = await record({ status: 'NOT_A_LEAD', valueCents: null });
  expect(corrected.interaction).toMatchObject({ leadStatus: 'NOT_A_LEAD', value: null });
  expect(await interaction(callId)).toMatchObject({ goodSince: null });
  expect((await record({})).userErrors).toEqual([{ code: 'INVALID_INPUT', field: ['status'] }]);
  expect(
    (await record({ interactionId: Lead, leadId: null, status: 'GOOD_LEAD' })).userErrors,
  ).toEqual([{ code: 'INVALID_INPUT', field: ['interactionId'] }]);
});
