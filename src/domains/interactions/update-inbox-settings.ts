// How a company wants its inbox kept: within how many minutes somebody is to answer.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { readInboxSetting, writeInboxSetting } from './store-inbox.ts';

const MOST_MINUTES = 10_080;

const shape = z.object({
  companyId: z.uuid(),
  answerWithinMinutes: z
    .int()
    .min(1, 'answerWithinMinutes takes at least 1.')
    .max(MOST_MINUTES, `answerWithinMinutes takes at most ${MOST_MINUTES}, a week.`)
    .nullish(),
  expectedVersion: z.int().nullish(),
});

/**
 * Changes it for what arrives from now on. Absent = unchanged, null = not measured.
 * @returns the company's id. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT.
 */
export async function updateInboxSettings(
  { db, events, clock }: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<string> {
  authorize(viewer, 'inbox.configure');
  const { companyId, answerWithinMinutes, expectedVersion } = parseInput(shape, request);
  authorize(viewer, 'inbox.configure', companyId);
  const { accountId } = viewer;
  const key = { accountId, companyId };
  await db.transaction(async (tx) => {
    await events.lock(tx, accountId, [`inboxSetting:${companyId}`]);
    const where = { accountId_id: { accountId, id: companyId } };
    if (!(await tx.company.findUnique({ where, select: { id: true } }))) {
      throw notFound('companyId', 'Company');
    }
    const { version, answerWithinMinutes: was } = await readInboxSetting(tx, accountId, companyId);
    if (expectedVersion != null && expectedVersion !== version) throw versionConflict(version);
    if (answerWithinMinutes === undefined || answerWithinMinutes === was) return;
    await writeInboxSetting(tx, key, answerWithinMinutes);
    await audit(tx, viewer, clock, {
      action: 'updateInboxSettings',
      subject: `company:${companyId}`,
      before: { answerWithinMinutes: was },
      after: { answerWithinMinutes },
    });
  });
  return companyId;
}
