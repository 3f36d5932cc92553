// An interaction that was nobody's becomes a lead's: what people made of it counts for that lead from then on.
import { holdLead, readTree, rescoreLead } from '#domains/leads/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { CHANNELS } from './channels.ts';
import { restate } from './restate.ts';
import { readInteraction, readLater, setLead } from './store.ts';
import { firstStatus } from './store-interaction.ts';

/** each is a lock; what a single person has beyond is not held up */
const MOST_FOLLOWING = 1_000;

/**
 * The subjects of the lead's interactions that read otherwise once this one is the lead's: to be locked before it is, and
 * before the transaction's first write.
 */
export async function subjectsOfJoining(
  tx: Tx,
  accountId: string,
  id: string,
  leadId: string,
): Promise<string[]> {
  const row = await readInteraction(tx, accountId, id);
  if (!row || row.leadId !== null || row.goodSince === null) return [];
  const statuses = ['NOT_SCORED', 'GOOD_LEAD'] as const;
  const later = await readLater(tx, accountId, { leadId, after: row, statuses }, MOST_FOLLOWING);
  return later.map((one) => CHANNELS[one.kind].subject(one.id));
}

/**
 * Puts an interaction that was nobody's so far down to a lead. Its mark and its value count for the lead, and the lead's
 * interactions read as they do beside each other; both are told. Who announces the interaction itself raises its version.
 * The caller holds the subject of the thing, the lead as findOrMakeLead wants it, and `subjectsOfJoining`.
 * @param lead as findOrMakeLead answers
 * @returns false when it is somebody's already: it stays so
 */
export async function joinLead(
  tx: Tx,
  platform: Pick<Platform, 'events' | 'clock'>,
  accountId: string,
  id: string,
  lead: { leadId: string; ownLeadId: string | null },
): Promise<boolean> {
  const row = await readInteraction(tx, accountId, id);
  if (!row || row.leadId !== null) return false;
  const { leadId, ownLeadId } = lead;
  if (row.leadStatus === 'NOT_SCORED') {
    const leadStatus = await firstStatus(tx, accountId, leadId, row);
    await setLead(tx, accountId, id, { leadId, ownLeadId, leadStatus });
  } else await setLead(tx, accountId, id, { leadId, ownLeadId, leadStatus: row.leadStatus });
  const hasValue = (row.valueCents ?? 0n) !== 0n;
  if (row.leadStatus === 'NOT_SCORED' && !hasValue) return true;
  const held = await holdLead(tx, accountId, leadId, 'UPDATE');
  const own = (await readTree(tx, accountId, leadId)).map((one) => one.id);
  const place = { accountId, companyId: row.companyId, leadId };
  const { qualifiedAt, ...score } = await restate(tx, platform, place, own);
  await rescoreLead(tx, platform, accountId, held, {
    ...{ ...score, valueChanged: hasValue, at: platform.clock.now(accountId) },
    ...(qualifiedAt && { qualifiedAt }),
  });
  return true;
}
