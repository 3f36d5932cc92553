// Beginning, filling in and submitting a company's brand and campaign.
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { createRegistration } from '../registration/create-registration.ts';
import { submitRegistration } from '../registration/submit-registration.ts';
import { updateRegistration } from '../registration/update-registration.ts';
import './registration.ts';
import { BrandRegistration, CampaignRegistration } from './refs.ts';
import { brandInputs, campaignInputs } from './registration-fields.ts';

const COMPANY = 'Whose texts are registered; a company has one of these.';

defineMutation('createBrandRegistration', {
  description: 'Begins the brand of a company: a draft, which need not be whole.',
  input: (t) => ({
    companyId: t.id({ required: true, description: COMPANY }),
    ...brandInputs(t),
    ...idempotencyKey(t),
  }),
  run: ({ companyId, idempotencyKey: key, ...details }, { platform, viewer }) =>
    createRegistration(platform, viewer, 'brand', {
      companyId: readId(companyId, 'Company', 'companyId'),
      idempotencyKey: key,
      details,
    }),
  payload: (t) => ({
    brandRegistration: t.field({
      type: BrandRegistration,
      nullable: true,
      description: 'The draft.',
      resolve: (brand) => brand,
    }),
  }),
});

defineMutation('updateBrandRegistration', {
  description: 'Fills in a brand that the registry does not have, or has refused.',
  input: (t) => ({
    brandRegistrationId: t.id({ required: true, description: 'Which brand.' }),
    ...brandInputs(t),
    ...expectedVersion(t),
  }),
  run: ({ brandRegistrationId: id, expectedVersion: version, ...details }, context) =>
    updateRegistration(context.platform, context.viewer, 'brand', {
      registrationId: readId(id, 'BrandRegistration', 'brandRegistrationId'),
      expectedVersion: version,
      details,
    }),
  payload: (t) => ({
    brandRegistration: t.field({
      type: BrandRegistration,
      nullable: true,
      description: 'The brand as it is now.',
      resolve: (brand) => brand,
    }),
  }),
});

defineMutation('submitBrandRegistration', {
  description:
    'Sends a brand to the registry, which charges for it and takes minutes to days. Refused for each field that the registry would refuse: see `problems`.',
  input: (t) => ({
    brandRegistrationId: t.id({ required: true, description: 'Which brand.' }),
    ...expectedVersion(t),
  }),
  run: ({ brandRegistrationId: id, expectedVersion: version }, { platform, viewer }) =>
    submitRegistration(platform, viewer, 'brand', {
      registrationId: readId(id, 'BrandRegistration', 'brandRegistrationId'),
      expectedVersion: version,
    }),
  payload: (t) => ({
    brandRegistration: t.field({
      type: BrandRegistration,
      nullable: true,
      description: 'The brand, SUBMITTED; REGISTRATION_STATE_CHANGED tells what comes of it.',
      resolve: (brand) => brand,
    }),
  }),
});

defineMutation('createCampaignRegistration', {
  description: 'Begins the campaign of a company: a draft, which need not be whole.',
  input: (t) => ({
    companyId: t.id({ required: true, description: COMPANY }),
    ...campaignInputs(t),
    ...idempotencyKey(t),
  }),
  run: ({ companyId, idempotencyKey: key, ...details }, { platform, viewer }) =>
    createRegistration(platform, viewer, 'campaign', {
      companyId: readId(companyId, 'Company', 'companyId'),
      idempotencyKey: key,
      details,
    }),
  payload: (t) => ({
    campaignRegistration: t.field({
      type: CampaignRegistration,
      nullable: true,
      description: 'The draft.',
      resolve: (campaign) => campaign,
    }),
  }),
});

defineMutation('updateCampaignRegistration', {
  description: 'Fills in a campaign that the registry does not have, or has refused.',
  input: (t) => ({
    campaignRegistrationId: t.id({ required: true, description: 'Which campaign.' }),
    ...campaignInputs(t),
    ...expectedVersion(t),
  }),
  run: ({ campaignRegistrationId: id, expectedVersion: version, ...details }, context) =>
    updateRegistration(context.platform, context.viewer, 'campaign', {
      registrationId: readId(id, 'CampaignRegistration', 'campaignRegistrationId'),
      expectedVersion: version,
      details,
    }),
  payload: (t) => ({
    campaignRegistration: t.field({
      type: CampaignRegistration,
      nullable: true,
      description: 'The campaign as it is now.',
      resolve: (campaign) => campaign,
    }),
  }),
});

defineMutation('submitCampaignRegistration', {
  description:
    'Sends a campaign to the registry; the company’s brand must be approved. Once it is approved the company’s numbers are put on it, and texts may be sent.',
  input: (t) => ({
    campaignRegistrationId: t.id({ required: true, description: 'Which campaign.' }),
    ...expectedVersion(t),
  }),
  run: ({ campaignRegistrationId: id, expectedVersion: version }, { platform, viewer }) =>
    submitRegistration(platform, viewer, 'campaign', {
      registrationId: readId(id, 'CampaignRegistration', 'campaignRegistrationId'),
      expectedVersion: version,
    }),
  payload: (t) => ({
    campaignRegistration: t.field({
      type: CampaignRegistration,
      nullable: true,
      description: 'The campaign, SUBMITTED; REGISTRATION_STATE_CHANGED tells what comes of it.',
      resolve: (campaign) => campaign,
    }),
  }),
});
