// Reads the notes on leads that a viewer may see, and what they said before.
import { authorize, may } from '#domains/accounts/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import type { NoteRow } from './store-notes.ts';

/** One page of a lead's notes, newest first. The lead is one that the viewer was shown. Throws Forbidden. */
export function listNotes(
  { db }: { db: Db },
  viewer: Viewer,
  leadId: string,
  want: { limit: number; after: RowKey | null },
): Promise<NoteRow[]> {
  authorize(viewer, 'leads.read');
  const after = whereAfter('createdAt', 'desc', want.after, readDate);
  return db.prisma.leadNote.findMany({
    where: { AND: [{ accountId: viewer.accountId, leadId }, after] },
    orderBy: orderByKey('createdAt', 'desc'),
    take: want.limit,
  });
}

/** How many notes a lead has, counted up to `cap`. */
export function countNotes(
  { db }: { db: Db },
  { accountId }: Viewer,
  leadId: string,
  cap: number,
): Promise<number> {
  return db.prisma.leadNote.count({ where: { accountId, leadId }, take: cap });
}

/** The notes with these ids that the viewer may see, in any order. */
export async function findNotes(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<NoteRow[]> {
  if (!may(viewer, 'leads.read')) return [];
  const { accountId, companyIds } = viewer;
  return db.prisma.leadNote.findMany({
    where: {
      accountId,
      id: { in: [...ids] },
      ...(companyIds && { companyId: { in: [...companyIds] } }),
    },
  });
}

/** What a note said before. */
export interface NoteEditRow {
  text: string;
  editor: string;
  editedAt: Date;
}

/** What each of these notes said before, newest first, in the order of the ids; the ids are of notes that were read. */
export async function editsOf(
  { db }: { db: Db },
  { accountId }: Viewer,
  noteIds: readonly string[],
): Promise<NoteEditRow[][]> {
  const rows = await db.prisma.leadNoteEdit.findMany({
    where: { accountId, noteId: { in: [...noteIds] } },
    orderBy: { version: 'desc' },
    select: { noteId: true, text: true, editor: true, editedAt: true },
  });
  return noteIds.map((id) => rows.filter(({ noteId }) => noteId === id));
}
