// Erasure: the receipt of an erased call, the list of them, the mutation and the event.
import { Actor, Company } from '#domains/accounts/index.ts';
import { implementEvent } from '#domains/activity/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { defineMutation, idempotencyKey } from '#graphql/mutation.ts';
import { defineNode } from '#graphql/node.ts';
import { readId, readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { eraseCall } from './erase-call.ts';
import { countErasures, findErasures, listErasures } from './read-erasures.ts';
import type { ErasureRow } from './store.ts';

const Erasure = defineNode('Erasure', (ids, { platform, viewer }) =>
  findErasures(platform, viewer, ids),
);

const ErasureState = builder.enumType('ErasureState', {
  description: 'How far an erasure is.',
  values: {
    PENDING: {
      description: 'Gone from the database; its audio is being removed here and at the carrier.',
    },
    COMPLETED: { description: 'Gone everywhere.' },
  } as const,
});

const ErasedThings = builder.objectRef<ErasureRow>('ErasedThings').implement({
  description: 'How much was erased in each place.',
  fields: (t) => ({
    recordings: t.exposeInt('recordings', {
      description: 'Recordings, here and at the carrier, voicemail included.',
    }),
    transcripts: t.exposeInt('transcripts', {
      description:
        'Transcripts, with their places in the search index, their keyword hits and insights.',
    }),
    leads: t.exposeInt('leads', {
      description: '1 when the lead went too, since nothing else told of that person; else 0.',
    }),
    consentEntries: t.exposeInt('consentEntries', {
      description:
        'Lines of the consent ledger of the lead’s numbers, gone with the lead. Nothing is known of them then, so they may not be texted.',
    }),
    carrierEvents: t.exposeInt('carrierEvents', {
      description: 'Webhooks of the carrier that were emptied; their ids stay.',
    }),
    webhookDeliveries: t.exposeInt('webhookDeliveries', {
      description: 'Deliveries to partners whose bodies and answers were erased; their ids stay.',
    }),
  }),
});

Erasure.implement({
  description:
    'The receipt of an erased call. Left on purpose: ids of the call, of its events, webhooks and deliveries, without content, so that nothing brings it back; the audit log; figures of later calls (priorCalls); tags and keyword sets, which are the account’s own words. Backups of the database are not reached: let them expire.',
  fields: (t) => ({
    callId: t.id({
      description: 'The call that was: `node` answers null for it.',
      resolve: ({ callId }) => encodeGlobalId('Call', callId),
    }),
    company: t.field({
      type: Company,
      description: 'The company that it belonged to.',
      resolve: ({ companyId }) => companyId,
    }),
    state: t.expose('state', { type: ErasureState, description: 'How far it is.' }),
    requestedAt: t.expose('requestedAt', {
      type: 'DateTime',
      description: 'When it was asked for, and gone from the database.',
    }),
    requestedBy: t.field({
      type: Actor,
      description: 'Who asked for it.',
      resolve: ({ requestedBy }) => requestedBy,
    }),
    completedAt: t.expose('completedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its audio was gone too; null until then.',
    }),
    erased: t.field({
      type: ErasedThings,
      description: 'How much was erased.',
      resolve: (erasure) => erasure,
    }),
  }),
});

const ErasureConnection = defineConnection(Erasure, 'Erasure');

const ErasureFilter = builder.inputType('ErasureFilter', {
  description: 'Which erasures.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'Only those of these companies.' }),
    callIds: t.idList({ description: 'Only those of these calls.' }),
    states: t.field({ type: [ErasureState], description: 'Only those in these states.' }),
  }),
});

const ErasureOrderField = builder.enumType('ErasureOrderField', {
  description: 'What erasures are sorted by.',
  values: { REQUESTED_AT: { description: 'By the time they were asked for.' } } as const,
});

const ErasureOrder = builder.inputType('ErasureOrder', {
  description: 'How erasures are sorted.',
  fields: (t) => ({
    field: t.field({ type: ErasureOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

builder.queryField('erasures', (t) =>
  t.field({
    type: ErasureConnection,
    description:
      'Receipts of erased calls of the companies that this viewer may see, newest first unless told otherwise.',
    args: {
      filter: t.arg({ type: ErasureFilter, description: 'Which erasures.' }),
      order: t.arg({ type: ErasureOrder, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const filter = {
        companyIds: readIds(args.filter?.companyIds, 'Company', 'companyIds'),
        callIds: readIds(args.filter?.callIds, 'Call', 'callIds'),
        states: args.filter?.states,
      };
      const direction = args.order?.direction ?? 'desc';
      return readPage(args, {
        rows: (page) => listErasures(platform, viewer, { filter, direction, ...page }),
        count: (cap) => countErasures(platform, viewer, filter, cap),
        sortValue: (row) => row.requestedAt.toISOString(),
      });
    },
  }),
);

defineMutation('eraseCall', {
  description:
    'Erases a call that has ended, for good: its facts, recordings, words, insights, what was told of it to partners, and the lead when no other interaction tells of that person. A lead that has others stays, with its deliveries emptied. Asked again it answers the first receipt.',
  input: (t) => ({
    callId: t.id({ required: true, description: 'Which call.' }),
    ...idempotencyKey(t),
  }),
  run: ({ callId, ...input }, { platform, viewer }) =>
    eraseCall(platform, viewer, { ...input, callId: readId(callId, 'Call', 'callId') }),
  payload: (t) => ({
    erasure: t.field({
      type: Erasure,
      nullable: true,
      description: 'The receipt; COMPLETED once the audio is gone too.',
      resolve: (erasure) => erasure,
    }),
  }),
});

implementEvent({
  typename: 'ErasureEvent',
  types: ['erasure.completed'],
  description: 'A call was erased.',
  fields: (t) => ({
    callId: t.id({
      description: 'The call that was.',
      resolve: ({ payload }) => encodeGlobalId('Call', String(payload.callId)),
    }),
    erasure: t.field({
      type: Erasure,
      nullable: true,
      description: 'The receipt; null when this viewer may not see it.',
      resolve: ({ payload }) => String(payload.erasureId),
    }),
  }),
});
