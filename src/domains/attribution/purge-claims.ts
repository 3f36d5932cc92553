// Drops what browsers said that their users are known by, 90 days after they said so last, as long as they are known again by
// their cookie: somebody who never became a lead can be reached by no erasure, so the claim does not lie there for as long as
// the visits do.
import { workOffAccounts } from '#domains/accounts/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { purgeClaimsJob } from './jobs.ts';
import { deleteOldClaims } from './store-claims.ts';

const KEPT_MS = 90 * 86_400_000;
const CHUNK = 1_000;

/** The worker's side of `attribution.purge-claims`. The outcome tells how many went. */
export function purgeClaimsHandler({
  db,
  clock,
  log,
}: Pick<Platform, 'db' | 'clock' | 'log'>): JobHandler<Record<string, never>> {
  return {
    definition: purgeClaimsJob,
    async run(_payload, { signal }) {
      const purged = await workOffAccounts({ db, log }, { signal, chunk: CHUNK }, (accountId) =>
        deleteOldClaims(
          db.prisma,
          accountId,
          new Date(clock.now(accountId).getTime() - KEPT_MS),
          CHUNK,
        ),
      );
      return `purged ${purged}`;
    },
  };
}
