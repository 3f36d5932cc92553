// BrandRegistration and CampaignRegistration: who a company is and what its texts are for, at the 10DLC registry.
import { Company } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import type { RegistrationProblem } from '../registration/brand-problems.ts';
import { readProblems, registrationsOf } from '../registration/read-registrations.ts';
import { BrandRegistration, CampaignRegistration } from './refs.ts';
import { brandOutputs, campaignOutputs } from './registration-fields.ts';

export const RegistrationState = builder.enumType('RegistrationState', {
  description: 'How far a brand or a campaign is.',
  values: {
    DRAFT: { description: 'Being filled in.' },
    SUBMITTED: { description: 'On its way to the registry.' },
    PENDING: { description: 'The registry has it and has not decided.' },
    APPROVED: { description: 'Approved.' },
    REJECTED: { description: 'Refused; `reason` says why. Correct it and submit it again.' },
    SUSPENDED: { description: 'Suspended after it was approved; `reason` says why.' },
  } as const,
});

const Problem = builder.objectRef<RegistrationProblem>('RegistrationProblem').implement({
  description: 'A field that the registry would refuse.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'Which field, as in the input.' }),
    message: t.exposeString('message', { description: 'What it takes.' }),
  }),
});

BrandRegistration.implement({
  description: 'Who a company is, as the 10DLC registry is told.',
  fields: (t) => ({
    company: t.field({
      type: Company,
      description: 'The company.',
      resolve: (brand) => brand.companyId,
    }),
    state: t.expose('state', { type: RegistrationState, description: 'How far it is.' }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'The registry’s words on a refusal or a suspension.',
    }),
    problems: t.field({
      type: [Problem],
      description: 'What the registry would refuse of it; empty = it can be submitted.',
      extensions: { listSize: 10 },
      resolve: (brand, _args, { platform, viewer }) =>
        readProblems(platform, viewer, 'brand', brand),
    }),
    ...brandOutputs(t),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was begun.' }),
  }),
});

CampaignRegistration.implement({
  description: 'What a company’s texts are for, as the 10DLC registry is told.',
  fields: (t) => ({
    company: t.field({
      type: Company,
      description: 'The company.',
      resolve: (campaign) => campaign.companyId,
    }),
    state: t.expose('state', { type: RegistrationState, description: 'How far it is.' }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'The registry’s words on a refusal or a suspension.',
    }),
    problems: t.field({
      type: [Problem],
      description: 'What the registry would refuse of it; empty = it can be submitted.',
      extensions: { listSize: 10 },
      resolve: (campaign, _args, { platform, viewer }) =>
        readProblems(platform, viewer, 'campaign', campaign),
    }),
    ...campaignOutputs(t),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was begun.' }),
  }),
});

builder.objectFields(Company, (t) => ({
  brandRegistration: t.loadable({
    type: BrandRegistration,
    nullable: true,
    description: 'Its brand; null before it is begun, or without the right to read it.',
    load: (ids: string[], { platform, viewer }: Context) =>
      registrationsOf(platform, viewer, 'brand', ids),
    resolve: (company) => company.id,
  }),
  campaignRegistration: t.loadable({
    type: CampaignRegistration,
    nullable: true,
    description: 'Its campaign; null before it is begun, or without the right to read it.',
    load: (ids: string[], { platform, viewer }: Context) =>
      registrationsOf(platform, viewer, 'campaign', ids),
    resolve: (company) => company.id,
  }),
}));
