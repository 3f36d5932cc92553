// A lead that is known says more of themselves: another number or address, or their name.
import type { SqlTx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { leadUpdated } from './events.ts';
import { leadSubject } from './locks.ts';
import { holdLead, type Identity, insertIdentities, writeLead } from './store.ts';

/**
 * Adds what a lead is known by from now on, and their name where they have none; appends lead.updated when anything was
 * new. The caller holds the locks of the identities.
 * @param learnt.identities known by nobody in the company
 */
export async function learnOfLead(
  tx: SqlTx,
  { events }: Pick<Platform, 'events'>,
  { accountId, companyId, leadId, ownLeadId, at }: LeadAt,
  learnt: { identities: readonly Identity[]; name: string | null },
): Promise<void> {
  const { identities } = learnt;
  if (identities.length === 0 && learnt.name === null) return;
  await events.lock(tx, accountId, [leadSubject(leadId)]);
  const { version, name: known } = await holdLead(tx, accountId, leadId, 'UPDATE');
  const name = known ? null : learnt.name;
  const changes = [
    ...(identities.some(({ kind }) => kind === 'PHONE') ? ['phoneNumbers'] : []),
    ...(identities.some(({ kind }) => kind === 'EMAIL') ? ['emails'] : []),
    ...(name === null ? [] : ['name']),
  ];
  if (changes.length === 0) return;
  await insertIdentities(tx, { accountId, companyId, leadId, ownLeadId }, identities);
  await writeLead(tx, accountId, leadId, {
    version: version + 1,
    ...(name !== null && { name, nameOwnerId: ownLeadId }),
  });
  await events.append(tx, accountId, [
    {
      definition: leadUpdated,
      companyId,
      subject: leadSubject(leadId),
      subjectVersion: version + 1,
      occurredAt: at,
      payload: { leadId, changes },
    },
  ]);
}

interface LeadAt {
  accountId: string;
  companyId: string;
  leadId: string;
  /** where leads were merged, the one of which this is learnt; null = leadId */
  ownLeadId: string | null;
  at: Date;
}
