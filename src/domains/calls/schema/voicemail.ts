// Voicemail: a message that a caller left, and what people did about it.
import { Actor } from '#domains/accounts/index.ts';
import type { Recording as RecordingRow } from '#generated/prisma/client.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { markCalledBack, updateVoicemail } from '../change-voicemail.ts';
import { answeredSince } from '../read-voicemails.ts';
import { recordingsOfCalls } from '../recordings.ts';
import { type CallbackRow, readVoicemails, type VoicemailRow } from '../store-voicemails.ts';
import { Call } from './call.ts';
import { mayListen, Recording } from './recording.ts';
import { CallbackOutcome, VoicemailState } from './words.ts';

/** The recording of a message; with `row` once the caller has left one. */
interface Message {
  recording: RecordingRow;
  row: VoicemailRow | null;
}

const VoicemailCallback = builder.objectRef<CallbackRow>('VoicemailCallback').implement({
  description: 'Somebody called back, as they told it.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When they called.' }),
    by: t.expose('by', { type: Actor, description: 'Who noted it.' }),
    outcome: t.expose('outcome', { type: CallbackOutcome, description: 'What came of it.' }),
    call: t.field({
      type: Call,
      nullable: true,
      description: 'The call in which it happened; null when none was named.',
      resolve: (callback) => callback.linkedCallId,
    }),
  }),
});

const Voicemail = builder.objectRef<Message>('Voicemail').implement({
  description: 'A message that a caller leaves, and what people did about it.',
  fields: (t) => ({
    state: t.field({
      type: VoicemailState,
      nullable: true,
      description:
        'Where it stands; null until it has been left, and when the caller hung up at the beep.',
      resolve: ({ row }) => row?.state ?? null,
    }),
    recording: t.field({
      type: Recording,
      nullable: true,
      description: 'Its sound; null without the right to listen (the role AGENT).',
      resolve: ({ recording }, _args, { viewer }) =>
        mayListen(viewer, recording.companyId) ? recording : null,
    }),
    heardAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was first marked as heard.',
      resolve: ({ row }) => row?.heardAt ?? null,
    }),
    heardBy: t.field({
      type: Actor,
      nullable: true,
      description: 'Who marked it as heard.',
      resolve: ({ row }) => row?.heardBy ?? null,
    }),
    doneAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was settled.',
      resolve: ({ row }) => row?.doneAt ?? null,
    }),
    doneBy: t.field({
      type: Actor,
      nullable: true,
      description: 'Who settled it.',
      resolve: ({ row }) => row?.doneBy ?? null,
    }),
    callbacks: t.field({
      type: [VoicemailCallback],
      description: 'The times that somebody called back, the oldest first; at most 50.',
      resolve: ({ row }) => row?.callbacks ?? [],
    }),
    answeredSince: t.loadable({
      type: Call,
      nullable: true,
      description:
        'The first later call with the same lead that was answered. It settles the message only when somebody says so.',
      load: async (ids: string[], context: Context) => {
        const { platform, viewer } = context;
        const calls = await answeredSince(platform.db, viewer.accountId, ids);
        const loader = Call.getDataloader(context);
        return Promise.all(calls.map((id) => (id === null ? null : loader.load(id))));
      },
      resolve: ({ recording }) => recording.callId,
    }),
  }),
});

builder.objectField(Call, 'voicemail', (t) =>
  t.loadable({
    type: Voicemail,
    nullable: true,
    description: 'The message that the caller leaves or left; null when there is none.',
    load: async (callIds: string[], { platform: { db }, viewer: { accountId } }: Context) => {
      const recordings = await recordingsOfCalls(db, accountId, callIds, 'VOICEMAIL');
      const rows = await readVoicemails(db.prisma, accountId, callIds);
      return callIds.map((id): Message | null => {
        const recording = recordings.find(({ callId }) => callId === id);
        return recording
          ? { recording, row: rows.find(({ callId }) => callId === id) ?? null }
          : null;
      });
    },
    resolve: (call) => call.id,
  }),
);

const callPayload = 'The call as it is now.';

defineMutation('updateVoicemail', {
  description: 'Says where a message stands: new, heard, done.',
  input: (t) => ({
    callId: t.id({ required: true, description: 'The call on which it was left.' }),
    state: t.field({ type: VoicemailState, required: true, description: 'Where it stands.' }),
    ...expectedVersion(t),
  }),
  run: async (input, { platform, viewer }) => {
    const callId = readId(input.callId, 'Call', 'callId');
    return { callId: await updateVoicemail(platform, viewer, { ...input, callId }) };
  },
  payload: (t) => ({
    call: t.field({
      type: Call,
      nullable: true,
      description: callPayload,
      resolve: ({ callId }) => callId,
    }),
  }),
});

defineMutation('markVoicemailCalledBack', {
  description:
    'Notes that somebody called back, as they tell it. REACHED makes the message DONE; any other outcome leaves it open, but no longer NEW.',
  input: (t) => ({
    callId: t.id({ required: true, description: 'The call on which the message was left.' }),
    outcome: t.field({ type: CallbackOutcome, required: true, description: 'What came of it.' }),
    at: t.field({
      type: 'DateTime',
      description: 'When they called, between the message and now; left out: now.',
    }),
    linkedCallId: t.id({
      description: 'The call in which it happened: with the same lead, begun after the message.',
    }),
    ...expectedVersion(t),
    ...idempotencyKey(t),
  }),
  run: async (input, { platform, viewer }) => {
    const { linkedCallId } = input;
    const callId = await markCalledBack(platform, viewer, {
      ...input,
      callId: readId(input.callId, 'Call', 'callId'),
      linkedCallId: readId(linkedCallId, 'Call', 'linkedCallId') ?? null,
    });
    return { callId };
  },
  payload: (t) => ({
    call: t.field({
      type: Call,
      nullable: true,
      description: callPayload,
      resolve: ({ callId }) => callId,
    }),
  }),
});
