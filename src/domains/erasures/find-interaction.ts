// An interaction that is to be erased, and its locks.
import { consentLocks, type NumberOf, numbersOfLead } from '#domains/consent/index.ts';
import { interactionSubject } from '#domains/interactions/index.ts';
import { leadLocks } from '#domains/leads/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';

/** One interaction of the account, as far as its erasure looks at it; null when there is none. */
export function findInteraction(tx: Tx, accountId: string, id: string) {
  return tx.interaction.findUnique({
    where: { accountId_id: { accountId, id } },
    select: {
      ...{ id: true, kind: true, companyId: true, leadId: true },
      call: { select: { state: true, carrierSessionId: true } },
      conversation: { select: { customerNumber: true } },
    },
  });
}

export type InteractionToErase = NonNullable<Awaited<ReturnType<typeof findInteraction>>>;

/** The numbers whose consent may go with an interaction. */
export async function numbersOf(
  tx: Tx,
  accountId: string,
  { companyId, leadId, conversation }: InteractionToErase,
): Promise<NumberOf[]> {
  if (leadId) return numbersOfLead(tx, accountId, leadId);
  return conversation ? [{ companyId, number: conversation.customerNumber }] : [];
}

/**
 * Waits until nobody works at an interaction, its lead or their consent. Before the first write.
 * @returns it as it is then; null when it went meanwhile
 */
export async function lockInteraction(
  tx: Tx,
  { events, search }: Pick<Platform, 'events' | 'search'>,
  accountId: string,
  one: InteractionToErase,
): Promise<InteractionToErase | null> {
  const { id, kind, call, conversation, companyId } = one;
  if (call) await events.lock(tx, accountId, [`session:${call.carrierSessionId}`]);
  const customer = conversation ? [{ companyId, number: conversation.customerNumber }] : [];
  let seen: InteractionToErase | null = one;
  const locks = async () => {
    const numbers = [...customer, ...(seen ? await numbersOf(tx, accountId, seen) : [])];
    const ofLead = seen?.leadId ? await leadLocks(tx, accountId, seen.leadId) : [];
    return { consent: consentLocks(numbers), subjects: [interactionSubject(kind, id), ...ofLead] };
  };
  const held = new Set<string>();
  // its lead may be merged, or get another number, while the locks are waited for
  for (
    let wanted = await locks();
    Object.values(wanted).some((names) => names.some((name) => !held.has(name)));
    wanted = await locks()
  ) {
    for (const names of [wanted.consent, wanted.subjects]) {
      await events.lock(tx, accountId, names);
      for (const name of names) held.add(name);
    }
    seen = await findInteraction(tx, accountId, id);
  }
  if (call) await search.lock(tx, accountId);
  return seen;
}
