// Texts that went out before: written as they stand, without their way through the rules.
import { randomUUID } from 'node:crypto';
import type { Db } from '#platform/db/index.ts';

interface Sent {
  accountId: string;
  companyId: string;
  /** E.164, of the company */
  ownNumber: string;
  /** E.164; nobody else has a conversation with it */
  customerNumber: string;
  at: Date;
  /** one text each, in one conversation */
  texts: readonly string[];
  agentId?: string;
}

/** Writes a conversation that the company began, with these texts. */
export async function sentBefore(prisma: Db['prisma'], sent: Sent): Promise<void> {
  const { accountId, companyId, ownNumber, customerNumber, at, texts, agentId } = sent;
  const id = randomUUID();
  await prisma.interaction.create({
    data: { accountId, id, companyId, kind: 'CONVERSATION', occurredAt: at },
  });
  await prisma.conversation.create({
    data: {
      ...{ accountId, id, companyId, customerNumber, startedBy: 'OUTBOUND', lastMessageAt: at },
      ...{ firstNumber: ownNumber, currentNumber: ownNumber },
    },
  });
  await prisma.message.createMany({
    data: texts.map((text) => ({
      ...{ accountId, id: randomUUID(), conversationId: id, direction: 'OUTBOUND' as const, text },
      ...{ state: 'SENT' as const, ownNumber, at, createdAt: at, agentId: agentId ?? null },
    })),
  });
}

/** People who have agreed to be texted. */
export async function agreedBefore(
  prisma: Db['prisma'],
  { accountId, companyId, at }: { accountId: string; companyId: string; at: Date },
  numbers: readonly string[],
): Promise<void> {
  const of = { accountId, companyId, optedInAt: at, changedAt: at };
  await prisma.consent.createMany({
    data: numbers.map((number) => ({ ...of, id: randomUUID(), number })),
  });
}

/** A word of its own for each of 676 numbers: figures are all alike. */
export const wordOf = (n: number) =>
  `door${[Math.floor(n / 26), n % 26].map((place) => String.fromCharCode(97 + place)).join('')}`;
