// A text that somebody sent: lead and conversation found or made, the text stored with what came with it, opt-outs
// recorded, all in the transaction of its webhook.
import { agentUsageSubject, countAgentMessage } from '#domains/agents/index.ts';
import { consentSubject, recordInbound } from '#domains/consent/index.ts';
import { reopenInteraction, storeInteraction } from '#domains/interactions/index.ts';
import { findOrMakeLead, leadLock } from '#domains/leads/index.ts';
import { type FoundTracker, findTracker } from '#domains/numbers/index.ts';
import { type CarrierMessageEvent, isErasedSession } from '#platform/carrier/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parsePhoneNumber } from '#values/phone-number.ts';
import { announce } from './announce.ts';
import { answerWord } from './answer-word.ts';
import { cancelWaiting } from './cancel-message.ts';
import { conversationSubject, messageReceived } from './events.ts';
import {
  type ConversationState,
  findByCarrierId,
  findConversation,
  findPrompt,
  insertConversation,
  insertMessage,
  writeConversation,
} from './store.ts';
import { storeArrivedMedia } from './store-media.ts';

export type InboundText = CarrierMessageEvent & { kind: 'received' };
type Slice = Pick<Platform, 'db' | 'events' | 'clock' | 'jobs' | 'log' | 'secrets'>;

/**
 * Stores a text, once however often its webhook comes. Must come before the transaction's first write.
 * @returns false when none of its recipients is a number of the account's
 */
export async function storeInbound(
  tx: Tx,
  slice: Slice,
  accountId: string,
  text: InboundText,
): Promise<boolean> {
  const found = await findOurs(tx, accountId, text);
  if (!found) return false;
  const { companyId } = found.tracker;
  const { from: customerNumber, carrierMessageId } = text;
  const now = slice.clock.now(accountId);
  // consent runs from here: never from later than our receipt (L06)
  const at = text.occurredAt < now ? text.occurredAt : now;
  await slice.events.lock(tx, accountId, [consentSubject(companyId, customerNumber)]);
  const key = { accountId, companyId, customerNumber };
  const known = await findConversation(tx, key);
  const conversationId = known?.id ?? newId();
  await slice.events.lock(tx, accountId, [
    conversationSubject(conversationId),
    leadLock(companyId, customerNumber),
    ...(known?.agentId ? [agentUsageSubject(known.agentId)] : []),
  ]);
  if (await findByCarrierId(tx, accountId, carrierMessageId)) return true;
  // told twice, and erased while the second one waited for the locks
  if (await isErasedSession(tx, accountId, carrierMessageId)) return true;
  const place = { accountId, companyId, conversationId };
  if (known) await meetAgain(tx, known, found, at);
  else await begin(tx, slice, place, customerNumber, found, at);
  const messageId = newId();
  await insertMessage(tx, {
    ...{ accountId, id: messageId, conversationId, direction: 'INBOUND', state: 'RECEIVED' },
    ...{ text: text.text, ownNumber: found.phoneNumber.number, at, createdAt: now },
    ...{ carrierMessageId, agentId: known?.agentId ?? null },
  });
  await storeArrivedMedia(tx, slice, { accountId, conversationId, messageId }, text.media);
  const agentId = known?.agentId;
  if (agentId) {
    await countAgentMessage(tx, slice, { accountId, agentId, direction: 'INBOUND', at });
  }
  const consent = await recordInbound(tx, slice, {
    ...{ accountId, companyId, number: customerNumber },
    ...{ text: text.text, receivedAt: at, messageId },
    promptBy: (by) => findPrompt(tx, accountId, conversationId, by),
  });
  await announce(tx, slice, { ...place, at, ...(known ? null : { version: 1 }) }, [
    {
      definition: messageReceived,
      messageId,
      more: {
        isFirst: known === null,
        trackerId: found.tracker.id,
        suggestsOptOut: consent.suggestsOptOut,
      },
    },
  ]);
  if (consent.word === 'OPT_OUT') await cancelWaiting(tx, slice, { ...place, at: now });
  const isAnswered = text.autoresponse !== null;
  const answer = { ...place, from: found.phoneNumber.number, at: now };
  await answerWord(tx, slice, answer, { ...consent, isAnswered });
  return true;
}

/** Of a group's text the first of our numbers stands for all. */
async function findOurs(
  tx: Tx,
  accountId: string,
  { to, recipients }: InboundText,
): Promise<FoundTracker | null> {
  for (const number of new Set([to, ...recipients])) {
    const found = await findTracker(tx, accountId, number);
    if (found) return found;
  }
  return null;
}

interface Place {
  accountId: string;
  companyId: string;
  conversationId: string;
}

async function begin(
  tx: Tx,
  { events }: Pick<Platform, 'events'>,
  { accountId, companyId, conversationId: id }: Place,
  customerNumber: string,
  { tracker, source, phoneNumber }: FoundTracker,
  at: Date,
): Promise<void> {
  // a short code is nobody's telephone
  const value = parsePhoneNumber(customerNumber);
  const lead = value
    ? await findOrMakeLead(
        tx,
        { events },
        {
          ...{ accountId, companyId, at },
          knownBy: [{ kind: 'PHONE', value }],
        },
      )
    : null;
  await storeInteraction(tx, {
    ...{ accountId, id, kind: 'CONVERSATION', companyId, leadId: lead?.leadId ?? null },
    ...{ ownLeadId: lead?.ownLeadId ?? null, sourceId: source.id, occurredAt: at },
  });
  await reopenInteraction(tx, accountId, id, at);
  await insertConversation(tx, {
    ...{ accountId, id, companyId, customerNumber, startedBy: 'INBOUND', agentId: null },
    ...{ firstNumber: phoneNumber.number, firstTrackerId: tracker.id },
    ...{ currentNumber: phoneNumber.number, currentTrackerId: tracker.id },
    ...{ lastInboundAt: at, lastMessageAt: at },
  });
}

/** The number that they texted last is the one that answers, however late the texts come. */
async function meetAgain(
  tx: Tx,
  known: ConversationState,
  { tracker, phoneNumber }: FoundTracker,
  at: Date,
): Promise<void> {
  const { accountId, id, lastInboundAt, lastMessageAt } = known;
  await reopenInteraction(tx, accountId, id, at);
  const isNewest = lastInboundAt === null || at >= lastInboundAt;
  await writeConversation(tx, accountId, id, {
    lastMessageAt: at > lastMessageAt ? at : lastMessageAt,
    ...(isNewest && {
      ...{ lastInboundAt: at, currentNumber: phoneNumber.number, currentTrackerId: tracker.id },
    }),
  });
}
