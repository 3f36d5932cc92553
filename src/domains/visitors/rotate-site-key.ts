// Gives a site a new key, for one that stands in pages of others. The old one is taken for a day by default: pages are
// cached and printed by many hands, and a key that ends at once would leave their visitors uncounted.
import { z } from 'zod';
import { answerById, audit, authorize, makeSiteKey, once } from '#domains/accounts/index.ts';
import { afterCommit } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused, versionConflict } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { forgetSite } from './open-site.ts';
import { readSite, type SiteRow, writeSite } from './store-sites.ts';
import { siteSubject } from './update-site.ts';

const MAX_OVERLAP_SECONDS = 24 * 3_600;
const OVERLAP = `overlapSeconds takes 0 to ${MAX_OVERLAP_SECONDS} (24 hours).`;

const shape = z.object({
  companyId: z.uuid(),
  /** how long the old key is taken; 24 hours when left out */
  overlapSeconds: z.int(OVERLAP).min(0, OVERLAP).max(MAX_OVERLAP_SECONDS, OVERLAP).nullish(),
  expectedVersion: z.int().nullish(),
  idempotencyKey: z.string().nullish(),
});

/**
 * Makes a new publishable key. At most two are taken at a time: another rotation waits for the end of the old key, or
 * ends it with an overlap of 0.
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, WRONG_STATE, IDEMPOTENCY_KEY_CONFLICT
 */
export async function rotateSiteKey(
  { db, events, clock }: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<SiteRow> {
  authorize(viewer, 'sites.update');
  const { idempotencyKey, ...fields } = parseInput(shape, request);
  const { companyId, overlapSeconds, expectedVersion } = fields;
  const { accountId } = viewer;
  if (!seesCompany(viewer, companyId)) throw notFound('companyId', 'Company');
  const rotated = await once(
    { db, clock },
    viewer,
    { mutation: 'rotateSiteKey', key: idempotencyKey, request: fields },
    async (tx) => {
      await events.lock(tx, accountId, [siteSubject(companyId)]);
      const site = await readSite(tx, accountId, companyId);
      if (!site) throw notFound('companyId', 'Site');
      if (expectedVersion != null && expectedVersion !== site.version) {
        throw versionConflict(site.version);
      }
      const now = clock.now(accountId);
      const overlapMs = (overlapSeconds ?? MAX_OVERLAP_SECONDS) * 1_000;
      if (overlapMs > 0 && site.previousKeyUntil && site.previousKeyUntil > now) {
        throw policyRefused(
          'WRONG_STATE',
          `The key before this one is taken until ${site.previousKeyUntil.toISOString()}. Wait, or rotate with overlapSeconds 0, which ends both at once.`,
          { field: 'companyId', figures: { retryAt: site.previousKeyUntil } },
        );
      }
      const previousKeyUntil = overlapMs > 0 ? new Date(now.getTime() + overlapMs) : null;
      const written = await writeSite(tx, site, {
        publishableKey: makeSiteKey(),
        previousKey: overlapMs > 0 ? site.publishableKey : null,
        previousKeyUntil,
      });
      await audit(tx, viewer, clock, {
        action: 'rotateSiteKey',
        subject: siteSubject(companyId),
        after: { previousKeyUntil },
      });
      afterCommit(tx, () => {
        forgetSite(db, site);
        forgetSite(db, written);
      });
      return { ...written, id: companyId };
    },
    answerById('Site', async (tx, id) => {
      const site = await readSite(tx, accountId, id);
      return site && { ...site, id };
    }),
  );
  return rotated;
}
