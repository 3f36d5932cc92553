// What interactions add to a lead: its value, its interactions, and the one that qualified it.
import { Lead } from '#domains/leads/index.ts';
import { builder } from '#graphql/builder.ts';
import {
  defineConnection,
  type Page,
  type PageArgs,
  pageArgs,
  pageSize,
  readPage,
} from '#graphql/connection.ts';
import type { Context } from '#graphql/context.ts';
import { decodeRowKey } from '#values/cursor.ts';
import { countTimeline, findEntries, timelinesOf, valuesOf } from '../read-interactions.ts';
import { Interaction, readAsChannel, type SharedRow } from './interaction.ts';
import { Money } from './money.ts';

export const InteractionConnection = defineConnection(Interaction, 'Interaction');

builder.objectFields(Lead, (t) => ({
  value: t.loadable({
    type: Money,
    description: 'The sum of the values of its interactions.',
    load: async (ids: string[], { platform, viewer }: Context) =>
      (await valuesOf(platform, viewer, ids)).map((cents) => ({ cents })),
    resolve: (lead) => lead.id,
  }),
  interactions: t.loadable({
    type: InteractionConnection,
    description:
      'Its interactions over all channels that the viewer may read (CALLS_READ, FORMS_READ, MESSAGES_READ, CHATS_READ), newest first.',
    args: pageArgs(t),
    byPath: true,
    load: (ids: string[], context: Context, args: PageArgs) => readTimelines(ids, context, args),
    resolve: (lead) => lead.id,
  }),
  qualifiedBy: t.loadable({
    type: Interaction,
    nullable: true,
    description:
      'The interaction that made it a good lead; null while it is none, or without the scope of its channel: CALLS_READ, FORMS_READ, MESSAGES_READ, CHATS_READ.',
    load: async (ids: string[], context: Context) => {
      const entries = await findEntries(context.platform, context.viewer, ids);
      return Promise.all(
        ids.map((id) => {
          const entry = entries.find((each) => each.id === id);
          return entry ? readAsChannel(entry, context) : null;
        }),
      );
    },
    resolve: (lead) => lead.goodInteractionId,
  }),
}));

async function readTimelines(
  leadIds: string[],
  context: Context,
  args: PageArgs,
): Promise<Page<SharedRow>[]> {
  const { platform, viewer } = context;
  const after = args.after ? decodeRowKey(args.after) : null;
  const limit = pageSize(args.first) + 1;
  const timelines = await timelinesOf(platform, viewer, leadIds, { limit, after });
  return Promise.all(
    leadIds.map(async (leadId, n) => {
      const rows = await Promise.all(
        (timelines[n] ?? []).map((entry) => readAsChannel(entry, context)),
      );
      return readPage(args, {
        rows: async () => rows.filter((row) => row !== null),
        count: (cap) => countTimeline(platform, viewer, leadId, cap),
        sortValue: (row) => row.occurredAt.toISOString(),
      });
    }),
  );
}
