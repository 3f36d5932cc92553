// A lead's score follows its interactions: the interactions domain says what it has become, this writes and announces it.

import type { LeadStatus } from '#generated/prisma/enums.ts';
import type { Tx } from '#platform/db/index.ts';
import type { NewEvent } from '#platform/events/index.ts';
import type { Platform } from '#platform/platform.ts';
import { leadQualified, leadUpdated } from './events.ts';
import { leadSubject } from './locks.ts';
import { type LeadScore, writeLead } from './store.ts';

/**
 * Writes what a lead has become and appends lead.qualified (it became a good lead) or lead.updated (status, value or
 * the qualifying interaction changed). Nothing is written when nothing changed. The caller has locked
 * `leadSubject(lead.id)` and holds the row (`holdLead`, UPDATE).
 * @param lead as held
 * @param now its status and qualifying interaction from now on
 * @param now.qualifiedAt since when it is a good lead; left out: since now
 * @param now.valueChanged whether an interaction's value, and so the lead's, changed
 */
export async function rescoreLead(
  tx: Tx,
  { events }: Pick<Platform, 'events'>,
  accountId: string,
  lead: LeadScore,
  now: {
    status: Exclude<LeadStatus, 'PREVIOUSLY_MARKED_GOOD_LEAD'>;
    goodInteractionId: string | null;
    valueChanged: boolean;
    qualifiedAt?: Date;
    at: Date;
  },
): Promise<void> {
  const statusChanged = now.status !== lead.status;
  const qualified = statusChanged && now.goodInteractionId !== null;
  const changes = [
    ...(statusChanged && !qualified ? ['status'] : []),
    ...(now.valueChanged ? ['value'] : []),
    ...(!statusChanged && now.goodInteractionId !== lead.goodInteractionId ? ['qualifiedBy'] : []),
  ];
  const told: { definition: NewEvent['definition']; payload: object }[] = [];
  if (qualified) {
    told.push({
      definition: leadQualified,
      payload: { leadId: lead.id, interactionId: now.goodInteractionId },
    });
  }
  if (changes.length > 0) {
    told.push({ definition: leadUpdated, payload: { leadId: lead.id, changes } });
  }
  if (told.length === 0) return;
  await writeLead(tx, accountId, lead.id, {
    version: lead.version + told.length,
    status: now.status,
    goodInteractionId: now.goodInteractionId,
    ...(statusChanged ? { qualifiedAt: qualified ? (now.qualifiedAt ?? now.at) : null } : {}),
  });
  await events.append(
    tx,
    accountId,
    told.map((each, n) => ({
      ...each,
      companyId: lead.companyId,
      subject: leadSubject(lead.id),
      subjectVersion: lead.version + n + 1,
      occurredAt: now.at,
    })),
  );
}
