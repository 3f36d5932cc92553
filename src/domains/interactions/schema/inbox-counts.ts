// How many interactions stand where in the inbox, live, who is replying, and how a company wants its inbox kept.
import { Actor, Company, may, verbOfEvent } from '#domains/accounts/index.ts';
import { followEvents, readFilter } from '#domains/activity/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { badInput } from '#graphql/problems.ts';
import { readIds } from '#graphql/read-id.ts';
import type { InboxFilter } from '../inbox-filter.ts';
import { countInbox } from '../read-inbox.ts';
import { findViews } from '../read-views.ts';
import { readInboxSetting } from '../store-inbox.ts';
import type { ViewRow } from '../store-views.ts';
import { followReplies, type Replying } from '../tell-reply.ts';
import { readInteractionId } from './interaction.ts';
import { SavedView } from './saved-view.ts';

const CAP = 10_000;
/** each is a count of its own, whenever anything happens */
const MOST_COUNTED_VIEWS = 10;
/** what may change where something stands */
const MOVING = [
  'call.ringing',
  'call.ended',
  'call.updated',
  'form.submitted',
  'form.updated',
  'message.received',
  'message.queued',
  'message.sent',
  'conversation.updated',
  'chat.opened',
  'chat.message',
  'chat.ended',
  'chat.updated',
] as const;
const nowOf = ({ platform, viewer }: Context) => platform.clock.now(viewer.accountId);

/** Which companies are counted. */
interface Counted {
  companyIds: string[] | undefined;
}

const count =
  (of: (context: Context) => InboxFilter) => (counted: Counted, _args: object, context: Context) =>
    countInbox(
      context.platform,
      context.viewer,
      { filters: [{ ...of(context), ...counted }], now: nowOf(context) },
      CAP,
    );

const SavedViewCount = builder.objectRef<ViewRow>('SavedViewCount').implement({
  description: 'How many interactions a saved view leaves.',
  fields: (t) => ({
    savedView: t.field({
      type: SavedView,
      description: 'The view.',
      resolve: ({ id }) => id,
    }),
    count: t.int({
      description: `How many it leaves to the asking person, counted up to ${CAP}.`,
      resolve: ({ filter }, _args, context) =>
        countInbox(
          context.platform,
          context.viewer,
          { filters: [filter], now: nowOf(context) },
          CAP,
        ),
    }),
  }),
});

const InboxCounts = builder.objectRef<Counted>('InboxCounts').implement({
  description: `How many interactions stand where, each counted up to ${CAP}.`,
  fields: (t) => ({
    active: t.int({
      description: 'Those that are ACTIVE.',
      resolve: count(() => ({ states: ['ACTIVE'] })),
    }),
    unread: t.int({
      description: 'Of these, those that the asking person has not seen.',
      extensions: { ofAsker: true },
      resolve: count(() => ({ states: ['ACTIVE'], isUnread: true })),
    }),
    mine: t.int({
      description: 'Of these, those that the asking person takes care of.',
      extensions: { ofAsker: true },
      resolve: count(({ viewer }) => ({
        ...{ states: ['ACTIVE'] },
        assigneeIds: viewer.actor.kind === 'user' ? [viewer.actor.id] : [],
      })),
    }),
    unassigned: t.int({
      description: 'Of these, those that nobody takes care of.',
      resolve: count(() => ({ states: ['ACTIVE'], isUnassigned: true })),
    }),
    snoozed: t.int({
      description: 'Those that are SNOOZED.',
      resolve: count(() => ({ states: ['SNOOZED'] })),
    }),
    overdue: t.int({
      description: 'Those that nobody answered in time.',
      resolve: count(() => ({ states: ['ACTIVE', 'SNOOZED'], isOverdue: true })),
    }),
    views: t.field({
      type: [SavedViewCount],
      description:
        'Saved views by name; companyIds of the counts have no part in them. Those that the viewer does not see are left out.',
      extensions: { listSize: MOST_COUNTED_VIEWS, ofAsker: true },
      args: {
        savedViewIds: t.arg.idList({
          required: true,
          description: `Which ones, up to ${MOST_COUNTED_VIEWS}.`,
        }),
      },
      resolve: (_counted, { savedViewIds }, { platform, viewer }) => {
        if (savedViewIds.length > MOST_COUNTED_VIEWS) {
          const message = `savedViewIds takes at most ${MOST_COUNTED_VIEWS}.`;
          throw badInput(message, { argument: 'savedViewIds' });
        }
        const ids = readIds(savedViewIds, 'SavedView', 'savedViewIds') ?? [];
        return findViews(platform, viewer, ids);
      },
    }),
  }),
});

const COMPANIES = 'Only interactions of these companies.';

builder.queryField('inboxCounts', (t) =>
  t.field({
    type: InboxCounts,
    description: 'How many interactions stand where in the inbox.',
    args: { companyIds: t.arg.idList({ description: COMPANIES }) },
    resolve: (_root, { companyIds }) => ({
      companyIds: readIds(companyIds, 'Company', 'companyIds'),
    }),
  }),
);

builder.subscriptionField('inboxCounts', (t) =>
  t.field({
    type: InboxCounts,
    description:
      'How many interactions stand where in the inbox, told anew whenever one arrives, is over or is moved; of the channels that the viewer may read.',
    args: { companyIds: t.arg.idList({ description: COMPANIES }) },
    subscribe: async (_root, { companyIds }, context) => {
      const filter = readFilter(context.viewer, {
        types: MOVING.filter((type) => may(context.viewer, verbOfEvent(type))),
        ...(companyIds && { companyIds }),
      });
      return followEvents(context, filter, null);
    },
    resolve: (_event, { companyIds }) => ({
      companyIds: readIds(companyIds, 'Company', 'companyIds'),
    }),
  }),
);

const ReplyNotice = builder.objectRef<Replying>('ReplyNotice').implement({
  description: 'Somebody is replying to an interaction.',
  fields: (t) => ({
    actor: t.expose('actor', { type: Actor, description: 'Who.' }),
    at: t.field({
      type: 'DateTime',
      description: 'When they said so; count on it for some ten seconds.',
      resolve: ({ at }) => new Date(at),
    }),
  }),
});

builder.subscriptionField('replying', (t) =>
  t.field({
    type: ReplyNotice,
    description:
      'Who is replying to an interaction just now (tellReply), so that two do not answer at once. Never stored.',
    args: {
      interactionId: t.arg.id({
        required: true,
        description: 'Which call, form or other interaction.',
      }),
    },
    subscribe: (_root, { interactionId }, context) =>
      followReplies(context, readInteractionId(interactionId, 'interactionId')),
    resolve: (notice) => notice as Replying,
  }),
);

const InboxSettings = builder
  .objectRef<{ answerWithinMinutes: number | null; version: number }>('InboxSettings')
  .implement({
    description: 'How a company wants its inbox kept.',
    fields: (t) => ({
      answerWithinMinutes: t.exposeInt('answerWithinMinutes', {
        nullable: true,
        description: 'Within how many minutes somebody is to answer; null = not measured.',
      }),
      version: t.exposeInt('version', { description: 'Rises with every change.' }),
    }),
  });

builder.objectFields(Company, (t) => ({
  inboxSettings: t.field({
    type: InboxSettings,
    description: 'How it wants its inbox kept.',
    resolve: ({ accountId, id }, _args, { platform }) =>
      readInboxSetting(platform.db.prisma, accountId, id),
  }),
}));
