// What a person agreed to and refused, number by number.
import { numbersOfLead } from '#domains/consent/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { inOrder } from './in-order.ts';
import type { OfPerson } from './of-person.ts';

/** The ledger of a person's numbers. */
export async function* tellConsents({ prisma, accountId, leadId, signal }: OfPerson) {
  for (const { companyId, number } of await numbersOfLead(prisma, accountId, leadId)) {
    const consent = await prisma.consent.findUnique({
      where: { accountId_companyId_number: { accountId, companyId, number } },
      select: { id: true, optedOutAt: true, optedInAt: true, lastInboundAt: true },
    });
    if (!consent) continue;
    const { id: consentId, ...standing } = consent;
    const entries = inOrder('at', signal, ({ after, ...page }) =>
      prisma.consentEntry.findMany({
        where: { AND: [{ accountId, consentId }, after] },
        ...page,
        select: {
          ...{ id: true, kind: true, source: true, at: true, messageId: true },
          ...{ url: true, shownText: true, ipAddress: true, reference: true },
        },
      }),
    );
    yield { number, ...standing, entries: tellEntries(entries) };
  }
}

async function* tellEntries<Entry extends { id: string; messageId: string | null }>(
  entries: AsyncIterable<Entry>,
) {
  for await (const { id, messageId, ...entry } of entries) {
    yield { ...entry, messageId: messageId && encodeGlobalId('Message', messageId) };
  }
}
