// The tables lead_note and lead_note_edit: the only place that writes them.
import type { LeadNote } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';

export type NoteRow = LeadNote;

/** One note of the account, or null. */
export function readNote(tx: Tx, accountId: string, id: string): Promise<NoteRow | null> {
  return tx.leadNote.findUnique({ where: { accountId_id: { accountId, id } } });
}

/** Writes a new note. */
export function insertNote(
  tx: Tx,
  row: Omit<NoteRow, 'version' | 'editedAt' | 'ownLeadId'>,
): Promise<NoteRow> {
  return tx.leadNote.create({ data: row });
}

/** Writes what a note says from now on, and keeps what it said. */
export async function writeNote(
  tx: Tx,
  { accountId, id, version, text: before }: NoteRow,
  now: { text: string; mentionedUserIds: string[]; editedAt: Date; editor: string },
): Promise<NoteRow> {
  const { editor, ...fields } = now;
  const { editedAt } = fields;
  await tx.leadNoteEdit.create({
    data: { accountId, noteId: id, version, text: before, editor, editedAt },
  });
  return tx.leadNote.update({
    where: { accountId_id: { accountId, id } },
    data: { ...fields, version: version + 1 },
  });
}

/** Deletes a note with all that it said. */
export async function deleteNote(tx: Tx, accountId: string, id: string): Promise<void> {
  await tx.leadNote.delete({ where: { accountId_id: { accountId, id } } });
}
