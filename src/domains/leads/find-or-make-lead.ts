// One person of a company behind telephone numbers and e-mail addresses: found, or made in the caller's transaction.

import { type SqlTx, type Tx, unawaited } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { leadCreated } from './events.ts';
import { learnOfLead } from './learn-of-lead.ts';
import { leadSubject } from './locks.ts';
import { type Identity, insertLead, readIdentities } from './store.ts';

/**
 * Finds the lead that a company knows by one of these, or makes one and appends lead.created.
 * Where several leads are known by them, the first in the list decides; what another lead is known by stays with that one.
 * What nobody is known by becomes the lead's, as does the name of one who has none (lead.updated).
 * The caller has locked `leadLock(companyId, value)` of each, or all of `locksOfPerson`.
 * @param lead.knownBy at least one, the most telling first: telephone numbers, then e-mail addresses
 * @param lead.name what they are called; null = unknown
 * @param lead.isOwnWord false: the carrier says the name, which tells nothing new of a lead that is known
 * @param lead.at when the lead first showed itself
 * @returns ownLeadId: where leads were merged, the one that this came to; to be stored with what came. null = leadId
 */
export async function findOrMakeLead(
  tx: SqlTx,
  { events }: Pick<Platform, 'events'>,
  lead: {
    accountId: string;
    companyId: string;
    knownBy: readonly [Identity, ...Identity[]];
    name?: string | null;
    isOwnWord?: boolean;
    at: Date;
  },
): Promise<{ leadId: string; ownLeadId: string | null; isNew: boolean }> {
  const { accountId, companyId, knownBy, at } = lead;
  const name = lead.name?.trim().slice(0, 200) || null;
  const known = await readIdentities(tx, accountId, companyId, knownBy);
  const found = firstOwner(knownBy, known);
  if (found) {
    const { leadId, ownLeadId } = found;
    const fresh = knownBy.filter((one) => ownerOf(one, known) === undefined);
    const learnt = { identities: fresh, name: lead.isOwnWord ? name : null };
    await learnOfLead(tx, { events }, { accountId, companyId, leadId, ownLeadId, at }, learnt);
    return { leadId, ownLeadId, isNew: false };
  }
  const leadId = newId();
  const made = { accountId, companyId, id: leadId, name, knownBy, createdAt: at };
  const told = {
    ...{ definition: leadCreated, companyId, occurredAt: at, payload: { leadId } },
    ...{ subject: leadSubject(leadId), subjectVersion: 1 },
  };
  await unawaited(tx, () => insertLead(tx, made));
  await unawaited(tx, () => events.append(tx, accountId, [told]));
  return { leadId, ownLeadId: null, isNew: true };
}

/** The lead that findOrMakeLead would find by these now; null when it would make one. */
export async function leadKnownBy(
  tx: Tx,
  { accountId, companyId }: { accountId: string; companyId: string },
  knownBy: readonly Identity[],
): Promise<string | null> {
  if (knownBy.length === 0) return null;
  const known = await readIdentities(tx, accountId, companyId, knownBy);
  return firstOwner(knownBy, known)?.leadId ?? null;
}

type Owner = Awaited<ReturnType<typeof readIdentities>>[number];

const ownerOf = ({ kind, value }: Identity, known: readonly Owner[]) =>
  known.find((one) => one.kind === kind && one.value === value);

function firstOwner(knownBy: readonly Identity[], known: readonly Owner[]): Owner | undefined {
  return knownBy.map((one) => ownerOf(one, known)).find((owner) => owner !== undefined);
}
