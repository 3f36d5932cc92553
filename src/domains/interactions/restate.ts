// Interactions of leads that are merged or split: which of them will read otherwise, and that they do.
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { invalidInput } from '#values/refusals.ts';
import { announceChanges } from './announce-changes.ts';
import { CHANNELS } from './channels.ts';
import { type Group, readMisread, readScore, writeStatuses } from './store-merges.ts';

/** each is a lock and an event */
const MOST_RESTATED = 1_000;

/**
 * The subjects of the interactions that read otherwise once a group is one lead's: to be locked before it is.
 * @throws Refused INVALID_INPUT above 1,000 of them
 */
export async function misreadSubjects(
  tx: Tx,
  accountId: string,
  group: Group,
  field: string,
): Promise<string[]> {
  const rows = await readMisread(tx, accountId, group, MOST_RESTATED + 1);
  if (rows.length > MOST_RESTATED) {
    const message = `More than ${MOST_RESTATED} interactions would change their lead status by this. Unmark the good interaction of one of the leads first.`;
    throw invalidInput(field, message);
  }
  return rows.map(({ kind, id }) => CHANNELS[kind].subject(id));
}

/**
 * Has the interactions of a lead read as they do beside each other, and tells of those that changed. The caller holds the
 * locks of `misreadSubjects`.
 * @returns what they make of the lead, to be written there
 */
export async function restate(
  tx: Tx,
  platform: Pick<Platform, 'events' | 'clock'>,
  { accountId, companyId, leadId }: { accountId: string; companyId: string; leadId: string },
  ownLeadIds: readonly string[],
): Promise<Awaited<ReturnType<typeof readScore>>> {
  const misread = await readMisread(
    tx,
    accountId,
    { leadIds: [leadId], ownLeadIds },
    MOST_RESTATED + 1,
  );
  const moved = misread.length > 0 ? await writeStatuses(tx, accountId, misread) : [];
  await announceChanges(
    tx,
    platform,
    { accountId, companyId },
    moved.map((one) => ({ ...one, changes: ['leadStatus'] })),
  );
  return readScore(tx, accountId, leadId);
}
