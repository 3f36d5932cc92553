// A tracker as the verbs that change it see it: the viewer's own, at the version that was expected.
import type { Tx } from '#platform/db/index.ts';
import { notFound, policyRefused, versionConflict } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { readTracker, type TrackerRow } from './store.ts';

/** The tracker. Throws Refused NOT_FOUND, VERSION_CONFLICT. */
export async function seeTracker(
  tx: Tx,
  viewer: Viewer,
  id: string,
  expectedVersion: number | null | undefined,
): Promise<TrackerRow> {
  const tracker = await readTracker(tx, viewer.accountId, id);
  if (!tracker || !seesCompany(viewer, tracker.companyId)) throw notFound('trackerId', 'Tracker');
  if (expectedVersion != null && expectedVersion !== tracker.version) {
    throw versionConflict(tracker.version);
  }
  return tracker;
}

/** Refuses a company in which nothing new can be tracked. Throws Refused NOT_FOUND, WRONG_STATE. */
export async function refuseDisabledCompany(
  tx: Tx,
  accountId: string,
  companyId: string,
): Promise<void> {
  const company = await tx.company.findUnique({
    where: { accountId_id: { accountId, id: companyId } },
    select: { status: true },
  });
  if (!company) throw notFound('companyId', 'Company');
  if (company.status === 'ACTIVE') return;
  throw policyRefused('WRONG_STATE', 'This company is disabled. Enable it first.', {
    field: 'companyId',
  });
}
