// LeadNote, the notes of a lead, and their changes.
import { Actor, may } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import type { Context } from '#graphql/context.ts';
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { defineNode } from '#graphql/node.ts';
import { readId, readIds } from '#graphql/read-id.ts';
import { createLeadNote, deleteLeadNote, updateLeadNote } from '../change-note.ts';
import { countNotes, editsOf, findNotes, listNotes, type NoteEditRow } from '../read-notes.ts';
import { Lead } from './refs.ts';

const HIDDEN = '•••';

export const LeadNote = defineNode('LeadNote', (ids, { platform, viewer }) =>
  findNotes(platform, viewer, ids),
);

const LeadNoteEdit = builder.objectRef<NoteEditRow>('LeadNoteEdit').implement({
  description: 'What a note said before it was edited.',
  fields: (t) => ({
    text: t.string({
      description: 'What it said; masked without the scope PERSONAL_READ.',
      resolve: ({ text }, _args, { viewer }) => (may(viewer, 'personal.read') ? text : HIDDEN),
    }),
    editedAt: t.expose('editedAt', { type: 'DateTime', description: 'When it was changed.' }),
    editedBy: t.field({
      type: Actor,
      description: 'Who changed it.',
      resolve: ({ editor }) => editor,
    }),
  }),
});

LeadNote.implement({
  description: 'What somebody wrote on a lead.',
  fields: (t) => ({
    lead: t.field({
      type: Lead,
      nullable: true,
      description: 'The lead that it is on.',
      resolve: ({ leadId }) => leadId,
    }),
    text: t.string({
      description: 'What it says; masked without the scope PERSONAL_READ.',
      resolve: ({ text, companyId }, _args, { viewer }) =>
        may(viewer, 'personal.read', companyId) ? text : HIDDEN,
    }),
    mentions: t.field({
      type: [Actor],
      description: 'The users who are to see it.',
      extensions: { listSize: 2 },
      resolve: ({ mentionedUserIds }) => mentionedUserIds.map((id) => `user:${id}`),
    }),
    author: t.field({
      type: Actor,
      description: 'Who wrote it.',
      resolve: ({ author }) => author,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was written.' }),
    editedAt: t.expose('editedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last edited; null = never.',
    }),
    edits: t.loadableList({
      type: LeadNoteEdit,
      description: 'What it said before, newest first; at most 100.',
      load: (ids: string[], { platform, viewer }: Context) => editsOf(platform, viewer, ids),
      resolve: ({ id }) => id,
    }),
    version: t.exposeInt('version', { description: 'Rises with every edit.' }),
  }),
});

const LeadNoteConnection = defineConnection(LeadNote, 'LeadNote');

builder.objectFields(Lead, (t) => ({
  notes: t.field({
    type: LeadNoteConnection,
    description: 'What people wrote on it, newest first.',
    args: pageArgs(t),
    resolve: ({ id }, page, { platform, viewer }) =>
      readPage(page, {
        rows: (want) => listNotes(platform, viewer, id, want),
        count: (cap) => countNotes(platform, viewer, id, cap),
        sortValue: (note) => note.createdAt.toISOString(),
      }),
  }),
}));

defineMutation('createLeadNote', {
  description: 'Writes a note on a lead.',
  input: (t) => ({
    leadId: t.id({ required: true, description: 'Which lead.' }),
    text: t.string({ required: true, description: 'What it says: 1 to 10,000 characters.' }),
    mentionedUserIds: t.idList({
      description: 'Users who are to see it, who see the lead’s company; at most 20.',
    }),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    createLeadNote(platform, viewer, {
      ...input,
      leadId: readId(input.leadId, 'Lead', 'leadId'),
      mentionedUserIds: readIds(input.mentionedUserIds, 'User', 'mentionedUserIds'),
    }),
  payload: (t) => ({
    note: t.field({
      type: LeadNote,
      nullable: true,
      description: 'The note.',
      resolve: ({ id }) => id,
    }),
  }),
});

defineMutation('updateLeadNote', {
  description:
    'Edits a note; what it said stays readable in `edits`. Left out = unchanged. Notes of others take the right to change leads.',
  input: (t) => ({
    noteId: t.id({ required: true, description: 'Which note.' }),
    text: t.string({ description: 'What it says from now on: 1 to 10,000 characters.' }),
    mentionedUserIds: t.idList({ description: 'Users who are to see it; at most 20.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    updateLeadNote(platform, viewer, {
      ...input,
      noteId: readId(input.noteId, 'LeadNote', 'noteId'),
      mentionedUserIds: readIds(input.mentionedUserIds, 'User', 'mentionedUserIds'),
    }),
  payload: (t) => ({
    note: t.field({
      type: LeadNote,
      nullable: true,
      description: 'The note as it is now.',
      resolve: ({ id }) => id,
    }),
  }),
});

defineMutation('deleteLeadNote', {
  description:
    'Deletes a note with all that it said. Notes of others take the right to change leads.',
  input: (t) => ({ noteId: t.id({ required: true, description: 'Which note.' }) }),
  run: ({ noteId }, { platform, viewer }) =>
    deleteLeadNote(platform, viewer, { noteId: readId(noteId, 'LeadNote', 'noteId') }),
  payload: (t) => ({
    lead: t.field({
      type: Lead,
      nullable: true,
      description: 'The lead that it was on.',
      resolve: ({ leadId }) => leadId,
    }),
  }),
});
