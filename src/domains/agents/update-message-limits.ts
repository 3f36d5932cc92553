// An account keeps its texts within limits of its own, inside the bounds of the service.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput, versionConflict } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import {
  LEAST_HOURS,
  LIMIT_NAMES,
  type LimitName,
  limitsOf,
  MESSAGE_LIMITS,
  type MessageLimits,
  type VersionedLimits,
} from './message-limits.ts';
import { readLimitRow, readMessageLimits, saveLimitRow } from './store-limits.ts';

const bounded = (name: LimitName) => {
  const { least, most } = MESSAGE_LIMITS[name];
  const message = `${name} takes ${least} to ${most}, or null for the ${MESSAGE_LIMITS[name].standard} of the service.`;
  return z.int(message).min(least, message).max(most, message).nullish();
};

const shape = z.object({
  ...(Object.fromEntries(LIMIT_NAMES.map((name) => [name, bounded(name)])) as Record<
    LimitName,
    ReturnType<typeof bounded>
  >),
  expectedVersion: z.int().nullish(),
});

/** The limits of the viewer's account. Throws Forbidden. */
export async function readOwnLimits(
  { db }: Pick<Platform, 'db'>,
  viewer: Viewer,
): Promise<VersionedLimits> {
  authorize(viewer, 'messageLimits.read');
  return readMessageLimits(db.prisma, viewer.accountId);
}

/**
 * Changes limits for every text from now on, those that wait included. Absent = unchanged, null = standard again.
 * @returns what holds now. Throws Forbidden; Refused INVALID_INPUT for what is looser than a limit may be, VERSION_CONFLICT.
 */
export async function updateMessageLimits(
  { db, events, clock }: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<VersionedLimits> {
  authorize(viewer, 'messageLimits.update');
  const { expectedVersion, ...asked } = parseInput(shape, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, ['messageLimits']);
    const was = await readLimitRow(tx, accountId);
    const version = was?.version ?? 0;
    if (expectedVersion != null && expectedVersion !== version) throw versionConflict(version);
    const set = Object.fromEntries(
      LIMIT_NAMES.map((name) => [
        name,
        asked[name] === undefined ? (was?.[name] ?? null) : asked[name],
      ]),
    ) as Record<LimitName, number | null>;
    const [before, after] = [limitsOf(was ?? {}), limitsOf(set)];
    if (after.latestHour - after.earliestHour < LEAST_HOURS) {
      const message = `Conversations are begun in at least ${LEAST_HOURS} hours of the day; these are ${after.earliestHour}:00 to ${after.latestHour}:00.`;
      throw invalidInput('latestHour', message);
    }
    const changed = LIMIT_NAMES.filter((name) => set[name] !== (was?.[name] ?? null));
    if (changed.length === 0) return { ...before, version };
    await saveLimitRow(tx, { accountId, ...set, version: version + 1 });
    const only = (limits: MessageLimits) =>
      Object.fromEntries(changed.map((name) => [name, limits[name]]));
    await audit(tx, viewer, clock, {
      action: 'updateMessageLimits',
      subject: `account:${accountId}`,
      before: only(before),
      after: only(after),
    });
    return { ...after, version: version + 1 };
  });
}
