// The words of a transcript as people correct them: editTranscriptSegment, and what stood there before.
import { Actor, may } from '#domains/accounts/index.ts';
import type { TranscriptRevision as RevisionRow } from '#generated/prisma/client.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { editTranscriptSegment, MAX_SEGMENT_CHARACTERS } from '../edits/edit-transcript-segment.ts';
import { countRevisions, findTranscripts, listRevisions } from '../read-transcripts.ts';
import { readSegmentId, segmentId } from '../segment-id.ts';
import { Transcript } from './transcript.ts';

const TranscriptRevision = builder.objectRef<RevisionRow>('TranscriptRevision').implement({
  description: 'A segment as it was before a person changed it, and after.',
  fields: (t) => ({
    segmentId: t.id({ description: 'Which segment.', resolve: segmentId }),
    before: t.exposeString('before', { description: 'What it said before, redacted.' }),
    after: t.exposeString('after', { description: 'What it said then, redacted.' }),
    editedBy: t.field({
      type: Actor,
      description: 'Who changed it.',
      resolve: (row) => row.editedBy,
    }),
    editedAt: t.expose('editedAt', { type: 'DateTime', description: 'When.' }),
  }),
});

const RevisionConnection = defineConnection(TranscriptRevision, 'TranscriptRevision');

builder.objectFields(Transcript, (t) => ({
  revisions: t.field({
    type: RevisionConnection,
    nullable: true,
    description:
      'What people have changed, newest first; null without the right to edit transcripts (CALLS_WRITE). Empty while something is being hidden in it after an edit (`redactionVersion` 0).',
    args: pageArgs(t),
    resolve: ({ id }, page, { platform, viewer }) =>
      // who sees the call sees its company
      may(viewer, 'transcripts.edit')
        ? readPage(page, {
            rows: (want) => listRevisions(platform.db, viewer.accountId, id, want),
            count: (cap) => countRevisions(platform.db, viewer.accountId, id, cap),
            sortValue: (row) => row.editedAt.toISOString(),
          })
        : null,
  }),
}));

defineMutation('editTranscriptSegment', {
  description:
    'Corrects what a segment says. The new words are redacted like those of the engine, and so is whatever they make known as a number elsewhere: what is hidden so is taken out of the sound too, for good, which is FORBIDDEN to whoever may not delete recordings (`deleteRecording`). Else the sound stays as it is. What it said before stays readable in `Transcript.revisions`. Insights are drawn anew from the new words: tasks that say the same keep what people put to them, insights what people said of them (`updateInsight`), a draft of a mail is written again. Words that are the same change nothing.',
  input: (t) => ({
    segmentId: t.id({ required: true, description: 'Which segment, by its `id`.' }),
    text: t.string({
      required: true,
      description: `What was said: 1 to ${MAX_SEGMENT_CHARACTERS} characters.`,
    }),
    ...idempotencyKey(t),
    ...expectedVersion(t),
  }),
  run: async ({ segmentId: id, ...input }, { platform, viewer }) => ({
    id: await editTranscriptSegment(platform, viewer, {
      ...readSegmentId(id, 'segmentId'),
      ...input,
    }),
  }),
  payload: (t) => ({
    transcript: t.field({
      type: Transcript,
      nullable: true,
      description: 'The transcript as it is now.',
      resolve: async ({ id }, _args, { platform, viewer }) =>
        (await findTranscripts(platform.db, viewer.accountId, [id]))[0] ?? null,
    }),
  }),
});
