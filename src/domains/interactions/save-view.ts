// A filter of the inbox is given a name, kept for oneself or shared with the account, changed and deleted.
import { z } from 'zod';
import {
  answerById,
  audit,
  authorize,
  authorizeCompanies,
  checkMembers,
  once,
} from '#domains/accounts/index.ts';
import { checkFilter } from '#domains/numbers/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput, patched } from '#values/parse-input.ts';
import { invalidInput, notFound, policyRefused, versionConflict } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { inboxFilterShape } from './inbox-filter.ts';
import { MOST_VIEWS, seesView } from './read-views.ts';
import { countViews, dropView, readView, saveView, type ViewRow } from './store-views.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;

const error = 'name takes 1 to 100 characters.';
const nameShape = z.string(error).trim().min(1, error).max(100, error);
const newShape = z.object({
  name: nameShape,
  filter: inboxFilterShape,
  isShared: z.boolean().nullish(),
  idempotencyKey: z.string().nullish(),
});
const target = z.object({ savedViewId: z.uuid(), expectedVersion: z.int().nullish() });
const patchShape = target.extend({
  name: patched('name', nameShape),
  filter: patched('filter', inboxFilterShape),
  isShared: patched('isShared', z.boolean()),
});

/** held while views are counted, so that two that are made at once do not pass the limit together */
const VIEWS_SUBJECT = 'saved-views';

/**
 * Saves a view.
 * @param request.isShared with everybody of the account who sees its companies; keys share always
 * @throws Forbidden, also for sharing without the right; Refused INVALID_INPUT, NOT_FOUND (company, tracker, user),
 *   LIMIT_REACHED (50 of one's own, 50 shared), IDEMPOTENCY_KEY_CONFLICT
 */
export async function createSavedView(
  { db, events, clock }: Needs,
  viewer: Viewer,
  request: z.input<typeof newShape>,
): Promise<ViewRow> {
  authorize(viewer, 'savedViews.write');
  const { idempotencyKey: key, ...asked } = parseInput(newShape, request);
  const { accountId, actor } = viewer;
  const { name, filter } = asked;
  return once(
    { db, clock },
    viewer,
    { mutation: 'createSavedView', key, request: asked },
    async (tx) => {
      await events.lock(tx, accountId, [VIEWS_SUBJECT]);
      const row: ViewRow = {
        ...{ accountId, id: newId(), madeBy: nameActor(actor), name, filter, version: 1 },
        isShared: asked.isShared ?? actor.kind !== 'user',
        companyIds: filter.companyIds ?? [],
        createdAt: clock.now(accountId),
      };
      await checkFilter(tx, viewer, filter);
      await checkMembers(tx, viewer, filter.assigneeIds ?? [], ['filter', 'assigneeIds']);
      await checkSharing(tx, viewer, row);
      await checkRoom(tx, row);
      await saveView(tx, row);
      await audit(tx, viewer, clock, {
        action: 'createSavedView',
        subject: `savedView:${row.id}`,
        after: { isShared: row.isShared },
      });
      return row;
    },
    answerById('SavedView', (tx, id) => readView(tx, accountId, id)),
  );
}

/**
 * Changes a view: one's own, or a shared one with the right to share. A filter replaces the one before.
 * @returns the view as it stands. Throws Forbidden; Refused as above, and VERSION_CONFLICT.
 */
export async function updateSavedView(
  { db, events, clock }: Needs,
  viewer: Viewer,
  request: z.input<typeof patchShape>,
): Promise<ViewRow> {
  authorize(viewer, 'savedViews.write');
  const { savedViewId: id, expectedVersion, ...patch } = parseInput(patchShape, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [VIEWS_SUBJECT]);
    const was = await take(tx, viewer, id, expectedVersion);
    const filter = patch.filter ?? was.filter;
    const row: ViewRow = {
      ...was,
      ...{ name: patch.name ?? was.name, filter, companyIds: filter.companyIds ?? [] },
      ...{ isShared: patch.isShared ?? was.isShared, version: was.version + 1 },
    };
    // what is shared no more is its maker's again
    if (patch.filter) {
      await checkFilter(tx, viewer, filter);
      await checkMembers(tx, viewer, filter.assigneeIds ?? [], ['filter', 'assigneeIds']);
    }
    await checkSharing(tx, viewer, row);
    if (row.isShared !== was.isShared) await checkRoom(tx, row);
    await saveView(tx, row);
    await audit(tx, viewer, clock, {
      action: 'updateSavedView',
      subject: `savedView:${id}`,
      before: { version: was.version, isShared: was.isShared },
      after: { version: row.version, isShared: row.isShared },
    });
    return row;
  });
}

/** Deletes a view, under the same rights. Returns it as it was. Throws as above. */
export async function deleteSavedView(
  { db, events, clock }: Needs,
  viewer: Viewer,
  request: z.input<typeof target>,
): Promise<ViewRow> {
  authorize(viewer, 'savedViews.write');
  const { savedViewId: id, expectedVersion } = parseInput(target, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [VIEWS_SUBJECT]);
    const was = await take(tx, viewer, id, expectedVersion);
    await dropView(tx, accountId, id);
    await audit(tx, viewer, clock, { action: 'deleteSavedView', subject: `savedView:${id}` });
    return was;
  });
}

async function take(
  tx: Tx,
  viewer: Viewer,
  id: string,
  expectedVersion: number | null | undefined,
): Promise<ViewRow> {
  const row = await readView(tx, viewer.accountId, id);
  if (!row || !seesView(viewer, row)) throw notFound('savedViewId', 'SavedView');
  if (row.isShared) authorizeCompanies(viewer, 'savedViews.share', row.companyIds);
  if (expectedVersion != null && expectedVersion !== row.version) {
    throw versionConflict(row.version);
  }
  return row;
}

async function checkSharing(tx: Tx, viewer: Viewer, row: ViewRow): Promise<void> {
  const { isShared, companyIds, filter, madeBy } = row;
  if (isShared) authorizeCompanies(viewer, 'savedViews.share', row.companyIds);
  else if (!madeBy.startsWith('user:')) {
    throw invalidInput('isShared', 'Views that keys made are shared: a key has no inbox.');
  }
  const { trackerIds } = filter;
  if (!isShared || !trackerIds) return;
  const where = { accountId: row.accountId, id: { in: trackerIds } };
  const trackers = await tx.tracker.findMany({ where, select: { companyId: true } });
  if (trackers.every(({ companyId }) => companyIds.includes(companyId))) return;
  const message = 'A shared view with trackers names their companies: they are who sees it.';
  throw invalidInput(['filter', 'companyIds'], message);
}

async function checkRoom(tx: Tx, row: ViewRow): Promise<void> {
  const current = await countViews(tx, row);
  if (current < MOST_VIEWS) return;
  const whose = row.isShared ? 'An account shares' : 'A person has';
  const message = `${whose} at most ${MOST_VIEWS} views. Delete one, or change one.`;
  throw policyRefused('LIMIT_REACHED', message, { figures: { limit: MOST_VIEWS, current } });
}
