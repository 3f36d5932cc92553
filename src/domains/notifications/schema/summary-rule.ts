// SummaryRule: who wants to be told what a day, week or month came to.
import { Actor, Company, may } from '#domains/accounts/index.ts';
import { maskEmail } from '#domains/leads/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineNode } from '#graphql/node.ts';
import { findSummaryRules } from '../summaries/read-summary-rules.ts';

export const SummaryFrequency = builder.enumType('SummaryFrequency', {
  description: 'How often a summary is mailed, each time of what is over.',
  values: {
    DAILY: { description: 'Every day, of the day before.' },
    WEEKLY: { description: 'On Mondays, of the week before.' },
    MONTHLY: { description: 'On the 1st, of the month before.' },
  } as const,
});

export const SummaryRule = defineNode('SummaryRule', (ids, { platform, viewer }) =>
  findSummaryRules(platform, viewer, ids),
);
SummaryRule.implement({
  description:
    'Somebody is told by mail what a day, week or month came to: calls, conversations by text, forms, chats, good leads and the top sources of them all, as interactionSummary tells them, compared with the period before. What they are told, and who gets nothing any more, is judged as for an alert rule, and takes REPORTS_READ.',
  fields: (t) => ({
    user: t.field({
      type: Actor,
      nullable: true,
      description: 'The user who is told; null when it is an address.',
      resolve: ({ userId }) => userId && `user:${userId}`,
    }),
    email: t.string({
      nullable: true,
      description:
        'The address that is told; masked without the scope PERSONAL_READ, null when it is a user.',
      resolve: ({ email }, _args, { viewer }) =>
        email === null || may(viewer, 'personal.read') ? email : maskEmail(email),
    }),
    company: t.field({
      type: Company,
      nullable: true,
      description: 'The company that it tells of; null for all that its recipient may see.',
      resolve: ({ companyId }) => companyId,
    }),
    frequency: t.expose('frequency', { type: SummaryFrequency, description: 'How often.' }),
    hour: t.exposeInt('hour', {
      description: 'From which hour on, 0 to 23, in the time zone of the company, or the account.',
    }),
    nextAt: t.expose('dueAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the next mail is due; null once its recipient has ended it.',
    }),
    maker: t.field({
      type: Actor,
      description: 'Who set it last.',
      resolve: ({ maker }) => maker,
    }),
    unsubscribedAt: t.expose('unsubscribedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its recipient ended it by the link in a mail. Null while it tells.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
  }),
});
