// A search of transcripts is kept, changed and deleted. While it is kept, what it finds is told (ask-searches.ts).
import { z } from 'zod';
import { answerById, audit, authorize, authorizeCompanies, once } from '#domains/accounts/index.ts';
import { checkFilter } from '#domains/numbers/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput, patched } from '#values/parse-input.ts';
import { notFound, policyRefused, versionConflict } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { readRequest } from '../search-transcripts.ts';
import { MOST_SEARCHES, seesSearch } from './read-searches.ts';
import { searchFilterShape, searchNameShape } from './search-shape.ts';
import {
  countSearches,
  dropSearch,
  readSearch,
  type SearchRow,
  storeSearch,
} from './store-searches.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;

const newShape = z.object({
  name: searchNameShape,
  // not trimmed: a space behind the last word says that it is whole
  query: z.string(),
  filter: searchFilterShape,
  idempotencyKey: z.string().nullish(),
});
const target = z.object({ savedSearchId: z.uuid(), expectedVersion: z.int().nullish() });
const patchShape = target.extend({
  name: patched('name', searchNameShape),
  query: patched('query', z.string()),
  filter: searchFilterShape.optional(),
});

/** held while searches are counted, so that two that are made at once do not pass the limit together */
const SEARCHES_SUBJECT = 'saved-searches';

/**
 * Saves a search; it is asked about every transcript that comes from now on.
 * @param request.query what searchTranscripts takes
 * @throws Forbidden (a viewer who is kept to some companies names them); Refused INVALID_INPUT, NOT_FOUND (company,
 *   tracker), LIMIT_REACHED (100 of an account), IDEMPOTENCY_KEY_CONFLICT
 */
export async function createSavedSearch(
  { db, events, clock }: Needs,
  viewer: Viewer,
  request: z.input<typeof newShape>,
): Promise<SearchRow> {
  authorize(viewer, 'savedSearches.write');
  const { idempotencyKey: key, ...asked } = parseInput(newShape, request);
  const { accountId } = viewer;
  readRequest(asked);
  return once(
    { db, clock },
    viewer,
    { mutation: 'createSavedSearch', key, request: asked },
    async (tx) => {
      await events.lock(tx, accountId, [SEARCHES_SUBJECT]);
      const row: SearchRow = {
        ...{ accountId, id: newId(), madeBy: nameActor(viewer.actor), version: 1, ...asked },
        companyIds: [...(asked.filter.companyIds ?? [])],
        createdAt: clock.now(accountId),
      };
      await checkFilter(tx, viewer, row.filter);
      authorizeCompanies(viewer, 'savedSearches.write', row.companyIds);
      await checkRoom(tx, accountId);
      await storeSearch(tx, row);
      await audit(tx, viewer, clock, {
        action: 'createSavedSearch',
        subject: `savedSearch:${row.id}`,
        after: { companyIds: row.companyIds },
      });
      return row;
    },
    answerById('SavedSearch', (tx, id) => readSearch(tx, accountId, id)),
  );
}

/**
 * Changes a saved search: one's own, or with the right to do so another's. A filter replaces the one before.
 * @returns it as it stands. Throws Forbidden; Refused as above, and VERSION_CONFLICT.
 */
export async function updateSavedSearch(
  { db, events, clock }: Needs,
  viewer: Viewer,
  request: z.input<typeof patchShape>,
): Promise<SearchRow> {
  authorize(viewer, 'savedSearches.write');
  const { savedSearchId: id, expectedVersion, ...patch } = parseInput(patchShape, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [SEARCHES_SUBJECT]);
    const was = await take(tx, viewer, id, expectedVersion);
    const filter = patch.filter ?? was.filter;
    const row: SearchRow = {
      ...{ ...was, name: patch.name ?? was.name, query: patch.query ?? was.query, filter },
      ...{ companyIds: [...(filter.companyIds ?? [])], version: was.version + 1 },
    };
    readRequest(row);
    if (patch.filter) await checkFilter(tx, viewer, filter);
    authorizeCompanies(viewer, 'savedSearches.write', row.companyIds);
    await storeSearch(tx, row);
    await audit(tx, viewer, clock, {
      action: 'updateSavedSearch',
      subject: `savedSearch:${id}`,
      before: { version: was.version, companyIds: was.companyIds },
      after: { version: row.version, companyIds: row.companyIds },
    });
    return row;
  });
}

/** Deletes a saved search, under the same rights: it finds nothing more. Returns it as it was. Throws as above. */
export async function deleteSavedSearch(
  { db, events, clock }: Needs,
  viewer: Viewer,
  request: z.input<typeof target>,
): Promise<SearchRow> {
  authorize(viewer, 'savedSearches.write');
  const { savedSearchId: id, expectedVersion } = parseInput(target, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [SEARCHES_SUBJECT]);
    const was = await take(tx, viewer, id, expectedVersion);
    await dropSearch(tx, accountId, id);
    await audit(tx, viewer, clock, { action: 'deleteSavedSearch', subject: `savedSearch:${id}` });
    return was;
  });
}

async function take(
  tx: Tx,
  viewer: Viewer,
  id: string,
  expectedVersion: number | null | undefined,
): Promise<SearchRow> {
  const row = await readSearch(tx, viewer.accountId, id);
  if (!row || !seesSearch(viewer, row)) throw notFound('savedSearchId', 'SavedSearch');
  if (row.madeBy !== nameActor(viewer.actor))
    authorizeCompanies(viewer, 'savedSearches.writeAll', row.companyIds);
  if (expectedVersion != null && expectedVersion !== row.version) {
    throw versionConflict(row.version);
  }
  return row;
}

async function checkRoom(tx: Tx, accountId: string): Promise<void> {
  const current = await countSearches(tx, accountId);
  if (current < MOST_SEARCHES) return;
  const message = `An account keeps at most ${MOST_SEARCHES} searches. Delete one, or change one.`;
  throw policyRefused('LIMIT_REACHED', message, { figures: { limit: MOST_SEARCHES, current } });
}
