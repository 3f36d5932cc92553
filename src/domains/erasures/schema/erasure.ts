// Erasure: the receipt of what was erased, the list of them, the mutations and the event.
import { Actor, Company } from '#domains/accounts/index.ts';
import { implementEvent } from '#domains/activity/index.ts';
import { readInteractionId, typenameOf } from '#domains/interactions/index.ts';
import type { InteractionKind } from '#generated/prisma/enums.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { defineMutation, idempotencyKey } from '#graphql/mutation.ts';
import { defineNode } from '#graphql/node.ts';
import { readId, readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { CHANNELS } from '../channels.ts';
import { eraseInteraction } from '../erase-interaction.ts';
import { countErasures, findErasures, listErasures } from '../read-erasures.ts';
import type { ErasureRow } from '../store.ts';

const Erasure = defineNode('Erasure', (ids, { platform, viewer }) =>
  findErasures(platform, viewer, ids),
);

const ErasureState = builder.enumType('ErasureState', {
  description: 'How far an erasure is.',
  values: {
    PENDING: {
      description:
        'Gone from the database; its audio and files are being removed, here and at the carrier, and its words from the search server, where one is set.',
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
        'Lines of the consent ledger of the lead’s numbers, gone with the lead. Nothing is known of them then, so they may not be texted; that they opted out is kept as a keyed hash, so that they are not texted by another way either until they text START or staff record an opt-in.',
    }),
    messages: t.exposeInt('messages', {
      description: 'Messages of a conversation or a chat, those too that waited to be sent.',
    }),
    files: t.exposeInt('files', { description: 'Files that went with texts and in chats.' }),
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
    'The receipt of an erased call, conversation, chat or form. Left on purpose: its id, those of its events, webhooks and deliveries, without content, so that nothing brings it back; the audit log; figures of later calls (priorCalls); tags and keyword sets, which are the account’s own words. The carrier offers no way to erase a text, and tells of one for 10 days; what it keeps after is between you and it. Backups of the database, and a search server that is set no more, are not reached: let those expire, delete the indexes there.',
  fields: (t) => ({
    callId: t.id({
      description:
        'The same as interactionId, which it was called while only calls could be erased.',
      deprecationReason: 'Use interactionId. (removal 2027-06-30)',
      resolve: idOfErased,
    }),
    interactionId: t.id({
      description: 'The call, conversation, chat or form that was: `node` answers null for it.',
      resolve: idOfErased,
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
      description:
        'When its audio and files, and its words in the search server, were gone too; null until then.',
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
    callIds: t.idList({
      description: 'Only those of these calls.',
      deprecationReason: 'Use interactionIds. (removal 2027-06-30)',
    }),
    interactionIds: t.idList({
      description: 'Only those of these calls, conversations, chats or forms.',
    }),
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
      'Receipts of erased calls, conversations, chats and forms of the companies that this viewer may see, newest first unless told otherwise.',
    args: {
      filter: t.arg({ type: ErasureFilter, description: 'Which erasures.' }),
      order: t.arg({ type: ErasureOrder, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const filter = {
        companyIds: readIds(args.filter?.companyIds, 'Company', 'companyIds'),
        interactionIds: askedFor(args.filter),
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

const WITH_LEAD =
  'and the lead when no other interaction tells of that person. A lead that has others stays, with its deliveries emptied. Asked again it answers the first receipt.';

defineErasing('CALL', 'call', {
  description: `Erases a call that has ended, for good: its facts, recordings, words, insights, what was told of it to partners, ${WITH_LEAD}`,
});
defineErasing('CONVERSATION', 'conversation', {
  description: `Erases a conversation for good: its texts, those that wait to be sent too, their files, what was told of it to partners, ${WITH_LEAD} Who texts again begins another one.`,
});
defineErasing('CHAT', 'chat', {
  description: `Erases a chat for good: its messages, what the visitor told of themselves, what was told of it to partners, ${WITH_LEAD}`,
});
defineErasing('FORM', 'form', {
  description: `Erases a form that was sent, for good: its fields, what was told of it to partners, ${WITH_LEAD}`,
});

function defineErasing(kind: InteractionKind, noun: string, words: { description: string }): void {
  const { mutation, field } = CHANNELS[kind];
  defineMutation(mutation, {
    ...words,
    input: (t) => ({
      [field]: t.id({ required: true, description: `Which ${noun}.` }),
      ...idempotencyKey(t),
    }),
    run: ({ idempotencyKey: key, ...input }, { platform, viewer }) =>
      eraseInteraction(platform, viewer, kind, {
        id: readId(String((input as Record<string, unknown>)[field]), typenameOf(kind), field),
        idempotencyKey: key,
      }),
    payload: (t) => ({
      erasure: t.field({
        type: Erasure,
        nullable: true,
        description: 'The receipt; COMPLETED once nothing is left.',
        resolve: (erasure) => erasure,
      }),
    }),
  });
}

implementEvent({
  typename: 'ErasureEvent',
  types: ['erasure.completed'],
  description: 'A call, conversation, chat or form was erased.',
  fields: (t) => ({
    callId: t.id({
      description: 'The same as interactionId.',
      deprecationReason: 'Use interactionId. (removal 2027-06-30)',
      resolve: ({ payload }) => idOfEvent(payload),
    }),
    interactionId: t.id({
      description: 'The call, conversation, chat or form that was.',
      resolve: ({ payload }) => idOfEvent(payload),
    }),
    erasure: t.field({
      type: Erasure,
      nullable: true,
      description: 'The receipt; null when this viewer may not see it.',
      resolve: ({ payload }) => String(payload.erasureId),
    }),
  }),
});

function idOfErased({ kind, interactionId }: ErasureRow): string {
  return encodeGlobalId(typenameOf(kind), interactionId);
}

const KINDS = Object.keys(CHANNELS) as InteractionKind[];

/** An event names what was erased by its channel's own field. */
function idOfEvent(payload: Readonly<Record<string, unknown>>): string {
  const kind = KINDS.find((one) => payload[CHANNELS[one].field] !== undefined);
  if (!kind) throw new Error('An erasure that was told of names nothing.');
  return encodeGlobalId(typenameOf(kind), String(payload[CHANNELS[kind].field]));
}

/** Both lists together; undefined = no restriction. */
function askedFor(
  filter:
    | Partial<Record<'callIds' | 'interactionIds', readonly string[] | null | undefined>>
    | null
    | undefined,
): string[] | undefined {
  const calls = readIds(filter?.callIds, 'Call', 'callIds');
  const any = filter?.interactionIds?.map((id) => readInteractionId(id, 'interactionIds'));
  return calls && any ? calls.filter((id) => any.includes(id)) : (calls ?? any);
}
