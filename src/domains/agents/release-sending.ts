// An administrator has looked at what was held as bulk, and lets the account begin conversations again.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import type { Viewer } from '#values/viewer.ts';
import type { VersionedLimits } from './message-limits.ts';
import { endSendingHold } from './store-holds.ts';
import { readMessageLimits } from './store-limits.ts';

const shape = z.object({ heldSince: z.date() });

/**
 * Releases what is held. How many of a day's texts began conversations is counted anew from then on; to how many people
 * nearly the same text went is not. Nothing changes when nothing is held, or something that
 * was tried since then.
 * @param request.heldSince what they have looked at
 * @returns the account's limits. Throws Forbidden.
 */
export async function releaseSending(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<VersionedLimits> {
  authorize(viewer, 'messageLimits.update');
  const { heldSince } = parseInput(shape, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    if (await endSendingHold(tx, accountId, heldSince, clock.now(accountId))) {
      await audit(tx, viewer, clock, {
        action: 'releaseSending',
        subject: `account:${accountId}`,
        before: { heldSince: heldSince.toISOString() },
      });
    }
    return readMessageLimits(tx, accountId);
  });
}
