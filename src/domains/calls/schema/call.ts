// Call: the object and its facts. Later domains add their fields to it (transcript, attribution …).
import { may } from '#domains/accounts/index.ts';
import { Interaction, implementInteraction } from '#domains/interactions/index.ts';
import { Tracker } from '#domains/numbers/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineNode } from '#graphql/node.ts';
import { maskPhoneNumber, ratingClassOf } from '#values/phone-number.ts';
import type { Leg, Step } from '../machine-state.ts';
import { type CallRow, findCalls } from '../read-calls.ts';
import { recordingsOfCalls } from '../recordings.ts';
import { mayListen, Recording } from './recording.ts';
import { CallDirection, CallOutcome, CallState, LegRole, RatingClass } from './words.ts';

const CallLeg = builder.objectRef<Leg & { role: 'CALLER' | 'DESTINATION' }>('CallLeg').implement({
  description: 'One line of a call: the caller’s, or the one to the business.',
  fields: (t) => ({
    role: t.expose('role', { type: LegRole, description: 'Whose line.' }),
    startedAt: t.field({
      type: 'DateTime',
      description: 'When it began to ring.',
      resolve: (leg) => new Date(leg.startedAt),
    }),
    answeredAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was picked up.',
      resolve: (leg) => dateOf(leg.answeredAt),
    }),
    endedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ended.',
      resolve: (leg) => dateOf(leg.endedAt),
    }),
    cause: t.exposeString('cause', {
      nullable: true,
      description: 'Why it ended, in the carrier’s word: normal_clearing, user_busy, timeout ….',
    }),
  }),
});

const CallStep = builder.objectRef<Step>('CallStep').implement({
  description: 'One step of a call’s way: ring, greeting, dial, whisper, bridge, talk, voicemail.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What was done.' }),
    startedAt: t.field({
      type: 'DateTime',
      description: 'When it began.',
      resolve: (step) => new Date(step.startedAt),
    }),
    endedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null while it goes on.',
      resolve: (step) => dateOf(step.endedAt),
    }),
    outcome: t.exposeString('outcome', { nullable: true, description: 'How it ended.' }),
  }),
});

export const Call = defineNode<CallRow>('Call', (ids, { platform, viewer }) =>
  findCalls(platform.db, viewer, ids),
);

Call.implement({
  description: 'A telephone call to or from a tracking number.',
  interfaces: [Interaction],
  fields: (t) => ({
    direction: t.expose('direction', { type: CallDirection, description: 'Who called whom.' }),
    state: t.expose('state', { type: CallState, description: 'Where it stands.' }),
    outcome: t.expose('outcome', {
      type: CallOutcome,
      nullable: true,
      description: 'What it came to; null until it has ended.',
    }),
    ratingClass: t.field({
      type: RatingClass,
      description:
        'Whether the call, its forwarding included, is of the unlimited class or metered.',
      resolve: (call) => ratingClassOf([call.from, call.to, call.machine.plan.destination]),
    }),
    from: t.field({
      type: 'PhoneNumber',
      nullable: true,
      description:
        'The caller’s number: null when withheld, masked without the scope PERSONAL_READ.',
      resolve: (call, _args, { viewer }) => {
        if (call.from === null || may(viewer, 'personal.read', call.companyId)) return call.from;
        return maskPhoneNumber(call.from);
      },
    }),
    to: t.expose('to', { type: 'PhoneNumber', description: 'The number that was dialled.' }),
    tracker: t.field({
      type: Tracker,
      nullable: true,
      description: 'The tracker that the number belongs to; null without the scope NUMBERS_READ.',
      resolve: (call) => call.trackerId,
    }),
    startedAt: t.field({
      type: 'DateTime',
      description: 'When the call reached the tracking number.',
      resolve: (call) => call.occurredAt,
    }),
    answeredAt: t.expose('answeredAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When caller and business were connected.',
    }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the caller’s line ended.',
    }),
    durationSeconds: t.int({
      nullable: true,
      description: 'From ring to end, in whole seconds; null until it has ended.',
      resolve: (call) => seconds(call.occurredAt, call.endedAt),
    }),
    ringSeconds: t.int({
      nullable: true,
      description: 'How long the business’s phone rang; null when it never did.',
      resolve: ({ machine: { destination } }) =>
        destination &&
        seconds(
          new Date(destination.startedAt),
          dateOf(destination.answeredAt ?? destination.endedAt),
        ),
    }),
    talkSeconds: t.int({
      nullable: true,
      description: 'How long caller and business were connected; null unless answered and ended.',
      resolve: (call) => (call.answeredAt ? seconds(call.answeredAt, call.endedAt) : null),
    }),
    firstCall: t.exposeBoolean('firstCall', {
      description: 'The first call of this number to this company; false when it was withheld.',
    }),
    priorCalls: t.exposeInt('priorCalls', {
      description: 'Calls of this number to this company before this one.',
    }),
    spam: t.exposeBoolean('spam', { description: 'Marked as spam.' }),
    legs: t.field({
      type: [CallLeg],
      description: 'Its lines, the caller’s first.',
      resolve: ({ machine: { caller, destination } }) => [
        { ...caller, role: 'CALLER' as const },
        ...(destination ? [{ ...destination, role: 'DESTINATION' as const }] : []),
      ],
    }),
    steps: t.field({
      type: [CallStep],
      description: 'The way that it took, in time.',
      resolve: (call) => call.machine.steps,
    }),
    recording: t.loadable({
      type: Recording,
      nullable: true,
      description:
        'The recording of the conversation; null when there is none, or without the right to listen (the role AGENT).',
      load: async (ids: string[], { platform, viewer }: Context) => {
        const rows = await recordingsOfCalls(platform.db, viewer.accountId, ids, 'CALL');
        return ids.map((id) => rows.find(({ callId }) => callId === id) ?? null);
      },
      resolve: (call, _args, { viewer }) => (mayListen(viewer, call.companyId) ? call.id : null),
    }),
  }),
});

implementInteraction('CALL', Call);

function dateOf(iso: string | null): Date | null {
  return iso === null ? null : new Date(iso);
}

function seconds(from: Date, to: Date | null): number | null {
  return to && Math.max(0, Math.round((to.getTime() - from.getTime()) / 1_000));
}
