// Registers the town's company through the public door, so that its numbers may send texts.
import type { Town } from './town.ts';

export const BRAND = {
  entityType: 'PRIVATE_PROFIT',
  displayName: 'Bluebird',
  legalName: 'Bluebird Garage Doors Inc.',
  taxId: '12-3456789',
  vertical: 'CONSTRUCTION',
  website: 'https://bluebird.example',
  phone: '+12125550180',
  email: 'office@bluebird.example',
  street: '1 Example Street',
  city: 'New York',
  region: 'NY',
  postalCode: '10001',
  country: 'US',
};
export const CAMPAIGN = {
  useCase: 'CUSTOMER_CARE',
  description: 'Answers to people who wrote or called about the repair of their garage door.',
  messageFlow: 'People write to us first, or tick the box for texts on the form of our website.',
  samples: ['Bluebird here: our technician is on the way and will arrive at ten.'],
  optInMessage: 'Bluebird: you will get texts about your repair. Reply STOP to end them.',
  optOutMessage: 'Bluebird: you will get no more texts from us.',
  helpMessage: 'Bluebird: write to office@bluebird.example or call us.',
  privacyPolicyUrl: 'https://bluebird.example/privacy',
};

/**
 * Has brand and campaign approved, and waits until the tracker's number is on the campaign.
 * @param tracker one whose number is in service
 */
export async function registerSender(
  town: Town,
  tracker: { number: string },
): Promise<{ brandId: string; campaignId: string }> {
  const companyId = await companyOf(town);
  const brandId = await submit(town, 'Brand', { companyId, ...BRAND });
  await approved(town, brandId);
  const campaignId = await submit(town, 'Campaign', { companyId, ...CAMPAIGN });
  await approved(town, campaignId);
  await town.until('the number is a sender', async () => {
    const { phoneNumbers } = await town.ask(
      '{ phoneNumbers(first: 100) { nodes { number messagingStatus } } }',
    );
    return phoneNumbers.nodes.some(
      (one: { number: string; messagingStatus: string }) =>
        one.number === tracker.number && one.messagingStatus === 'ACTIVE',
    );
  });
  return { brandId, campaignId };
}

async function companyOf(town: Town): Promise<string> {
  const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
  return companies.nodes[0].id;
}

async function submit(town: Town, kind: 'Brand' | 'Campaign', input: object): Promise<string> {
  const field = `${kind.toLowerCase()}Registration`;
  const made = await town.ask(
    `mutation($input: Create${kind}RegistrationInput!) { create${kind}Registration(input: $input) {
       ${field} { id } userErrors { message field } } }`,
    { input },
  );
  const id: string = made[`create${kind}Registration`][field].id;
  await town.ask(
    `mutation($input: Submit${kind}RegistrationInput!) { submit${kind}Registration(input: $input) {
       ${field} { state } userErrors { message field } } }`,
    { input: { [`${field}Id`]: id } },
  );
  return id;
}

async function approved(town: Town, id: string): Promise<void> {
  await town.until('the registry approves', async () => {
    const { node } = await town.ask(
      `query($id: ID!) { node(id: $id) {
         ... on BrandRegistration { state } ... on CampaignRegistration { state } } }`,
      { id },
    );
    return node.state === 'APPROVED';
  });
}
