// This domain's job: files that no message took go after a day.
import { z } from 'zod';
import { workOffAccounts } from '#domains/accounts/index.ts';
import { defineJob, type JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { deleteUploads, readOld, withdrawUpload } from './store.ts';

type Needs = Pick<Platform, 'db' | 'clock' | 'log' | 'storage'>;

const KEPT_MS = 24 * 3_600_000;
/** the event tail waits for the oldest writing transaction, so each statement stays small */
const CHUNK = 100;

/** Removes files that wait for a message since a day; to be scheduled once an hour. */
export const purgeUploadsJob = defineJob({
  name: 'uploads.purge',
  payload: z.object({}),
  retryLimit: 3,
  retryDelaySeconds: 60,
  retryBackoff: true,
  expireInSeconds: 300,
});

/** Who does it. Outcome: how many were purged. */
export function purgeUploadsHandler(platform: Needs): JobHandler<Record<string, never>> {
  return {
    definition: purgeUploadsJob,
    run: async (_payload, { signal }) => `purged ${await purgeUploads(platform, signal)}`,
  };
}

/** Rows are withdrawn first, so that no message takes them, and go last, so that no file is forgotten. */
async function purgeUploads(
  { db, clock, log, storage }: Needs,
  signal: AbortSignal,
): Promise<number> {
  let total = 0;
  await workOffAccounts({ db, log }, { signal, chunk: CHUNK }, async (accountId) => {
    const before = new Date(clock.now(accountId).getTime() - KEPT_MS);
    const rows = await readOld(db.prisma, accountId, before, CHUNK);
    for (const { storageKey } of rows) {
      if (!(await withdrawUpload(db.prisma, accountId, storageKey))) continue;
      await storage.remove(storageKey);
      await deleteUploads(db.prisma, accountId, { storageKey });
      total += 1;
    }
    return rows.length;
  });
  return total;
}
