// What a request to send comes to: which conversation or company, from which number, by whom. Reads only.

import { z } from 'zod';
import { type Agent, readAgent, seatOf } from '#domains/agents/index.ts';
import { messagingNumbers } from '#domains/numbers/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { parsePhoneNumber } from '#values/phone-number.ts';
import { invalidInput, notFound } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import {
  type ConversationState,
  findConversation,
  readConversation,
} from './store-conversations.ts';

/** more than ten parts have in any alphabet: see faultOfLength */
export const MOST_CHARACTERS = 1_600;

export const sendShape = z.object({
  conversationId: z.uuid().nullish(),
  companyId: z.uuid().nullish(),
  to: z.string().nullish(),
  text: z
    .string()
    .max(MOST_CHARACTERS, `text takes at most ${MOST_CHARACTERS} characters.`)
    .nullish()
    .transform((text) => text ?? ''),
  agentId: z.uuid().nullish(),
  /** http or https */
  mediaUrls: z
    .array(z.url({ protocol: /^https?$/, error: 'mediaUrls takes http and https addresses.' }))
    .nullish()
    .transform((urls) => urls ?? []),
  /** uploads of the same sender */
  mediaIds: z
    .array(z.uuid())
    .nullish()
    .transform((ids) => ids ?? []),
  sendAt: z.date().nullish(),
});
export type SendRequest = z.output<typeof sendShape>;

/** Between whom a text is to go. */
export interface Ends {
  companyId: string;
  /** E.164 */
  to: string;
  /** null before the first text */
  conversation: ConversationState | null;
}

/**
 * The two ends that a request names: a conversation, or a company and a number.
 * @throws Refused INVALID_INPUT, NOT_FOUND
 */
export async function readEnds(tx: Tx, viewer: Viewer, request: SendRequest): Promise<Ends> {
  const { accountId } = viewer;
  const { conversationId, companyId } = request;
  if ((conversationId != null) === (companyId != null || request.to != null)) {
    throw invalidInput('conversationId', 'Give conversationId, or companyId and to.');
  }
  if (conversationId) {
    const conversation = await readConversation(tx, accountId, conversationId);
    if (!conversation || !seesCompany(viewer, conversation.companyId)) {
      throw notFound('conversationId', 'Conversation');
    }
    return { companyId: conversation.companyId, to: conversation.customerNumber, conversation };
  }
  if (!companyId) throw invalidInput('companyId', 'companyId says which company writes.');
  const where = { accountId_id: { accountId, id: companyId } };
  const company = await tx.company.findUnique({ where, select: { id: true } });
  if (!company || !seesCompany(viewer, companyId)) throw notFound('companyId', 'Company');
  const to = parsePhoneNumber(request.to ?? '');
  if (!to) throw invalidInput('to', 'to takes a telephone number such as +14155550134.');
  const key = { accountId, companyId, customerNumber: to };
  return { companyId, to, conversation: await findConversation(tx, key) };
}

/**
 * The number that a text goes from, E.164: that of the conversation while it is in service, else the company's first that
 * is registered; null without any.
 */
export async function numberToSendFrom(
  tx: Tx,
  accountId: string,
  { companyId, conversation }: Ends,
): Promise<string | null> {
  const senders = await messagingNumbers(tx, accountId, companyId);
  const current = senders.find(({ number }) => number === conversation?.currentNumber);
  const sender = current ?? senders.find(({ registered }) => registered) ?? senders[0];
  return sender?.number ?? null;
}

/**
 * Who sends: a person by their own seat; a key names the agent for whom it acts.
 * @returns null when nobody with a seat does. Throws Refused INVALID_INPUT for a person who names another agent.
 */
export async function agentToSend(
  tx: Tx,
  { accountId, actor }: Viewer,
  agentId: string | null | undefined,
): Promise<Agent | null> {
  if (actor.kind !== 'user') return agentId ? readAgent(tx, accountId, agentId) : null;
  const own = await seatOf(tx, accountId, actor.id);
  if (agentId && agentId !== own?.id) {
    throw invalidInput('agentId', 'People send as themselves. Leave agentId out.');
  }
  return own;
}
