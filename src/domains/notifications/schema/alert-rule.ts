// AlertRule: who wants to be told of what.
import { Actor, Company, may } from '#domains/accounts/index.ts';
import { maskEmail } from '#domains/leads/index.ts';
import { Tracker } from '#domains/numbers/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineNode } from '#graphql/node.ts';
import type { AlertChannel as Channel } from '../occasions.ts';
import { findAlertRules } from '../read-alert-rules.ts';

export const AlertCalls = builder.enumType('AlertCalls', {
  description: 'Which inbound calls an alert rule tells of, once they have ended.',
  values: {
    NONE: { description: 'None.' },
    ALL: { description: 'All.' },
    FIRST_CALL: { description: 'Those of people who call the company for the first time.' },
    MISSED_AND_VOICEMAIL: { description: 'Those that nobody answered, with a voicemail or not.' },
    VOICEMAIL_ONLY: { description: 'Those that left a voicemail.' },
  } as const,
});

export const AlertChannel = builder.enumType('AlertChannel', {
  description: 'What else an alert rule can tell of.',
  values: {
    TEXT: { description: 'Each text that somebody sends.' },
    FORM: { description: 'Each form that somebody sends.' },
    CHAT: { description: 'Each chat that a visitor opens, or takes up again.' },
  } as const,
});

export const AlertRule = defineNode('AlertRule', (ids, { platform, viewer }) =>
  findAlertRules(platform, viewer, ids),
);
AlertRule.implement({
  description:
    'Somebody is told by mail of what comes in. A user is told what their role and companies allow when the mail is sent. An e-mail address that is nobody’s, and a user with the role NOTIFICATION, are told what the rule’s maker could read when they set it and can still read: personal data only as long as the maker has PERSONAL_READ, and nothing once the maker has gone.',
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
      description:
        'The company whose calls, texts, forms and chats it tells of; null for every company.',
      resolve: ({ companyId }) => companyId,
    }),
    tracker: t.field({
      type: Tracker,
      nullable: true,
      description:
        'The tracker whose calls and texts alone it tells of; null for all, and without NUMBERS_READ.',
      resolve: ({ trackerId }) => trackerId,
    }),
    calls: t.expose('calls', { type: AlertCalls, description: 'Which calls it tells of.' }),
    channels: t.field({
      type: [AlertChannel],
      description: 'What it tells of beside calls.',
      extensions: { listSize: 3 },
      resolve: ({ channels }) => channels as Channel[],
    }),
    maker: t.field({
      type: Actor,
      description: 'Who set it last.',
      resolve: ({ maker }) => maker,
    }),
    unsubscribedAt: t.expose('unsubscribedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When its recipient ended it by the link in a mail: it tells nothing any more. Null while it does.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
  }),
});
