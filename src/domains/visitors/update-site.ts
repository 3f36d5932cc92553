// Changes what a company's pages have in common; the first change makes the site and its key. Until it names a domain
// nothing would be taken from any page, so there is nothing to make earlier.
import type { z } from 'zod';
import { audit, authorize, makeSiteKey } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { afterCommit } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { forgetSite } from './open-site.ts';
import { refuseNulls, sitePatchShape } from './site-input.ts';
import { insertSite, readSite, type SiteRow, writeSite } from './store-sites.ts';

/** See site-input.ts for limits. */
export type SitePatch = z.input<typeof sitePatchShape>;

/**
 * Patches a company's site, or makes it. Pages notice within seconds.
 * @returns the site; unchanged, with the same version, when the patch changes nothing. Throws Forbidden; Refused
 *   INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT.
 */
export async function updateSite(
  { db, events, clock }: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: SitePatch,
): Promise<SiteRow> {
  authorize(viewer, 'sites.update');
  refuseNulls(request);
  const { companyId, expectedVersion, ...patch } = parseInput(sitePatchShape, request);
  const { accountId } = viewer;
  if (!seesCompany(viewer, companyId)) throw notFound('companyId', 'Company');
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [siteSubject(companyId)]);
    const found = await readSite(tx, accountId, companyId);
    if (expectedVersion != null && expectedVersion !== (found?.version ?? 0)) {
      throw versionConflict(found?.version ?? 0);
    }
    const before = found ?? (await makeSite(tx, accountId, companyId, clock.now(accountId)));
    const changes = changesOf(before, patch as Partial<SiteRow>);
    if (!changes && found) return found;
    await audit(tx, viewer, clock, {
      action: 'updateSite',
      subject: siteSubject(companyId),
      ...changes,
    });
    const site = changes ? await writeSite(tx, before, changes.after) : before;
    afterCommit(tx, () => forgetSite(db, site));
    return site;
  });
}

async function makeSite(tx: Tx, accountId: string, companyId: string, now: Date) {
  const where = { accountId_id: { accountId, id: companyId } };
  const company = await tx.company.findUnique({ where, select: { id: true } });
  if (!company) throw notFound('companyId', 'Company');
  return insertSite(tx, { accountId, companyId, publishableKey: makeSiteKey(), createdAt: now });
}

/** The subject to lock before a site changes. */
export function siteSubject(companyId: string): string {
  return `site:${companyId}`;
}

function changesOf(row: SiteRow, patch: Partial<SiteRow>) {
  const names = (Object.keys(patch) as (keyof SiteRow)[]).filter(
    (name) => patch[name] !== undefined && String(patch[name]) !== String(row[name]),
  );
  if (names.length === 0) return null;
  const pick = (from: Partial<SiteRow>) =>
    Object.fromEntries(names.map((name) => [name, from[name]])) as Partial<SiteRow>;
  return { before: pick(row), after: pick(patch) };
}
