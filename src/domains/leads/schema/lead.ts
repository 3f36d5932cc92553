// Lead, the list of leads, and their change.
import { Actor, Company, may } from '#domains/accounts/index.ts';
import { EventConnection, readEventPage, readFilter } from '#domains/activity/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import type { Context } from '#graphql/context.ts';
import { defineMutation, expectedVersion } from '#graphql/mutation.ts';
import { readId, readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { maskPhoneNumber } from '#values/phone-number.ts';
import { leadSubject } from '../locks.ts';
import { maskEmail, maskName } from '../mask.ts';
import { countLeads, identitiesOf, listLeads } from '../read-leads.ts';
import { updateLead } from '../update-lead.ts';
import { Lead, LeadStatus } from './refs.ts';

Lead.implement({
  description: 'One person who reached a company, over all channels.',
  fields: (t) => ({
    name: t.string({
      nullable: true,
      description: 'Their name, if known; masked without the scope PERSONAL_READ.',
      resolve: ({ name, companyId }, _args, { viewer }) =>
        name === null || may(viewer, 'personal.read', companyId) ? name : maskName(name),
    }),
    phoneNumbers: t.loadableList({
      type: 'PhoneNumber',
      description: 'The numbers they are known by; masked without the scope PERSONAL_READ.',
      load: async (ids: string[], context: Context) => {
        const all = await identitiesOf(context.platform, context.viewer, 'PHONE', ids);
        return shown(all, context, maskPhoneNumber);
      },
      resolve: (lead) => lead.id,
    }),
    emails: t.loadableList({
      type: 'String',
      description:
        'The e-mail addresses they are known by; masked without the scope PERSONAL_READ.',
      load: async (ids: string[], context: Context) => {
        const all = await identitiesOf(context.platform, context.viewer, 'EMAIL', ids);
        return shown(all, context, maskEmail);
      },
      resolve: (lead) => lead.id,
    }),
    company: t.field({
      type: Company,
      description: 'The company that they reached.',
      resolve: (lead) => lead.companyId,
    }),
    status: t.expose('status', {
      type: LeadStatus,
      description:
        'GOOD_LEAD when an interaction was marked so, else NOT_A_LEAD when one was marked that, else NOT_SCORED.',
    }),
    assignee: t.field({
      type: Actor,
      nullable: true,
      description: 'The user who takes care of it; null = nobody yet.',
      resolve: ({ assigneeId }) => (assigneeId === null ? null : `user:${assigneeId}`),
    }),
    events: t.field({
      type: EventConnection,
      description:
        'What happened to the lead itself, oldest first: it came to be, changed, became a good one. What happened in its calls: `events(filter: { callIds })`.',
      args: pageArgs(t),
      resolve: ({ id }, page, context) => {
        const filter = readFilter(context.viewer, null);
        return readEventPage(context, { ...filter, subjects: [leadSubject(id)] }, page);
      },
    }),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When they first reached the company.',
    }),
  }),
});

function shown(all: string[][], { viewer }: Context, mask: (value: string) => string): string[][] {
  return may(viewer, 'personal.read') ? all : all.map((values) => values.map(mask));
}

const LeadConnection = defineConnection(Lead, 'Lead');

const LeadFilter = builder.inputType('LeadFilter', {
  description: 'Which leads: every field that is given must hold; of a list, any one.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'Leads of these companies.' }),
    statuses: t.field({ type: [LeadStatus], description: 'Leads with one of these statuses.' }),
    phoneNumber: t.field({
      type: 'PhoneNumber',
      description: 'The lead of this number; needs the scope PERSONAL_READ.',
    }),
    name: t.string({
      description: 'Leads whose name contains this; needs the scope PERSONAL_READ.',
    }),
    assigneeIds: t.idList({ description: 'Leads that these users take care of.' }),
    createdFrom: t.field({ type: 'DateTime', description: 'First seen at or after this.' }),
    createdBefore: t.field({ type: 'DateTime', description: 'First seen before this.' }),
  }),
});

const LeadOrderField = builder.enumType('LeadOrderField', {
  description: 'What leads are sorted by.',
  values: { CREATED_AT: { description: 'By the time they first reached the company.' } } as const,
});

const LeadOrder = builder.inputType('LeadOrder', {
  description: 'How leads are sorted.',
  fields: (t) => ({
    field: t.field({ type: LeadOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

builder.queryField('leads', (t) =>
  t.field({
    type: LeadConnection,
    description: 'The leads that this viewer may see, newest first unless told otherwise.',
    args: {
      filter: t.arg({ type: LeadFilter, description: 'Which leads.' }),
      order: t.arg({ type: LeadOrder, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const companyIds = readIds(args.filter?.companyIds, 'Company', 'companyIds');
      const assigneeIds = readIds(args.filter?.assigneeIds, 'User', 'assigneeIds');
      const filter = { ...args.filter, companyIds, assigneeIds };
      const direction = args.order?.direction ?? 'desc';
      return readPage(args, {
        rows: (page) => listLeads(platform, viewer, { filter, direction, ...page }),
        count: (cap) => countLeads(platform, viewer, filter, cap),
        sortValue: (lead) => lead.createdAt.toISOString(),
      });
    },
  }),
);

const LeadFieldInput = builder.inputType('LeadFieldInput', {
  description: 'What one of the company’s own fields says.',
  fields: (t) => ({
    fieldId: t.id({ required: true, description: 'Which field.' }),
    value: t.field({
      type: 'JSON',
      description: 'A text, number or boolean by the field’s type; null clears it.',
    }),
  }),
});

defineMutation('updateLead', {
  description: 'Changes a lead. Left out = unchanged, null = cleared.',
  input: (t) => ({
    leadId: t.id({ required: true, description: 'Which lead.' }),
    name: t.string({ description: 'Their name, up to 200 characters; null clears it.' }),
    assigneeId: t.id({
      description: 'The user who takes care of it, who sees its company; null = nobody.',
    }),
    customFields: t.field({
      type: [LeadFieldInput],
      description: 'What the company’s own fields say of it; only those that change.',
    }),
    ...expectedVersion(t),
  }),
  run: ({ assigneeId, customFields, ...input }, { platform, viewer }) =>
    updateLead(platform, viewer, {
      ...input,
      leadId: readId(input.leadId, 'Lead', 'leadId'),
      assigneeId: readId(assigneeId, 'User', 'assigneeId'),
      customFields: customFields?.map(({ fieldId, value }, n) => ({
        fieldId: readId(fieldId, 'LeadField', ['customFields', String(n), 'fieldId']),
        value,
      })),
    }),
  payload: (t) => ({
    lead: t.field({
      type: Lead,
      nullable: true,
      description: 'The lead as it is now.',
      resolve: ({ id }) => id,
    }),
  }),
});
