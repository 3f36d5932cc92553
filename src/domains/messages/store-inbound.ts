// A text that somebody sent: lead and conversation found or made, the text stored with what came with it, opt-outs
// recorded, all in the transaction of its webhook.
import { agentUsageSubject, countAgentMessage } from '#domains/agents/index.ts';
import { consentSubject, type InboundConsent, recordInbound } from '#domains/consent/index.ts';
import { firstStatus, reopenInteraction, storeInteraction } from '#domains/interactions/index.ts';
import { findOrMakeLead, leadLock } from '#domains/leads/index.ts';
import { type FoundTracker, findTracker } from '#domains/numbers/index.ts';
import { type CarrierMessageEvent, isErasedSession } from '#platform/carrier/index.ts';
import { inOneTrip, type SqlTx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parsePhoneNumber } from '#values/phone-number.ts';
import { announce } from './announce.ts';
import { answerWord } from './answer-word.ts';
import { cancelWaiting } from './cancel-message.ts';
import { conversationSubject, messageReceived } from './events.ts';
import { findByCarrierId, findPrompt, insertMessage, type NewMessage } from './store.ts';
import {
  type ConversationState,
  findConversation,
  insertConversation,
  writeConversation,
} from './store-conversations.ts';
import { storeArrivedMedia } from './store-media.ts';

export type InboundText = CarrierMessageEvent & { kind: 'received' };
type Slice = Pick<Platform, 'db' | 'events' | 'clock' | 'jobs' | 'log' | 'secrets'>;

/**
 * Stores a text, once however often its webhook comes. Must come before the transaction's first write.
 * @returns FOREIGN when none of its recipients is a number of the account's; ERASED when it was erased before or meanwhile.
 *   Nothing was written then
 */
export async function storeInbound(
  tx: SqlTx,
  slice: Slice,
  accountId: string,
  text: InboundText,
): Promise<'STORED' | 'FOREIGN' | 'ERASED'> {
  const found = await findOurs(tx, accountId, text);
  if (!found) return 'FOREIGN';
  const { companyId } = found.tracker;
  const { from: customerNumber, carrierMessageId } = text;
  const now = slice.clock.now(accountId);
  // consent runs from here: never from later than our receipt (L06)
  const at = text.occurredAt < now ? text.occurredAt : now;
  const [, known] = await inOneTrip(
    tx,
    () => slice.events.lock(tx, accountId, [consentSubject(companyId, customerNumber)]),
    () => findConversation(tx, { accountId, companyId, customerNumber }),
  );
  const conversationId = known?.id ?? newId();
  const subjects = [
    conversationSubject(conversationId),
    leadLock(companyId, customerNumber),
    ...(known?.agentId ? [agentUsageSubject(known.agentId)] : []),
  ];
  const [, stored, isErased] = await inOneTrip(
    tx,
    () => slice.events.lock(tx, accountId, subjects),
    () => findByCarrierId(tx, accountId, carrierMessageId),
    // erased while we waited for the locks, too
    () => isErasedSession(tx, accountId, carrierMessageId),
  );
  if (isErased) return 'ERASED';
  if (stored) return 'STORED';
  const place = { accountId, companyId, conversationId };
  const messageId = newId();
  const message: NewMessage = {
    ...{ accountId, id: messageId, conversationId, direction: 'INBOUND', state: 'RECEIVED' },
    ...{ text: text.text, ownNumber: found.phoneNumber.number, at, createdAt: now },
    ...{ carrierMessageId, agentId: known?.agentId ?? null },
  };
  const record = () =>
    recordInbound(tx, slice, {
      ...{ accountId, companyId, number: customerNumber },
      ...{ text: text.text, receivedAt: at, messageId },
      promptBy: (by) => findPrompt(tx, accountId, conversationId, by),
    });
  const { version, consent } = known
    ? await meetAgain(tx, known, found, message, record)
    : await begin(tx, slice, place, customerNumber, found, message, record);
  await storeArrivedMedia(tx, slice, { accountId, conversationId, messageId }, text.media);
  const agentId = known?.agentId;
  if (agentId) {
    await countAgentMessage(tx, slice, { accountId, agentId, direction: 'INBOUND', at });
  }
  await announce(tx, slice, { ...place, at, version }, [
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
  return 'STORED';
}

/** Of a group's text the first of our numbers stands for all. */
async function findOurs(
  tx: SqlTx,
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

/** What was made of a text besides its own row. */
interface Stored {
  /** of the conversation, at which the text is told of */
  version: number;
  consent: InboundConsent;
}

/** A conversation begins, with its first text. */
async function begin(
  tx: SqlTx,
  { events }: Pick<Platform, 'events'>,
  { accountId, companyId, conversationId: id }: Place,
  customerNumber: string,
  { tracker, source, phoneNumber }: FoundTracker,
  message: NewMessage,
  record: () => Promise<InboundConsent>,
): Promise<Stored> {
  const { at } = message;
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
  const leadId = lead?.leadId ?? null;
  const interaction = {
    ...{ accountId, id, kind: 'CONVERSATION' as const, companyId, leadId, waits: true },
    ...{ ownLeadId: lead?.ownLeadId ?? null, sourceId: source.id, occurredAt: at },
    // of a lead that has just been made nothing can have been marked
    leadStatus: await firstStatus(tx, accountId, lead?.isNew ? null : leadId, {
      id,
      occurredAt: at,
    }),
  };
  const conversation: ConversationState = {
    ...{ accountId, id, companyId, customerNumber, startedBy: 'INBOUND', agentId: null },
    ...{ firstNumber: phoneNumber.number, firstTrackerId: tracker.id },
    ...{ currentNumber: phoneNumber.number, currentTrackerId: tracker.id },
    ...{ lastInboundAt: at, lastMessageAt: at },
  };
  const [{ version }, , , consent] = await inOneTrip(
    tx,
    () => storeInteraction(tx, interaction),
    () => insertConversation(tx, conversation),
    () => insertMessage(tx, message),
    record,
  );
  return { version, consent };
}

/** A text more. The number that they texted last is the one that answers, however late the texts come. */
async function meetAgain(
  tx: SqlTx,
  known: ConversationState,
  { tracker, phoneNumber }: FoundTracker,
  message: NewMessage,
  record: () => Promise<InboundConsent>,
): Promise<Stored> {
  const { accountId, id, lastInboundAt, lastMessageAt } = known;
  const { at } = message;
  const isNewest = lastInboundAt === null || at >= lastInboundAt;
  const fields = {
    lastMessageAt: at > lastMessageAt ? at : lastMessageAt,
    ...(isNewest && {
      ...{ lastInboundAt: at, currentNumber: phoneNumber.number, currentTrackerId: tracker.id },
    }),
  };
  const [version, , , consent] = await inOneTrip(
    tx,
    () => reopenInteraction(tx, accountId, id, at, 1),
    () => writeConversation(tx, accountId, id, fields),
    () => insertMessage(tx, message),
    record,
  );
  return { version, consent };
}
