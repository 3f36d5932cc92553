// What people do with interactions in the inbox: move them, put them off, alone or all of a lead, hand them on, mark them
// read.
import { z } from 'zod';
import { audit, authorize, checkMembers } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { announceChanges } from './announce-changes.ts';
import { CHANNELS, channelsOf } from './channels.ts';
import { readOpen } from './read-open.ts';
import { readSnooze } from './read-snooze.ts';
import { type InboxRow, readInbox, writeAnswered, writeInbox, writeReads } from './store-inbox.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;

const MOST_AT_ONCE = 100;

const ids = z
  .array(z.uuid())
  .min(1, 'interactionIds takes at least one.')
  .max(MOST_AT_ONCE, `interactionIds takes at most ${MOST_AT_ONCE} at once.`);
const place = {
  state: z.enum(['ACTIVE', 'REVIEWED', 'SNOOZED']),
  snoozedUntil: z.date().nullish(),
};
const moveShape = z.object({ interactionIds: ids, ...place });
const moveLeadShape = z.object({ leadId: z.uuid(), ...place });
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
  const { interactionIds, ...to } = parseInput(moveShape, request);
  const find = (tx: Tx) => readVisible(tx, viewer, interactionIds);
  await change(platform, viewer, find, 'moveInteractions', moveTo(viewer, to));
  return [...new Set(interactionIds)];
}

/**
 * Moves all of a lead that is not REVIEWED, of the channels that the viewer reads: a person is put off as a whole. What
 * arrives from them later is ACTIVE like anything that arrives.
 * @param request.snoozedUntil as in moveInteractions
 * @returns the lead's id. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, WRONG_STATE (merged into another, or more than 1,000 wait).
 */
export async function moveLead(
  platform: Needs,
  viewer: Viewer,
  request: z.input<typeof moveLeadShape>,
): Promise<string> {
  authorize(viewer, 'inbox.update');
  const { leadId, ...to } = parseInput(moveLeadShape, request);
  const find = (tx: Tx) => readOpen(tx, viewer, leadId);
  await change(platform, viewer, find, 'moveLead', moveTo(viewer, to));
  return leadId;
}

function moveTo(
  viewer: Viewer,
  { state, snoozedUntil: until }: Pick<z.output<typeof moveShape>, 'state' | 'snoozedUntil'>,
): Work {
  return async (tx, rows, at) => {
    const snoozedUntil = readSnooze(state, until ?? null, at);
    const isThere = (row: InboxRow) =>
      row.inboxState === state && row.snoozedUntil?.getTime() === snoozedUntil?.getTime();
    const changed = rows.filter((row) => !isThere(row));
    if (state === 'REVIEWED') {
      const moved = changed.map(({ id }) => id);
      await writeAnswered(tx, viewer.accountId, moved, at);
    }
    return { changed, fields: { inboxState: state, snoozedUntil }, changes: ['inbox'] };
  };
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
  const find = (tx: Tx) => readVisible(tx, viewer, interactionIds);
  await change(platform, viewer, find, 'assignInteractions', handTo(viewer, assigneeId));
  return [...new Set(interactionIds)];
}

/**
 * Hands one interaction on in a transaction of the caller, which has either not written yet or holds the interaction's lock.
 * @throws Forbidden; Refused NOT_FOUND: nothing is written then
 */
export async function assignInteractionIn(
  tx: Tx,
  platform: Pick<Platform, 'events' | 'clock'>,
  viewer: Viewer,
  { interactionId, assigneeId }: { interactionId: string; assigneeId: string },
): Promise<void> {
  authorize(viewer, 'inbox.update');
  const find = () => readVisible(tx, viewer, [interactionId]);
  const work = handTo(viewer, assigneeId);
  await changeIn(tx, platform, viewer, find, 'assignInteractions', work);
}

const handTo =
  ({ accountId }: Viewer, assigneeId: string | null): Work =>
  async (tx, rows) => {
    for (const companyId of new Set(rows.map((row) => row.companyId))) {
      if (assigneeId)
        await checkMembers(tx, { accountId, companyIds: [companyId] }, [assigneeId], 'assigneeId');
    }
    return {
      changed: rows.filter((row) => row.assigneeId !== assigneeId),
      fields: { assigneeId },
      changes: ['assignee'],
    };
  };

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

interface Wanted {
  changed: InboxRow[];
  fields: Parameters<typeof writeInbox>[3];
  changes: string[];
}

type Work = (tx: Tx, rows: InboxRow[], at: Date) => Promise<Wanted>;

async function change(
  platform: Needs,
  viewer: Viewer,
  find: (tx: Tx) => Promise<InboxRow[]>,
  verb: string,
  work: Work,
): Promise<void> {
  await platform.db.transaction((tx) => changeIn(tx, platform, viewer, find, verb, work));
}

async function changeIn(
  tx: Tx,
  platform: Pick<Platform, 'events' | 'clock'>,
  viewer: Viewer,
  find: (tx: Tx) => Promise<InboxRow[]>,
  verb: string,
  work: Work,
): Promise<void> {
  const { accountId } = viewer;
  const seen = await find(tx);
  const subjects = seen.map(({ id, kind }) => CHANNELS[kind].subject(id));
  await platform.events.lock(tx, accountId, subjects);
  // what has come meanwhile is not locked, and came later than what was asked for
  const rows = (await find(tx)).filter(({ id }) => seen.some((one) => one.id === id));
  const { changed, fields, changes } = await work(tx, rows, platform.clock.now(accountId));
  if (changed.length === 0) return;
  await writeAndTell(tx, platform, accountId, changed, fields, changes);
  await audit(tx, viewer, platform.clock, {
    action: verb,
    subject: `account:${accountId}`,
    after: { ...fields, interactionIds: changed.map(({ id }) => id) },
  });
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
