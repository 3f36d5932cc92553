// Marking an interaction a good lead, or not (product.md 2.3). The first good interaction qualifies the lead; the later
// ones then read PREVIOUSLY_MARKED_GOOD_LEAD, and cannot be marked good again.

import type { LeadScore } from '#domains/leads/index.ts';
import type { InteractionKind, LeadStatus } from '#generated/prisma/enums.ts';
import type { Tx } from '#platform/db/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { policyRefused } from '#values/refusals.ts';
import {
  hasOtherNonLead,
  type InteractionRow,
  type Moment,
  moveLaterStatuses,
  readInteraction,
} from './store.ts';

/** What a person may set. */
export const SETTABLE_STATUSES = ['GOOD_LEAD', 'NOT_A_LEAD', 'NOT_SCORED'] as const;
export type SettableStatus = (typeof SETTABLE_STATUSES)[number];

/** The GraphQL type that stands for each kind of interaction. */
export const TYPENAME_OF: Record<InteractionKind, string> = { CALL: 'Call' };

/** What the mark makes of the interaction and of its lead. */
export interface Score {
  leadStatus: LeadStatus;
  lead: { status: SettableStatus; goodInteractionId: string | null } | null;
}

/** True when a stands after b in a lead's history. */
export function isLater(a: Moment, b: Moment): boolean {
  const apart = a.occurredAt.getTime() - b.occurredAt.getTime();
  return apart === 0 ? a.id > b.id : apart > 0;
}

/**
 * Works out a mark and moves the lead's other interactions; the caller writes what is returned.
 * @param target the interaction, read under its lock
 * @param lead its lead, held for UPDATE; null when the caller withheld the number
 * @returns throws Refused ALREADY_GOOD_LEAD when an earlier interaction is the lead's good one
 */
export async function scoreInteraction(
  tx: Tx,
  accountId: string,
  target: InteractionRow,
  lead: LeadScore | null,
  wanted: SettableStatus,
): Promise<Score> {
  if (!lead) return { leadStatus: wanted, lead: null };
  const good = lead.goodInteractionId
    ? await readInteraction(tx, accountId, lead.goodInteractionId)
    : null;
  const followsGood = good !== null && isLater(target, good);
  const move = (from: LeadStatus[], to: LeadStatus) =>
    moveLaterStatuses(tx, accountId, lead.id, target, from, to);

  if (wanted === 'GOOD_LEAD') {
    if (followsGood) throw alreadyGood(good);
    // an earlier interaction takes the place of a later good one, which then was good before
    await move(['NOT_SCORED', 'GOOD_LEAD'], 'PREVIOUSLY_MARKED_GOOD_LEAD');
    return {
      leadStatus: 'GOOD_LEAD',
      lead: { status: 'GOOD_LEAD', goodInteractionId: target.id },
    };
  }
  if (good && good.id !== target.id) {
    const unmarked = followsGood ? 'PREVIOUSLY_MARKED_GOOD_LEAD' : 'NOT_SCORED';
    return {
      leadStatus: wanted === 'NOT_SCORED' ? unmarked : wanted,
      lead: { status: 'GOOD_LEAD', goodInteractionId: good.id },
    };
  }
  if (good) await move(['PREVIOUSLY_MARKED_GOOD_LEAD'], 'NOT_SCORED');
  const isNoLead =
    wanted === 'NOT_A_LEAD' || (await hasOtherNonLead(tx, accountId, lead.id, target.id));
  return {
    leadStatus: wanted,
    lead: { status: isNoLead ? 'NOT_A_LEAD' : 'NOT_SCORED', goodInteractionId: null },
  };
}

function alreadyGood(good: InteractionRow) {
  const id = encodeGlobalId(TYPENAME_OF[good.kind], good.id);
  return policyRefused(
    'ALREADY_GOOD_LEAD',
    `Interaction ${id} of ${good.occurredAt.toISOString()} already made this lead a good one. Unmark that one first to mark this one.`,
    { field: 'leadStatus' },
  );
}
