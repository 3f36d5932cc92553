// The approval of a draft, and its way out.
import { Actor } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineMutation } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { approveFollowUpEmail } from '../follow-up-emails/approve-follow-up-email.ts';
import { isApproved } from '../follow-up-emails/hold-draft.ts';
import {
  type FollowUpEmail as ReleasedEmail,
  releaseFollowUpEmail,
} from '../follow-up-emails/release-follow-up-email.ts';
import { Insight } from './insight.ts';

builder.objectField(Insight, 'approvedBy', (t) =>
  t.field({
    type: Actor,
    nullable: true,
    description:
      'Of a FOLLOW_UP_EMAIL: the person who approved it as it stands; null while nobody did, and again after a change.',
    resolve: (row) => (isApproved(row) ? row.approvedBy : null),
  }),
);

const FollowUpEmail = builder.objectRef<ReleasedEmail>('FollowUpEmail').implement({
  description: 'A mail that a person has approved, ready for somebody to send.',
  fields: (t) => ({
    to: t.exposeStringList('to', { description: 'The addresses of the lead; may be none.' }),
    subject: t.exposeString('subject', { description: 'What it is headed with.' }),
    text: t.exposeString('text', { description: 'Its words.' }),
  }),
});

defineMutation('approveFollowUpEmail', {
  description:
    'A person says that a draft may go to the customer as it stands. A later change takes that back. Refused to keys.',
  input: (t) => ({
    insightId: t.id({ required: true, description: 'The insight of kind FOLLOW_UP_EMAIL.' }),
    expectedVersion: t.int({ required: true, description: 'The version that was read.' }),
  }),
  run: async ({ insightId, expectedVersion }, { platform, viewer }) => ({
    id: await approveFollowUpEmail(platform, viewer, {
      insightId: readId(insightId, 'Insight', 'insightId'),
      expectedVersion,
    }),
  }),
  payload: (t) => ({
    insight: t.field({
      type: Insight,
      nullable: true,
      description: 'The draft as it is now.',
      resolve: ({ id }) => id,
    }),
  }),
});

defineMutation('releaseFollowUpEmail', {
  description:
    'Hands out a draft with the lead’s addresses, for somebody to send; AI_REVIEW_REQUIRED until a person has approved it as it stands. Takes PERSONAL_READ.',
  input: (t) => ({
    insightId: t.id({ required: true, description: 'The insight of kind FOLLOW_UP_EMAIL.' }),
  }),
  run: ({ insightId }, { platform, viewer }) =>
    releaseFollowUpEmail(platform, viewer, {
      insightId: readId(insightId, 'Insight', 'insightId'),
    }),
  payload: (t) => ({
    email: t.field({
      type: FollowUpEmail,
      nullable: true,
      description: 'The mail.',
      resolve: (mail) => mail,
    }),
  }),
});
