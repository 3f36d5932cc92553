// The registry in the sandbox: brands and campaigns in their order, refused and suspended ones, and what a number that is
// on none may do.
import { afterAll, beforeEach, expect, it } from 'vitest';
import { buildTextTown, NUMBER, PERSON, register } from '../support/text-town.ts';

const town = await buildTextTown();
afterAll(() => town.leave());
beforeEach(() => town.sandbox.registrationRules([]));

const finalWord = async () => {
  const { sandbox, telnyx } = town;
  const { data } = await telnyx.messages.send({ from: NUMBER, to: PERSON, text: 'On our way.' });
  await sandbox.clock.advance(5_000);
  const message = (await telnyx.messages.retrieve(data?.id ?? '')).data;
  return message?.errors?.[0]?.code ?? 'delivered';
};

it('turns away what a number on no active campaign sends, until it is on one, and after it is suspended', async () => {
  const { sandbox, telnyx, receiver } = town;
  expect(await finalWord()).toBe('40010');
  const campaignId = await register(town);
  expect(await finalWord()).toBe('delivered');
  expect(receiver.types()).toEqual(
    expect.arrayContaining([
      '10dlc.brand.update',
      '10dlc.campaign.update',
      '10dlc.phone_number.update',
    ]),
  );
  const assignment = await telnyx.messaging10dlc.phoneNumberCampaigns.retrieve(NUMBER);
  expect(assignment).toMatchObject({ campaignId, assignmentStatus: 'ASSIGNED' });
  sandbox.decide({ id: campaignId, state: 'suspended', reason: 'Complaints.' });
  const campaign = await telnyx.messaging10dlc.campaign.retrieve(campaignId);
  expect(campaign).toMatchObject({
    campaignStatus: 'TCR_SUSPENDED',
    failureReasons: 'Complaints.',
  });
  expect(await finalWord()).toBe('40010');
  await telnyx.messaging10dlc.phoneNumberCampaigns.delete(NUMBER);
  const gone = telnyx.messaging10dlc.phoneNumberCampaigns.retrieve(NUMBER);
  await expect(gone).rejects.toMatchObject({ status: 404 });
});

it('refuses brands and campaigns as a rule has it, with the reason, or never decides', async () => {
  const { sandbox, telnyx } = town;
  sandbox.registrationRules([
    { on: 'brand', outcome: 'rejected', reason: 'The tax id is another’s.', silent: true },
  ]);
  const brandId = await town.brand();
  const brand = await telnyx.messaging10dlc.brand.retrieve(brandId);
  expect(brand).toMatchObject({
    status: 'REGISTRATION_FAILED',
    failureReasons: 'The tax id is another’s.',
  });
  await expect(town.campaign(brandId)).rejects.toMatchObject({ status: 422 });
  sandbox.registrationRules([{ on: 'campaign', outcome: 'pending' }]);
  const good = await town.brand();
  const waiting = await town.campaign(good);
  await sandbox.clock.advance(86_400_000);
  const campaign = await telnyx.messaging10dlc.campaign.retrieve(waiting);
  expect(campaign.campaignStatus).toBe('TCR_ACCEPTED');
  await expect(town.campaign(good)).rejects.toMatchObject({ status: 422 });
  const named = await telnyx.messaging10dlc.brand.list({ displayName: 'Bluebird' });
  expect(named.records.map((one) => one.brandId)).toContain(good);
  const of = await telnyx.messaging10dlc.campaign.list({ brandId: good });
  expect(of.records).toMatchObject([{ campaignId: waiting }]);
});
