// From a number that only receives to one that may send, through the public door: brand, campaign, the registry's webhooks,
// and a suspension that stops it at once. Scripted texts reach the carrier's door meanwhile.
import { expect, it } from 'vitest';
import { messagingNumbers, readSender } from '#domains/numbers/index.ts';
import { registerSender } from '#tests/support/register-sender.ts';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const tracker = await town.tracker();
const PERSON = '+13125550155';

const statusOf = async () => {
  const { node } = await town.ask(
    'query($id: ID!) { node(id: $id) { ... on Tracker { phoneNumbers { messagingStatus } } } }',
    { id: tracker.id },
  );
  return node.phoneNumbers[0].messagingStatus;
};
const text = (input: object) =>
  town.answer(
    `mutation($input: SendSandboxTextInput!) { sendSandboxText(input: $input) {
       to userErrors { code field } } }`,
    { input: { trackerId: tracker.id, from: PERSON, ...input } },
  );
const stored = async () => {
  const { prisma } = town.server.platform.db;
  const rows = await prisma.carrierEvent.findMany({ where: { kind: 'message.received' } });
  return rows.map(({ body }) => (body as { data: { payload: { text: string } } }).data.payload);
};

it('takes texts at once, once each, and refuses what is none', async () => {
  const input = {
    text: 'Are you open?',
    media: [{ contentType: 'image/png', base64: 'AAAA' }],
    idempotencyKey: 'one-text',
  };
  for (const { data } of [await text(input), await text(input)]) {
    expect(data.sendSandboxText).toEqual({ to: tracker.number, userErrors: [] });
  }
  await town.until('the text is stored', async () => (await stored()).length);
  await town.sandbox.settled();
  expect(await stored()).toMatchObject([
    { text: 'Are you open?', from: { phone_number: PERSON }, media: [{ size: 3 }] },
  ]);
  const { data } = await text({});
  expect(data.sendSandboxText.userErrors).toEqual([{ code: 'INVALID_INPUT', field: ['text'] }]);
  const other = await text({ text: 'Hello', to: '+14155550199' });
  expect(other.data.sendSandboxText.userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
});

it('sends once brand and campaign are approved, and not a moment after a suspension', async () => {
  expect(await statusOf()).toBe('RECEIVES_ONLY');
  const { brandId, campaignId } = await registerSender(town, tracker);
  const { db } = town.server.platform;
  const sender = () => readSender(db.prisma, town.accountId, town.companyId, tracker.number);
  const row = await sender();
  expect(row).toMatchObject({ registered: true, number: tracker.number });
  const all = await messagingNumbers(db.prisma, town.accountId, town.companyId);
  expect(all).toEqual([row]);
  const line = await town.server.platform.carriers.of(town.accountId);
  const sent = await line.sendMessage({
    from: tracker.number,
    to: PERSON,
    text: 'On our way.',
    mediaUrls: [],
    profileId: row?.profileId ?? '',
    tag: '0190a1b2-0000-7000-8000-000000000001',
  });
  await town.until('it is delivered', async () => {
    const found = await line.findMessage({ tag: '0190a1b2-0000-7000-8000-000000000001' });
    return found?.carrierMessageId === sent.carrierMessageId && found.state === 'DELIVERED';
  });
  expect(town.sandbox.texts(PERSON)).toMatchObject([{ text: 'On our way.' }]);
  for (const id of [brandId, campaignId]) {
    const { node } = await town.ask(
      `query($id: ID!) { node(id: $id) { ... on BrandRegistration { problems { field } company {
         brandRegistration { id } } } ... on CampaignRegistration { problems { field } } } }`,
      { id },
    );
    expect(node.problems).toEqual([]);
  }
  const campaign = await db.prisma.campaignRegistration.findFirstOrThrow();
  town.sandbox.decide({ id: campaign.carrierId ?? '', state: 'suspended', reason: 'Complaints.' });
  await town.until('the suspension is known', async () => (await sender())?.registered === false);
  expect(await statusOf()).toBe('SUSPENDED');
  town.sandbox.decide({ id: campaign.carrierId ?? '', state: 'approved' });
  await town.until('it is taken back', async () => (await sender())?.registered);
  const told = await town.until('all is told', () => {
    const states = town
      .seen(({ type }) => type === 'REGISTRATION_STATE_CHANGED')
      .map(({ subjectVersion }) => subjectVersion);
    // 4 of the brand, 6 of the campaign
    return states.length === 10 && states;
  });
  expect(told).toEqual([1, 2, 3, 4, 1, 2, 3, 4, 5, 6]);
});
