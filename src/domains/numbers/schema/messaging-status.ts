// How a number stands with texts.
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import type { MessagingStatus } from '../registration/messaging-status.ts';
import { messagingStatusesOf } from '../registration/messaging-statuses.ts';
import { TrackingNumber } from './refs.ts';

const DESCRIPTIONS: Record<MessagingStatus, { description: string }> = {
  NOT_SUPPORTED: { description: 'Toll-free: no text may be sent from it.' },
  OFF: { description: 'Not in service, or not yet on the company’s messaging profile.' },
  RECEIVES_ONLY: {
    description: 'Texts to it arrive. To send any, the company registers a brand and a campaign.',
  },
  PENDING: { description: 'The carrier is putting it on the company’s campaign.' },
  ACTIVE: { description: 'On the company’s approved campaign: texts may be sent from it.' },
  FAILED: { description: 'The carrier would not have it; `messagingFailure` says why.' },
  SUSPENDED: { description: 'The company’s brand or campaign is suspended: nothing may be sent.' },
};

const MessagingStatusType = builder.enumType('MessagingStatus', {
  description: 'How a number stands with texts.',
  values: DESCRIPTIONS,
});

builder.objectFields(TrackingNumber, (t) => ({
  messagingStatus: t.loadable({
    type: MessagingStatusType,
    nullable: true,
    description: 'How it stands with texts.',
    load: (ids: string[], { platform, viewer }: Context) =>
      messagingStatusesOf(platform, viewer, ids),
    resolve: (number) => number.id,
  }),
  messagingFailure: t.exposeString('assignmentFailure', {
    nullable: true,
    description: 'Why the carrier would not have it send texts; null unless it would not.',
  }),
}));
