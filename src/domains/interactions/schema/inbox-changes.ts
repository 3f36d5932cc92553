// The mutations of the inbox.
import { Company } from '#domains/accounts/index.ts';
import { Lead } from '#domains/leads/index.ts';
import type { Context } from '#graphql/context.ts';
import { defineMutation, expectedVersion } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import type { FullTypes } from '#graphql/schema-types.ts';
import {
  assignInteractions,
  markInteractionsRead,
  moveInteractions,
  moveLead,
} from '../move-in-inbox.ts';
import { findEntries } from '../read-interactions.ts';
import { tellReply } from '../tell-reply.ts';
import { updateInboxSettings } from '../update-inbox-settings.ts';
import { InboxState } from './inbox-filter.ts';
import { Interaction, readAsChannel, readInteractionId } from './interaction.ts';

type InputBuilder = PothosSchemaTypes.InputFieldBuilder<FullTypes, 'InputObject'>;

const WHICH = 'Which calls, forms and other interactions; 1 to 100, all or none.';
const DONE = 'The interactions as they are now.';

const readAll = (given: readonly string[]) =>
  given.map((id) => readInteractionId(id, 'interactionIds'));

const place = (t: InputBuilder) => ({
  state: t.field({ type: InboxState, required: true, description: 'Where to.' }),
  snoozedUntil: t.field({
    type: 'DateTime',
    description: 'Of SNOOZED: when they are ACTIVE again; in the future, at most a year ahead.',
  }),
});

async function asChannels(ids: readonly string[], context: Context) {
  const entries = await findEntries(context.platform, context.viewer, ids);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const rows = await Promise.all(
    ids.map((id) => {
      const entry = byId.get(id);
      return entry ? readAsChannel(entry, context) : null;
    }),
  );
  return rows.filter((row) => row !== null);
}

defineMutation('moveInteractions', {
  description:
    'Moves interactions in the inbox. What is SNOOZED comes back by itself; what is REVIEWED counts as answered.',
  input: (t) => ({
    interactionIds: t.idList({ required: true, description: WHICH }),
    ...place(t),
  }),
  run: async ({ interactionIds, ...input }, { platform, viewer }) => ({
    ids: await moveInteractions(platform, viewer, {
      ...input,
      interactionIds: readAll(interactionIds),
    }),
  }),
  payload: (t) => ({
    interactions: t.field({
      type: [Interaction],
      nullable: true,
      description: DONE,
      resolve: ({ ids }, _args, context) => asChannels(ids, context),
    }),
  }),
});

defineMutation('moveLead', {
  description:
    'Moves a lead in the inbox: all of its interactions that are not REVIEWED, of the channels that the viewer may read. A person is put off with SNOOZED; what arrives from them later is ACTIVE all the same.',
  input: (t) => ({
    leadId: t.id({ required: true, description: 'Which lead.' }),
    ...place(t),
  }),
  run: async ({ leadId, ...input }, { platform, viewer }) => ({
    id: await moveLead(platform, viewer, { ...input, leadId: readId(leadId, 'Lead', 'leadId') }),
  }),
  payload: (t) => ({
    lead: t.field({
      type: Lead,
      nullable: true,
      description: 'The lead, whose interactions tell where they stand.',
      resolve: ({ id }) => id,
    }),
  }),
});

defineMutation('assignInteractions', {
  description: 'Hands interactions to a user who sees their company, or to nobody.',
  input: (t) => ({
    interactionIds: t.idList({ required: true, description: WHICH }),
    assigneeId: t.id({ description: 'The user; null or left out = nobody.' }),
  }),
  run: async ({ interactionIds, assigneeId }, { platform, viewer }) => ({
    ids: await assignInteractions(platform, viewer, {
      interactionIds: readAll(interactionIds),
      assigneeId: readId(assigneeId, 'User', 'assigneeId') ?? null,
    }),
  }),
  payload: (t) => ({
    interactions: t.field({
      type: [Interaction],
      nullable: true,
      description: DONE,
      resolve: ({ ids }, _args, context) => asChannels(ids, context),
    }),
  }),
});

defineMutation('markInteractionsRead', {
  description: 'Marks interactions read or unread for the asking person alone; refused to keys.',
  input: (t) => ({
    interactionIds: t.idList({ required: true, description: WHICH }),
    isRead: t.boolean({ required: true, description: 'false = unread.' }),
  }),
  run: async ({ interactionIds, isRead }, { platform, viewer }) => ({
    ids: await markInteractionsRead(platform, viewer, {
      isRead,
      interactionIds: readAll(interactionIds),
    }),
  }),
  payload: (t) => ({
    interactions: t.field({
      type: [Interaction],
      nullable: true,
      description: DONE,
      resolve: ({ ids }, _args, context) => asChannels(ids, context),
    }),
  }),
});

defineMutation('tellReply', {
  description:
    'Tells whoever looks at an interaction (subscription `replying`) that the asking one is replying. Say it again every few seconds while it is so.',
  input: (t) => ({
    interactionId: t.id({ required: true, description: 'Which call, form or other interaction.' }),
  }),
  run: async ({ interactionId }, { platform, viewer }) => ({
    ids: [await tellReply(platform, viewer, readInteractionId(interactionId, 'interactionId'))],
  }),
  payload: (t) => ({
    interaction: t.field({
      type: Interaction,
      nullable: true,
      description: 'The interaction.',
      resolve: async ({ ids }, _args, context) => (await asChannels(ids, context))[0] ?? null,
    }),
  }),
});

defineMutation('updateInboxSettings', {
  description: 'Says how a company wants its inbox kept, for what arrives from now on.',
  input: (t) => ({
    companyId: t.id({ required: true, description: 'Which company.' }),
    answerWithinMinutes: t.int({
      description: '1 to 10,080, a week; null = not measured. Left out = unchanged.',
    }),
    ...expectedVersion(t),
  }),
  run: async ({ companyId, ...input }, { platform, viewer }) => ({
    id: await updateInboxSettings(platform, viewer, {
      ...input,
      companyId: readId(companyId, 'Company', 'companyId'),
    }),
  }),
  payload: (t) => ({
    company: t.field({
      type: Company,
      nullable: true,
      description: 'The company, with its inboxSettings.',
      resolve: ({ id }) => id,
    }),
  }),
});
