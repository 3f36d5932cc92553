// What a call announces, and Subscription.liveCalls: a convenience over the same log.
import { followEvents, implementEvent, readFilter } from '#domains/activity/index.ts';
import { builder } from '#graphql/builder.ts';
import type { StoredEvent } from '#platform/events/index.ts';
import { Call } from './call.ts';

implementEvent({
  typename: 'CallEvent',
  types: [
    'call.ringing',
    'call.answered',
    'call.ended',
    'call.recording_ready',
    'call.recording_failed',
    'call.updated',
  ],
  description: 'Something happened to a call.',
  fields: (t) => ({
    call: t.field({
      type: Call,
      nullable: true,
      description: 'The call as it is now; null when it was erased.',
      resolve: ({ payload }) => String(payload.callId),
    }),
    reason: t.string({
      nullable: true,
      description: 'On CALL_RECORDING_FAILED: why, as a code of `Recording.failure`.',
      resolve: ({ payload }) => (payload.reason === undefined ? null : String(payload.reason)),
    }),
    changes: t.stringList({
      nullable: true,
      description: 'On CALL_UPDATED: the names of the fields that changed.',
      resolve: ({ payload }) => (payload.changes as string[] | undefined) ?? null,
    }),
  }),
});

builder.subscriptionField('liveCalls', (t) =>
  t.field({
    type: Call,
    nullable: true,
    description:
      'Each call whenever it rings, moves on, is answered or ends: a live board. Over SSE a Last-Event-ID header resumes it. The same can be had with more detail from `events`.',
    args: {
      companyId: t.arg.id({ description: 'Only calls of this company.' }),
    },
    subscribe: (_root, { companyId }, context) => {
      const filter = readFilter(context.viewer, {
        types: ['call.ringing', 'call.answered', 'call.ended', 'call.updated'],
        ...(companyId == null ? {} : { companyIds: [companyId] }),
      });
      return followEvents(context, filter, null);
    },
    resolve: (event) => String((event as StoredEvent).payload.callId),
  }),
);
