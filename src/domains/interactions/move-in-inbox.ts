// What people do with interactions in the inbox: move them, put them off, hand them on, mark them read.
import { z } from 'zod';
import { audit, authorize, checkMembers } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput, notFound } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { announceChanges } from './announce-changes.ts';
import { CHANNELS, channelsOf } from './channels.ts';
import { type InboxRow, readInbox, writeAnswered, writeInbox, writeReads } from './store-inbox.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;

const MOST_AT_ONCE = 100;
/** put off for longer, it is forgotten */
const MOST_SNOOZED_MS = 366 * 24 * 3_600_000;

const ids = z
  .array(z.uuid())
  .min(1, 'interactionIds takes at least one.')
  .max(MOST_AT_ONCE, `interactionIds takes at most ${MOST_AT_ONCE} at once.`);
const moveShape = z.object({
  interactionIds: ids,
  state: z.enum(['ACTIVE', 'REVIEWED', 'SNOOZED']),
  snoozedUntil: z.date().nullish(),
});
const assignShape = z.object({ interactionIds: ids, assigneeId: z.uuid().nullable() });
const readShape = z.object({ interactionIds: ids, isRead: z.boolean() });

/**
 * Moves interactions, all or none; those that stand there already are left alone. What is REVIEWED counts as answered.
 * @param request.snoozedUntil of SNOOZED: when they are ACTIVE again; in the future, at most a year ahead
 * @returns the ids. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND.
 */
export async function moveInteractions(
  platform: Needs,
  viewer: Viewer,
  request: z.input<typeof moveShape>,
): Promise<string[]> {
  authorize(viewer, 'inbox.update');
  const { interactionIds, state, snoozedUntil: until } = parseInput(moveShape, request);
  return change(platform, viewer, interactionIds, 'moveInteractions', async (tx, rows, at) => {
    const snoozedUntil = readSnooze(state, until ?? null, at);
    const isThere = (row: InboxRow) =>
      row.inboxState === state && row.snoozedUntil?.getTime() === snoozedUntil?.getTime();
    const changed = rows.filter((row) => !isThere(row));
    if (state === 'REVIEWED') {
      const moved = changed.map(({ id }) => id);
      await writeAnswered(tx, viewer.accountId, moved, at);
    }
    return { changed, fields: { inboxState: state, snoozedUntil }, changes: ['inbox'] };
  });
}

/**
 * Hands interactions to a member who sees their company, or (null) to nobody.
 * @returns the ids. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND.
 */
export async function assignInteractions(
  platform: Needs,
  viewer: Viewer,
  request: z.input<typeof assignShape>,
): Promise<string[]> {
  authorize(viewer, 'inbox.update');
  const { interactionIds, assigneeId } = parseInput(assignShape, request);
  const { accountId } = viewer;
  return change(platform, viewer, interactionIds, 'assignInteractions', async (tx, rows) => {
    for (const companyId of new Set(rows.map((row) => row.companyId))) {
      if (assigneeId) await checkMembers(tx, { accountId, companyId }, [assigneeId], 'assigneeId');
    }
    return {
      changed: rows.filter((row) => row.assigneeId !== assigneeId),
      fields: { assigneeId },
      changes: ['assignee'],
    };
  });
}

/**
 * Marks interactions read or unread, for the asking person alone.
 * @returns the ids. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND.
 */
export async function markInteractionsRead(
  { db, clock }: Needs,
  viewer: Viewer,
  request: z.input<typeof readShape>,
): Promise<string[]> {
  authorize(viewer, 'inbox.markRead');
  const { interactionIds, isRead } = parseInput(readShape, request);
  const { accountId, actor } = viewer;
  return db.transaction(async (tx) => {
    await readVisible(tx, viewer, interactionIds);
    const readAt = isRead ? clock.now(accountId) : null;
    await writeReads(tx, { accountId, userId: actor.id }, interactionIds, readAt);
    return interactionIds;
  });
}

function readSnooze(state: InboxRow['inboxState'], until: Date | null, now: Date): Date | null {
  if (state !== 'SNOOZED') {
    if (until) throw invalidInput('snoozedUntil', 'Only SNOOZED takes snoozedUntil.');
    return null;
  }
  const ahead = (until?.getTime() ?? 0) - now.getTime();
  if (until && ahead > 0 && ahead <= MOST_SNOOZED_MS) return until;
  throw invalidInput('snoozedUntil', 'SNOOZED takes a time in the future, at most a year ahead.');
}

interface Wanted {
  changed: InboxRow[];
  fields: Parameters<typeof writeInbox>[3];
  changes: string[];
}

async function change(
  platform: Needs,
  viewer: Viewer,
  given: readonly string[],
  verb: string,
  work: (tx: Tx, rows: InboxRow[], at: Date) => Promise<Wanted>,
): Promise<string[]> {
  const { accountId } = viewer;
  const interactionIds = [...new Set(given)];
  await platform.db.transaction(async (tx) => {
    const seen = await readVisible(tx, viewer, interactionIds);
    const subjects = seen.map(({ id, kind }) => CHANNELS[kind].subject(id));
    await platform.events.lock(tx, accountId, subjects);
    const rows = await readVisible(tx, viewer, interactionIds);
    const { changed, fields, changes } = await work(tx, rows, platform.clock.now(accountId));
    if (changed.length === 0) return;
    await writeAndTell(tx, platform, accountId, changed, fields, changes);
    await audit(tx, viewer, platform.clock, {
      action: verb,
      subject: `account:${accountId}`,
      after: { ...fields, interactionIds: changed.map(({ id }) => id) },
    });
  });
  return interactionIds;
}

/** Writes fields of interactions and tells of each. The caller holds their locks. */
export async function writeAndTell(
  tx: Tx,
  platform: Pick<Platform, 'events' | 'clock'>,
  accountId: string,
  rows: readonly InboxRow[],
  fields: Parameters<typeof writeInbox>[3],
  changes: string[],
): Promise<void> {
  const written = await writeInbox(
    tx,
    accountId,
    rows.map(({ id }) => id),
    fields,
  );
  for (const [companyId, own] of Map.groupBy(rows, (row) => row.companyId)) {
    const told = written.filter(({ id }) => own.some((row) => row.id === id));
    await announceChanges(
      tx,
      platform,
      { accountId, companyId },
      told.map((one) => ({ ...one, changes })),
    );
  }
}

async function readVisible(
  tx: Tx,
  viewer: Viewer,
  interactionIds: readonly string[],
): Promise<InboxRow[]> {
  const kinds = channelsOf(viewer);
  const rows = await readInbox(tx, viewer.accountId, interactionIds);
  const seen = rows.filter(
    ({ kind, companyId }) => kinds.includes(kind) && seesCompany(viewer, companyId),
  );
  if (seen.length < new Set(interactionIds).size) throw notFound('interactionIds', 'interaction');
  return seen;
}
