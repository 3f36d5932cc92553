// This domain's jobs: removing the media of erased calls, until that is done.
import { z } from 'zod';
import { removeLeftMedia } from '#domains/calls/index.ts';
import { eraseSession } from '#platform/carrier/index.ts';
import { defineJob, type JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { erasureCompleted, erasureSubject } from './events.ts';
import { completeErasure, findPending, readErasure } from './store.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'jobs' | 'storage' | 'carriers'>;
type Payload = { accountId: string; erasureId: string };

/** the job that removes media has given up by then, or goes on and is not added twice */
const LEFT_AFTER_MS = 3_600_000;
const CHUNK = 100;

/** Removes the media of an erased call, here and at the carrier. */
export const removeErasedMediaJob = defineJob({
  name: 'erasures.remove-media',
  payload: z.object({ accountId: z.uuid(), erasureId: z.uuid() }),
  retryLimit: 12,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: 120,
});

/** Takes up what is still PENDING (a carrier out of reach for hours); to be scheduled once an hour. */
export const resumeErasuresJob = defineJob({
  name: 'erasures.resume',
  payload: z.object({}),
  retryLimit: 5,
  retryDelaySeconds: 60,
  retryBackoff: true,
  expireInSeconds: 300,
});

/** Who does this domain's jobs. Outcomes: gone, already-done, completed; how many were taken up. */
export function erasuresJobHandlers(
  platform: Needs,
): [JobHandler<Payload>, JobHandler<Record<string, never>>] {
  return [
    { definition: removeErasedMediaJob, run: (payload) => removeMedia(platform, payload) },
    {
      definition: resumeErasuresJob,
      run: async () => `${await resumeErasures(platform)} taken up`,
    },
  ];
}

async function removeMedia(platform: Needs, { accountId, erasureId }: Payload): Promise<string> {
  const { db, events, clock } = platform;
  const erasure = await readErasure(db.prisma, accountId, { id: erasureId });
  if (!erasure) return 'gone';
  if (erasure.state === 'COMPLETED') return 'already-done';
  await removeLeftMedia(platform, accountId, erasure);
  const { callId, companyId, session } = erasure;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [`session:${session}`, erasureSubject(erasureId)]);
    const at = clock.now(accountId);
    if (!(await completeErasure(tx, accountId, erasureId, at))) return 'already-done';
    // a webhook that was being stored while the call was erased
    await eraseSession(tx, accountId, { session, subject: `call:${callId}`, at });
    await events.append(tx, accountId, [
      {
        definition: erasureCompleted,
        companyId,
        subject: erasureSubject(erasureId),
        subjectVersion: 1,
        occurredAt: at,
        payload: { erasureId, callId },
      },
    ]);
    return 'completed';
  });
}

async function resumeErasures({ db, clock, jobs }: Needs): Promise<number> {
  // erasures are dated in the accounts' business time; this spans accounts, so it reads the server's
  const before = new Date(clock.now('').getTime() - LEFT_AFTER_MS);
  let total = 0;
  let after: { requestedAt: Date; id: string } | null = null;
  for (;;) {
    const pending = await findPending(db.prisma, before, after, CHUNK);
    await db.transaction(async (tx) => {
      for (const { accountId, id: erasureId } of pending) {
        const once = { singletonKey: erasureId };
        await jobs.enqueue(tx, removeErasedMediaJob, { accountId, erasureId }, once);
      }
    });
    total += pending.length;
    const last = pending.at(-1);
    if (!last || pending.length < CHUNK) return total;
    after = last;
  }
}
