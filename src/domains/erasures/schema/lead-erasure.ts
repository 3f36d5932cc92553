// LeadErasure: the receipt of a person who is being erased or was, the list of them, the mutation and the event.
import { Actor, Company } from '#domains/accounts/index.ts';
import { implementEvent } from '#domains/activity/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { defineMutation, idempotencyKey } from '#graphql/mutation.ts';
import { defineNode } from '#graphql/node.ts';
import { readId, readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { eraseLead } from '../erase-lead.ts';
import { countLeadErasures, findLeadErasures, listLeadErasures } from '../read-lead-erasures.ts';
import type { LeadErasureRow } from '../store-lead-erasures.ts';

const LeadErasure = defineNode('LeadErasure', (ids, { platform, viewer }) =>
  findLeadErasures(platform, viewer, ids),
);

const LeadErasureState = builder.enumType('LeadErasureState', {
  description: 'How far the erasure of a person is.',
  values: {
    ERASING: {
      description:
        'Under way, one interaction after the other. A call that goes on is waited for, and what arrives meanwhile is erased too.',
    },
    ERASED: { description: 'Gone everywhere.' },
  } as const,
});

const COUNTS = {
  calls: 'Calls.',
  conversations: 'Conversations by text.',
  chats: 'Chats.',
  forms: 'Forms that they sent.',
  recordings: 'Recordings, here and at the carrier, voicemail included.',
  transcripts:
    'Transcripts, with their places in the search index, their keyword hits and insights.',
  messages: 'Messages of conversations and chats.',
  files: 'Files that went with texts and in chats.',
  leads: 'The lead, and those that were merged into it.',
  notes: 'Notes on the lead, with what they said before they were edited.',
  visits:
    'Visits of browsers that were seen to be theirs and nobody else’s, with their page views and the numbers that they were shown.',
  consentEntries: 'Lines of the consent ledger of their numbers.',
  carrierEvents: 'Webhooks of the carrier that were emptied; their ids stay.',
  webhookDeliveries: 'Deliveries to partners whose bodies and answers were erased; their ids stay.',
} satisfies Partial<Record<keyof LeadErasureRow, string>>;

const ErasedOfLead = builder.objectRef<LeadErasureRow>('ErasedOfLead').implement({
  description: 'How much of a person was erased in each place, so far.',
  fields: (t) => {
    const count = (name: keyof typeof COUNTS) => t.exposeInt(name, { description: COUNTS[name] });
    const names = Object.keys(COUNTS) as (keyof typeof COUNTS)[];
    return Object.fromEntries(names.map((name) => [name, count(name)]));
  },
});

LeadErasure.implement({
  description:
    'The receipt of a person who is being erased, or was: their interactions, what they are known by, notes, tags, fields, milestones, visits and consent. Left on purpose: what the receipts of single interactions leave (Erasure); that a number opted out, as a keyed hash; the browser of somebody who is another lead too; copies of files that were exported and fetched before. Exports of the company that lie here end at once.',
  fields: (t) => ({
    leadId: t.id({
      description: 'The lead that was: `node` answers null for it once it is gone.',
      resolve: ({ leadId }) => encodeGlobalId('Lead', leadId),
    }),
    company: t.field({
      type: Company,
      description: 'The company that it belonged to.',
      resolve: ({ companyId }) => companyId,
    }),
    state: t.expose('state', { type: LeadErasureState, description: 'How far it is.' }),
    requestedAt: t.expose('requestedAt', {
      type: 'DateTime',
      description: 'When it was asked for.',
    }),
    requestedBy: t.field({
      type: Actor,
      description: 'Who asked for it.',
      resolve: ({ requestedBy }) => requestedBy,
    }),
    erasedAt: t.expose('erasedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When nothing was left, media and the search server included; null until then.',
    }),
    erased: t.field({
      type: ErasedOfLead,
      description: 'How much was erased so far.',
      resolve: (erasure) => erasure,
    }),
  }),
});

const LeadErasureConnection = defineConnection(LeadErasure, 'LeadErasure');

const LeadErasureFilter = builder.inputType('LeadErasureFilter', {
  description: 'Which receipts of people.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'Only those of these companies.' }),
    leadIds: t.idList({ description: 'Only those of these leads.' }),
    states: t.field({ type: [LeadErasureState], description: 'Only those in these states.' }),
  }),
});

const LeadErasureOrderField = builder.enumType('LeadErasureOrderField', {
  description: 'What receipts of people are sorted by.',
  values: { REQUESTED_AT: { description: 'By the time they were asked for.' } } as const,
});

const LeadErasureOrder = builder.inputType('LeadErasureOrder', {
  description: 'How receipts of people are sorted.',
  fields: (t) => ({
    field: t.field({ type: LeadErasureOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

builder.queryField('leadErasures', (t) =>
  t.field({
    type: LeadErasureConnection,
    description:
      'Receipts of people who are being erased, or were, of the companies that this viewer may see, newest first unless told otherwise.',
    args: {
      filter: t.arg({ type: LeadErasureFilter, description: 'Which receipts.' }),
      order: t.arg({ type: LeadErasureOrder, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const filter = {
        companyIds: readIds(args.filter?.companyIds, 'Company', 'companyIds'),
        leadIds: readIds(args.filter?.leadIds, 'Lead', 'leadIds'),
        states: args.filter?.states,
      };
      const direction = args.order?.direction ?? 'desc';
      return readPage(args, {
        rows: (page) => listLeadErasures(platform, viewer, { filter, direction, ...page }),
        count: (cap) => countLeadErasures(platform, viewer, filter, cap),
        sortValue: (row) => row.requestedAt.toISOString(),
      });
    },
  }),
);

defineMutation('eraseLead', {
  description:
    'Erases a person for good, in every place: the lead with all that was merged into it, their calls, conversations, chats and forms with recordings, words and files, notes, fields, tags, milestones, visits and consent. It is done step by step; LEAD_ERASED tells when nothing is left. Takes the rights to erase each channel, too. Asked again it answers the first receipt. What comes from them later is of somebody new, whom an earlier STOP still keeps from being texted.',
  input: (t) => ({
    leadId: t.id({ required: true, description: 'Which lead.' }),
    ...idempotencyKey(t),
  }),
  run: ({ leadId, ...input }, { platform, viewer }) =>
    eraseLead(platform, viewer, { ...input, leadId: readId(leadId, 'Lead', 'leadId') }),
  payload: (t) => ({
    leadErasure: t.field({
      type: LeadErasure,
      nullable: true,
      description: 'The receipt; ERASED once nothing is left.',
      resolve: (erasure) => erasure,
    }),
  }),
});

implementEvent({
  typename: 'LeadErasureEvent',
  types: ['lead.erased'],
  description: 'A person was erased.',
  fields: (t) => ({
    leadId: t.id({
      description: 'The lead that was.',
      resolve: ({ payload }) => encodeGlobalId('Lead', String(payload.leadId)),
    }),
    leadErasure: t.field({
      type: LeadErasure,
      nullable: true,
      description: 'The receipt; null when this viewer may not see it.',
      resolve: ({ payload }) => String(payload.leadErasureId),
    }),
  }),
});
