// One person of a company behind a phone number: found, or made in the caller's transaction.

import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { leadCreated } from './events.ts';
import { findLeadByPhone, insertLead, readLeadNumbers } from './store.ts';

/**
 * The subject to give to `EventLog.lock` before the transaction's first write, so that two calls from one new number
 * make one lead.
 */
export function leadLock(companyId: string, e164: string): string {
  return `lead-identity:${companyId}:${e164}`;
}

/**
 * Finds the lead that a company knows by this number, or makes one and appends lead.created.
 * The caller has locked `leadLock(companyId, phoneNumber)`.
 * @param lead.phoneNumber E.164
 * @param lead.name what the carrier calls the caller; kept only for a new lead
 * @param lead.at when the lead first showed itself
 */
export async function findOrMakeLead(
  tx: Tx,
  { events }: Pick<Platform, 'events'>,
  lead: {
    accountId: string;
    companyId: string;
    phoneNumber: string;
    name?: string | null;
    at: Date;
  },
): Promise<{ leadId: string; isNew: boolean }> {
  const { accountId, companyId, phoneNumber, at } = lead;
  const found = await findLeadByPhone(tx, accountId, companyId, phoneNumber);
  if (found) return { leadId: found, isNew: false };
  const leadId = newId();
  const name = lead.name?.trim().slice(0, 200) || null;
  await insertLead(tx, { accountId, companyId, id: leadId, name, phoneNumber, createdAt: at });
  await events.append(tx, accountId, [
    {
      definition: leadCreated,
      companyId,
      subject: leadSubject(leadId),
      subjectVersion: 1,
      occurredAt: at,
      payload: { leadId },
    },
  ]);
  return { leadId, isNew: true };
}

/**
 * The locks under which nothing can change a lead and no interaction of it can arrive: its subject, and the
 * `leadLock` of each of its numbers.
 */
export async function leadLocks(tx: Tx, accountId: string, leadId: string): Promise<string[]> {
  const numbers = await readLeadNumbers(tx, accountId, leadId);
  return [
    leadSubject(leadId),
    ...numbers.map(({ companyId, value }) => leadLock(companyId, value)),
  ];
}

/** The subject of a lead's events, and the lock to take before changing it. */
export function leadSubject(leadId: string): string {
  return `lead:${leadId}`;
}
