// Marking an interaction a good lead, or not (product.md 2.3). The first good interaction qualifies the lead; the later
// ones then read PREVIOUSLY_MARKED_GOOD_LEAD, and cannot be marked good again.

import type { LeadScore } from '#domains/leads/index.ts';
import type { LeadStatus } from '#generated/prisma/enums.ts';
import type { Tx } from '#platform/db/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { invalidInput, policyRefused, type Refused } from '#values/refusals.ts';
import { CHANNELS, typenameOf } from './channels.ts';
import {
  hasOtherNonLead,
  type InteractionRow,
  type Moment,
  type Moved,
  moveLater,
  readInteraction,
  readLater,
} from './store.ts';

/** What a person may set. */
export const SETTABLE_STATUSES = ['GOOD_LEAD', 'NOT_A_LEAD', 'NOT_SCORED'] as const;
export type SettableStatus = (typeof SETTABLE_STATUSES)[number];

/** What the mark makes of the interaction and of its lead. */
export interface Score {
  leadStatus: LeadStatus;
  lead: { status: SettableStatus; goodInteractionId: string | null } | null;
  /** later interactions of the lead whose status followed */
  moved: Moved[];
}

/** each is a lock and an event of one transaction; the database's locks are shared by all */
export const MOST_MOVED = 1_000;

/** The statuses that a later interaction leaves when one before it gets this mark. */
const followingOf = (wanted: SettableStatus): readonly LeadStatus[] =>
  wanted === 'GOOD_LEAD' ? ['NOT_SCORED', 'GOOD_LEAD'] : ['PREVIOUSLY_MARKED_GOOD_LEAD'];

/** What a person reads whose mark would move more than MOST_MOVED. */
export const tooManyFollow = (): Refused =>
  invalidInput(
    'leadStatus',
    `More than ${MOST_MOVED} later interactions of this lead would follow this mark. Mark a later one.`,
  );

/**
 * The subjects of the later interactions that a mark may move: to be locked before it is made. None follow when a mark is
 * taken from another interaction than the lead's good one.
 * @param refusal made and thrown above MOST_MOVED of them
 */
export async function followingSubjects(
  tx: Tx,
  accountId: string,
  target: Pick<InteractionRow, 'id' | 'occurredAt'> & { leadId: string },
  wanted: SettableStatus,
  refusal: () => Refused,
): Promise<string[]> {
  const { id, leadId } = target;
  if (wanted !== 'GOOD_LEAD' && !(await isGoodOf(tx, accountId, leadId, id))) return [];
  const which = { leadId, after: target, statuses: followingOf(wanted) };
  const rows = await readLater(tx, accountId, which, MOST_MOVED + 1);
  if (rows.length > MOST_MOVED) throw refusal();
  return rows.map(({ kind, id }) => CHANNELS[kind].subject(id));
}

async function isGoodOf(tx: Tx, accountId: string, leadId: string, id: string): Promise<boolean> {
  const where = { accountId, id: leadId, goodInteractionId: id };
  return (await tx.lead.count({ where })) > 0;
}

/** True when a stands after b in a lead's history. */
export function isLater(a: Moment, b: Moment): boolean {
  const apart = a.occurredAt.getTime() - b.occurredAt.getTime();
  return apart === 0 ? a.id > b.id : apart > 0;
}

/**
 * Works out a mark and moves the lead's later interactions; the caller writes what is returned, and holds the locks of
 * `followingSubjects`.
 * @param target the interaction, read under its lock
 * @param lead its lead, held for UPDATE; null when the caller withheld the number
 * @throws Refused ALREADY_GOOD_LEAD when an earlier interaction is the lead's good one
 */
export async function scoreInteraction(
  tx: Tx,
  accountId: string,
  target: InteractionRow,
  lead: LeadScore | null,
  wanted: SettableStatus,
): Promise<Score> {
  if (!lead) return { leadStatus: wanted, lead: null, moved: [] };
  const good = lead.goodInteractionId
    ? await readInteraction(tx, accountId, lead.goodInteractionId)
    : null;
  const followsGood = good !== null && isLater(target, good);
  const move = (to: LeadStatus) => {
    const which = { leadId: lead.id, after: target, statuses: followingOf(wanted) };
    return moveLater(tx, accountId, which, to);
  };

  if (wanted === 'GOOD_LEAD') {
    if (followsGood) throw alreadyGood(good);
    // an earlier interaction takes the place of a later good one, which then was good before
    const moved = await move('PREVIOUSLY_MARKED_GOOD_LEAD');
    return {
      leadStatus: 'GOOD_LEAD',
      lead: { status: 'GOOD_LEAD', goodInteractionId: target.id },
      moved,
    };
  }
  if (good && good.id !== target.id) {
    const unmarked = followsGood ? 'PREVIOUSLY_MARKED_GOOD_LEAD' : 'NOT_SCORED';
    return {
      leadStatus: wanted === 'NOT_SCORED' ? unmarked : wanted,
      lead: { status: 'GOOD_LEAD', goodInteractionId: good.id },
      moved: [],
    };
  }
  const moved = good ? await move('NOT_SCORED') : [];
  const isNoLead =
    wanted === 'NOT_A_LEAD' || (await hasOtherNonLead(tx, accountId, lead.id, target.id));
  return {
    leadStatus: wanted,
    lead: { status: isNoLead ? 'NOT_A_LEAD' : 'NOT_SCORED', goodInteractionId: null },
    moved,
  };
}

function alreadyGood(good: InteractionRow) {
  const id = encodeGlobalId(typenameOf(good.kind), good.id);
  return policyRefused(
    'ALREADY_GOOD_LEAD',
    `Interaction ${id} of ${good.occurredAt.toISOString()} already made this lead a good one. Unmark that one first to mark this one.`,
    { field: 'leadStatus' },
  );
}
