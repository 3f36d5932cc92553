// What the adapter's verbs on 10DLC registrations send, and what they read from answers of the published shape.
import { AT, NUMBER, REFERENCE } from './answers.ts';
import type { Look } from './look.ts';

const HOOK = 'https://calls.example.com/carrier/account';
const BRAND = {
  brandId: REFERENCE,
  brandRelationship: 'BASIC_ACCOUNT',
  country: 'US',
  displayName: 'Bluebird',
  email: 'office@bluebird.example',
  entityType: 'PRIVATE_PROFIT',
  vertical: 'CONSTRUCTION',
  status: 'OK',
  identityStatus: 'VERIFIED',
  webhookURL: `${HOOK}?brand=r1`,
};
const CAMPAIGN = {
  brandId: REFERENCE,
  campaignId: 'c-1',
  cspId: 'CSP',
  description: 'Answers to customers',
  mock: false,
  subUsecases: [],
  termsAndConditions: true,
  usecase: 'CUSTOMER_CARE',
  referenceId: 'r2',
  submissionStatus: 'CREATED',
};
const ASSIGNMENT = { campaignId: 'c-1', phoneNumber: NUMBER, createdAt: AT, updatedAt: AT };
const read = (answer: object, gives: object): Look => ({
  ask: (carrier) => carrier.readBrand(REFERENCE),
  sends: `GET /10dlc/brand/${REFERENCE}`,
  answer: { ...BRAND, ...answer },
  gives,
});
const readCampaign = (answer: object, gives: object): Look => ({
  ask: (carrier) => carrier.readCampaign('c-1'),
  sends: 'GET /10dlc/campaign/c-1',
  answer: { ...CAMPAIGN, ...answer },
  gives,
});

export const REGISTRATION_LOOKS = {
  findBrand: [
    {
      ask: (carrier) => carrier.findBrand('r1', 'Bluebird'),
      sends: 'GET /10dlc/brand?displayName=Bluebird&recordsPerPage=100',
      answer: { records: [{ brandId: REFERENCE }], page: 1, totalRecords: 1 },
      afterwards: { sends: `GET /10dlc/brand/${REFERENCE}`, answer: BRAND },
      gives: { brandId: REFERENCE },
    },
    {
      ask: (carrier) => carrier.findBrand('r1', 'Bluebird'),
      sends: 'GET /10dlc/brand?displayName=Bluebird&recordsPerPage=100',
      answer: { records: [], page: 1, totalRecords: 0 },
      gives: null,
    },
  ],
  submitBrand: [
    {
      ask: (carrier) =>
        carrier.submitBrand('r1', {
          entityType: 'PUBLIC_PROFIT',
          displayName: 'Bluebird',
          legalName: 'Bluebird Garage Doors Inc.',
          taxId: '123456789',
          vertical: 'CONSTRUCTION',
          website: 'https://bluebird.example',
          phone: '+12125550180',
          email: 'office@bluebird.example',
          firstName: null,
          lastName: null,
          street: '1 Example Street',
          city: 'New York',
          region: 'NY',
          postalCode: '10001',
          country: 'US',
          stockSymbol: 'BLUE',
          stockExchange: 'NYSE',
        }),
      sends: 'POST /10dlc/brand',
      answer: BRAND,
      gives: { brandId: REFERENCE },
    },
  ],
  readBrand: [
    read({}, { state: 'APPROVED', reason: null }),
    read({ identityStatus: 'SELF_DECLARED' }, { state: 'APPROVED', reason: null }),
    read({ status: 'REGISTRATION_PENDING' }, { state: 'PENDING', reason: null }),
    read(
      { status: 'REGISTRATION_FAILED', failureReasons: 'No such tax id.' },
      { state: 'REJECTED', reason: 'No such tax id.' },
    ),
    read({ identityStatus: 'UNVERIFIED' }, { state: 'REJECTED', reason: null }),
  ],
  findCampaign: [
    {
      ask: (carrier) => carrier.findCampaign('r2', REFERENCE),
      sends: `GET /10dlc/campaign?brandId=${REFERENCE}&recordsPerPage=100`,
      answer: { records: [{ ...CAMPAIGN, referenceId: 'r3' }, CAMPAIGN], page: 1, totalRecords: 2 },
      gives: { campaignId: 'c-1' },
    },
  ],
  submitCampaign: [
    {
      ask: (carrier) =>
        carrier.submitCampaign('r2', REFERENCE, {
          useCase: 'MIXED',
          subUseCases: ['CUSTOMER_CARE', 'DELIVERY_NOTIFICATION'],
          description: 'Answers to people who wrote or called.',
          messageFlow: 'People write first, or tick a box on our form.',
          samples: ['We are on our way.', 'Your door is repaired.'],
          optInMessage: 'You will hear from us.',
          optOutMessage: 'You will not hear from us again.',
          helpMessage: 'Bluebird: call 212 555 0180.',
          privacyPolicyUrl: 'https://bluebird.example/privacy',
          termsUrl: null,
          hasEmbeddedLinks: false,
          hasEmbeddedPhones: true,
        }),
      sends: 'POST /10dlc/campaignBuilder',
      answer: CAMPAIGN,
      gives: { campaignId: 'c-1' },
    },
  ],
  readCampaign: [
    readCampaign({ campaignStatus: 'TCR_ACCEPTED' }, { state: 'PENDING', reason: null }),
    readCampaign({ campaignStatus: 'MNO_PROVISIONED' }, { state: 'APPROVED', reason: null }),
    readCampaign(
      { campaignStatus: 'MNO_REJECTED', failureReasons: 'The samples name no sender.' },
      { state: 'REJECTED', reason: 'The samples name no sender.' },
    ),
    readCampaign({ campaignStatus: 'TCR_SUSPENDED' }, { state: 'SUSPENDED', reason: null }),
    readCampaign(
      { campaignStatus: 'MNO_PROVISIONED', isTMobileSuspended: true },
      { state: 'SUSPENDED', reason: null },
    ),
  ],
  readAssignment: [
    {
      ask: (carrier) => carrier.readAssignment(NUMBER),
      sends: `GET /10dlc/phone_number_campaigns/${NUMBER}`,
      answer: { ...ASSIGNMENT, assignmentStatus: 'FAILED_ASSIGNMENT', failureReasons: 'Full.' },
      gives: { campaignId: 'c-1', state: 'FAILED', reason: 'Full.' },
    },
  ],
  assignToCampaign: [
    {
      ask: (carrier) => carrier.assignToCampaign(NUMBER, 'c-1'),
      sends: 'POST /10dlc/phone_number_campaigns',
      answer: { ...ASSIGNMENT, assignmentStatus: 'PENDING_ASSIGNMENT' },
      gives: { campaignId: 'c-1', state: 'PENDING', reason: null },
    },
  ],
  takeOffCampaign: [
    {
      ask: (carrier) => carrier.takeOffCampaign(NUMBER),
      sends: `DELETE /10dlc/phone_number_campaigns/${NUMBER}`,
      answer: ASSIGNMENT,
      gives: undefined,
    },
  ],
} satisfies Record<string, Look[]>;
