// Notes on a lead: written, edited, deleted. What a note said before stays with it until it is deleted.
import { z } from 'zod';
import { answerById, authorize, checkMembers, once } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused, versionConflict } from '#values/refusals.ts';
import { nameActor, seesCompany, type Viewer } from '#values/viewer.ts';
import { changeLead } from './change-lead.ts';
import { deleteNote, insertNote, type NoteRow, readNote, writeNote } from './store-notes.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;

const MAX_CHARACTERS = 10_000;
const MOST_MENTIONED = 20;
const MOST_EDITS = 100;
const text = z
  .string()
  .trim()
  .min(1, 'A note needs a text.')
  .max(MAX_CHARACTERS, `text takes at most ${MAX_CHARACTERS} characters.`);
const mentionedUserIds = z
  .array(z.uuid())
  .max(MOST_MENTIONED, `A note mentions at most ${MOST_MENTIONED} users.`)
  .nullish();

const newShape = z.object({
  leadId: z.uuid(),
  text,
  mentionedUserIds,
  idempotencyKey: z.string().nullish(),
});
const patchShape = z.object({
  noteId: z.uuid(),
  text: text.nullish(),
  mentionedUserIds,
  expectedVersion: z.int().nullish(),
});

/**
 * Writes a note on a lead and appends lead.updated (notes).
 * @param request.mentionedUserIds members who see the lead's company
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, WRONG_STATE (merged into another), IDEMPOTENCY_KEY_CONFLICT
 */
export async function createLeadNote(
  platform: Needs,
  viewer: Viewer,
  request: z.input<typeof newShape>,
): Promise<NoteRow> {
  authorize(viewer, 'leads.annotate');
  const { idempotencyKey: key, ...input } = parseInput(newShape, request);
  const { accountId } = viewer;
  const { leadId } = input;
  const id = newId();
  return once(
    platform,
    viewer,
    { mutation: 'createLeadNote', key, request: input },
    async (tx) => {
      await changeLead(
        tx,
        platform,
        viewer,
        { leadId, verb: 'createLeadNote' },
        async (lead, at) => {
          const { companyId } = lead;
          const mentioned = await readMentioned(
            tx,
            { accountId, companyId },
            input.mentionedUserIds,
          );
          await insertNote(tx, {
            ...{ accountId, id, companyId, leadId, text: input.text, createdAt: at },
            mentionedUserIds: mentioned,
            author: nameActor(viewer.actor),
          });
          return { changes: ['notes'], noteId: id };
        },
      );
      return (await readNote(tx, accountId, id)) as NoteRow;
    },
    answerById('LeadNote', (tx, noteId) => readNote(tx, accountId, noteId)),
  );
}

/**
 * Edits a note; absent and null = unchanged. Its author does, or whoever may change leads.
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, LIMIT_REACHED after 100 edits
 */
export async function updateLeadNote(
  platform: Needs,
  viewer: Viewer,
  request: z.input<typeof patchShape>,
): Promise<NoteRow> {
  authorize(viewer, 'leads.annotate');
  const { noteId, expectedVersion, ...input } = parseInput(patchShape, request);
  return change(platform, viewer, noteId, 'updateLeadNote', async (tx, note, at) => {
    if (expectedVersion != null && expectedVersion !== note.version) {
      throw versionConflict(note.version);
    }
    const said = input.text ?? note.text;
    const mentioned = input.mentionedUserIds
      ? await readMentioned(tx, note, input.mentionedUserIds)
      : note.mentionedUserIds;
    if (said === note.text && String(mentioned) === String(note.mentionedUserIds)) return note;
    if (note.version > MOST_EDITS) {
      const figures = { limit: MOST_EDITS, current: note.version - 1 };
      const message = 'This note was edited too often. Write another.';
      throw policyRefused('LIMIT_REACHED', message, { field: 'noteId', figures });
    }
    const editor = nameActor(viewer.actor);
    return writeNote(tx, note, { text: said, mentionedUserIds: mentioned, editedAt: at, editor });
  });
}

/** Deletes a note with all that it said. Its author does, or whoever may change leads. Throws Forbidden; Refused NOT_FOUND. */
export async function deleteLeadNote(
  platform: Needs,
  viewer: Viewer,
  { noteId }: { noteId: string },
): Promise<{ leadId: string }> {
  authorize(viewer, 'leads.annotate');
  const deleted = await change(platform, viewer, noteId, 'deleteLeadNote', async (tx, note) => {
    await deleteNote(tx, viewer.accountId, noteId);
    return { ...note, version: note.version + 1 };
  });
  return { leadId: deleted.leadId };
}

async function change(
  platform: Needs,
  viewer: Viewer,
  noteId: string,
  verb: string,
  work: (tx: Tx, note: NoteRow, at: Date) => Promise<NoteRow>,
): Promise<NoteRow> {
  const { accountId } = viewer;
  return platform.db.transaction(async (tx) => {
    const seen = await readVisible(tx, viewer, noteId);
    // its lead may be merged, or the note deleted, while the lock is waited for
    const { leadId } = seen;
    let result = seen;
    await changeLead(tx, platform, viewer, { leadId, verb }, async (_lead, at) => {
      const note = await readNote(tx, accountId, noteId);
      if (!note || note.leadId !== leadId) throw notFound('noteId', 'LeadNote');
      if (note.author !== nameActor(viewer.actor)) authorize(viewer, 'leads.update');
      result = await work(tx, note, at);
      return result.version === note.version ? { changes: [] } : { changes: ['notes'], noteId };
    });
    return result;
  });
}

async function readVisible(tx: Tx, viewer: Viewer, noteId: string): Promise<NoteRow> {
  const note = await readNote(tx, viewer.accountId, noteId);
  if (!note || !seesCompany(viewer, note.companyId)) throw notFound('noteId', 'LeadNote');
  return note;
}

async function readMentioned(
  tx: Tx,
  { accountId, companyId }: { accountId: string; companyId: string },
  userIds: readonly string[] | null | undefined,
): Promise<string[]> {
  const wanted = [...new Set(userIds ?? [])].sort();
  await checkMembers(tx, { accountId, companyIds: [companyId] }, wanted, 'mentionedUserIds');
  return wanted;
}
