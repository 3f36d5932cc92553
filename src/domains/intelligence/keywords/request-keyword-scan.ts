// Somebody wants calls gone by looked through for a set of keywords.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { scanHistoryJob } from '../jobs.ts';
import { seesKeywordSet } from './read-keyword-sets.ts';
import { findKeywordSet, type KeywordSetRow } from './store.ts';
import { keywordSetSubject } from './update-keyword-set.ts';

const shape = z.object({
  keywordSetId: z.uuid(),
  startedFrom: z.date(),
  expectedVersion: z.int().nullish(),
});

/**
 * Has the transcripts of calls that began at `startedFrom` or later looked through for a set as it stands. Those that were looked
 * through for this version are passed over, so that a request may come again.
 * @returns the set
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT
 */
export async function requestKeywordScan(
  { db, events, jobs, clock }: Pick<Platform, 'db' | 'events' | 'jobs' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<KeywordSetRow> {
  authorize(viewer, 'keywordSets.update');
  const { keywordSetId, startedFrom, expectedVersion } = parseInput(shape, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [keywordSetSubject(keywordSetId)]);
    const set = await findKeywordSet(tx, accountId, keywordSetId);
    if (!set || !seesKeywordSet(viewer, set)) throw notFound('keywordSetId', 'KeywordSet');
    // hits and tags of every company are for those who see every company
    authorize(viewer, 'keywordSets.update', set.companyId);
    if (expectedVersion != null && expectedVersion !== set.version) {
      throw versionConflict(set.version);
    }
    const payload = { accountId, setId: set.id, startedFrom: startedFrom.toISOString() };
    const singletonKey = `${set.id}:${set.version}:${payload.startedFrom}`;
    await jobs.enqueue(tx, scanHistoryJob, payload, { singletonKey });
    await audit(tx, viewer, clock, {
      action: 'requestKeywordScan',
      subject: keywordSetSubject(set.id),
      after: { startedFrom: payload.startedFrom, version: set.version },
    });
    return set;
  });
}
