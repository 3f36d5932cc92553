// Changing a set of keywords, and taking it out of use.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { keywordsShape, setNameShape } from './keyword-set-shape.ts';
import { seesKeywordSet } from './read-keyword-sets.ts';
import { findKeywordSet, type KeywordSetRow, writeKeywordSet } from './store.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;

const target = z.object({ keywordSetId: z.uuid(), expectedVersion: z.int().nullish() });
const patchShape = target.extend({
  name: setNameShape.optional(),
  keywords: keywordsShape.optional(),
});

/** Absent = unchanged; `keywords` takes the place of all that were there. */
export type KeywordSetPatch = z.input<typeof patchShape>;

/**
 * Changes a set. What was spotted before stays as it is; transcripts to come are looked through for the new version.
 * @returns the set as it stands; unchanged, with the same version, when the patch changes nothing
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT
 */
export async function updateKeywordSet(
  { db, events, clock }: Needs,
  viewer: Viewer,
  request: KeywordSetPatch,
): Promise<KeywordSetRow> {
  authorize(viewer, 'keywordSets.update');
  const { keywordSetId, expectedVersion, ...patch } = parseInput(patchShape, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [keywordSetSubject(keywordSetId)]);
    const set = await see(tx, viewer, keywordSetId, 'keywordSets.update', expectedVersion);
    const { name, keywords } = { ...set, ...definedOf(patch) };
    const before = { name: set.name, keywords: set.keywords };
    const after = { name, keywords };
    if (JSON.stringify(before) === JSON.stringify(after)) return set;
    const version = await writeKeywordSet(tx, accountId, keywordSetId, after);
    await audit(tx, viewer, clock, {
      action: 'updateKeywordSet',
      subject: keywordSetSubject(keywordSetId),
      before,
      after,
    });
    return { ...set, ...after, version };
  });
}

/**
 * Takes a set out of use: it is listed and looked for no more. What was spotted by it, and the tags that it gave, stay.
 * @returns the set as it was
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT
 */
export async function deleteKeywordSet(
  { db, events, clock }: Needs,
  viewer: Viewer,
  request: z.input<typeof target>,
): Promise<KeywordSetRow> {
  authorize(viewer, 'keywordSets.delete');
  const { keywordSetId, expectedVersion } = parseInput(target, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [keywordSetSubject(keywordSetId)]);
    const set = await see(tx, viewer, keywordSetId, 'keywordSets.delete', expectedVersion);
    await writeKeywordSet(tx, accountId, keywordSetId, { deletedAt: clock.now(accountId) });
    await audit(tx, viewer, clock, {
      action: 'deleteKeywordSet',
      subject: keywordSetSubject(keywordSetId),
      before: { name: set.name, keywords: set.keywords },
    });
    return set;
  });
}

/** What stands for a set in locks and the audit log. */
export const keywordSetSubject = (id: string) => `keywordSet:${id}`;

async function see(
  tx: Tx,
  viewer: Viewer,
  id: string,
  verb: 'keywordSets.update' | 'keywordSets.delete',
  expectedVersion: number | null | undefined,
): Promise<KeywordSetRow> {
  const set = await findKeywordSet(tx, viewer.accountId, id);
  if (!set || !seesKeywordSet(viewer, set)) throw notFound('keywordSetId', 'KeywordSet');
  // a set of all companies is seen, but not changed, by those who are kept to some
  authorize(viewer, verb, set.companyId);
  if (expectedVersion != null && expectedVersion !== set.version) {
    throw versionConflict(set.version);
  }
  return set;
}

function definedOf<Patch extends object>(
  patch: Patch,
): { [Field in keyof Patch]?: NonNullable<Patch[Field]> } {
  return Object.fromEntries(
    Object.entries(patch).filter(([, value]) => value !== undefined),
  ) as never;
}
