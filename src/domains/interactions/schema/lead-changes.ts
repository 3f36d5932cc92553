// What interactions add to the changes of a lead: its own tags, and what became of it.
import { Lead } from '#domains/leads/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { findEntries } from '../read-interactions.ts';
import { recordOutcome } from '../record-outcome.ts';
import { readLeadTags } from '../store-lead-tags.ts';
import { tagLead } from '../tag-lead.ts';
import {
  Interaction,
  readAsChannel,
  readInteractionId,
  SettableLeadStatus,
  Tag,
} from './interaction.ts';

builder.objectFields(Lead, (t) => ({
  tags: t.loadableList({
    type: Tag,
    description: 'Its own tags, by name; those of its interactions are theirs.',
    load: (ids: string[], { platform, viewer }: Context) =>
      readLeadTags(platform.db.pool, viewer.accountId, ids),
    resolve: (lead) => lead.id,
  }),
}));

defineMutation('tagLead', {
  description:
    'Says which tags a lead has: they replace those that it had, unless `append` is true. Names that are new become tags of the company.',
  input: (t) => ({
    leadId: t.id({ required: true, description: 'Which lead.' }),
    tags: t.stringList({
      required: true,
      description: 'Names of tags, 1 to 60 characters each; at most 50 on one lead.',
    }),
    append: t.boolean({
      description: 'true adds them to those it has; left out or false, they take their place.',
    }),
    ...idempotencyKey(t),
    ...expectedVersion(t),
  }),
  run: async ({ append, tags, leadId, ...input }, { platform, viewer }) => {
    const id = await tagLead(platform, viewer, {
      ...input,
      leadId: readId(leadId, 'Lead', 'leadId'),
      tags: append ? { add: tags } : { set: tags },
    });
    return { id };
  },
  payload: (t) => ({
    lead: t.field({
      type: Lead,
      nullable: true,
      description: 'The lead as it is now.',
      resolve: ({ id }) => id,
    }),
  }),
});

defineMutation('recordOutcome', {
  description:
    'Records what became of a lead or of one interaction: its status and value. Recorded again, it corrects what was recorded. Needs the scope of the interaction’s channel: CALLS_WRITE, FORMS_WRITE.',
  input: (t) => ({
    leadId: t.id({
      description:
        'Which lead: stands for the interaction that made it a good one, else for its first. Give this or interactionId.',
    }),
    interactionId: t.id({ description: 'Which call, form or other interaction.' }),
    status: t.field({
      type: SettableLeadStatus,
      description: 'What it was; left out or null = unchanged.',
    }),
    valueCents: t.float({
      description:
        'What it is worth, in cents of the account’s currency: a whole number. Left out = unchanged, null = cleared.',
    }),
    ...idempotencyKey(t),
  }),
  run: async ({ leadId, interactionId, ...input }, { platform, viewer }) => {
    const id = await recordOutcome(platform, viewer, {
      ...input,
      leadId: readId(leadId, 'Lead', 'leadId'),
      interactionId: readInteractionId(interactionId, 'interactionId'),
    });
    return { id };
  },
  payload: (t) => ({
    interaction: t.field({
      type: Interaction,
      nullable: true,
      description: 'The interaction that it was recorded on; its lead has it by that.',
      resolve: async ({ id }, _args, context) => {
        const [entry] = await findEntries(context.platform, context.viewer, [id]);
        return entry ? readAsChannel(entry, context) : null;
      },
    }),
  }),
});
