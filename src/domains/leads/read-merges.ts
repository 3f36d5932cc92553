// Reads which leads were merged into which, for viewers. Each for many leads at once, whose rows the viewer was shown.
import type { Db } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import { findLeads } from './read-leads.ts';
import type { LeadRow } from './store.ts';
import { readMergedInto, readTops } from './store-merges.ts';

/** The leads that were merged into each of these, the first merged first, in the order of the ids. */
export async function mergedFrom(
  { db }: { db: Db },
  viewer: Viewer,
  leadIds: readonly string[],
): Promise<LeadRow[][]> {
  const merged = await readMergedInto(db.pool, viewer.accountId, leadIds);
  const rows = await byId(db, viewer, merged.flat());
  return merged.map((ids) => ids.flatMap((id) => rows.get(id) ?? []));
}

/** The lead that each of these belongs to in the end, in the order of the ids. */
export async function mergedInto(
  { db }: { db: Db },
  viewer: Viewer,
  leadIds: readonly string[],
): Promise<(LeadRow | null)[]> {
  const tops = await readTops(db.pool, viewer.accountId, leadIds);
  const rows = await byId(db, viewer, [...new Set(tops.values())]);
  return leadIds.map((id) => rows.get(tops.get(id) ?? '') ?? null);
}

async function byId(db: Db, viewer: Viewer, ids: string[]): Promise<Map<string, LeadRow>> {
  const rows = await findLeads({ db }, viewer, ids);
  return new Map(rows.map((row) => [row.id, row]));
}
