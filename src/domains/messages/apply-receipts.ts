// What the carrier tells of a text that we sent. It may come before our own note that it was taken, in any order, and twice.
import { consentSubject } from '#domains/consent/index.ts';
import { answerInInbox } from '#domains/interactions/index.ts';
import type { CarrierMessageEvent } from '#platform/carrier/index.ts';
import type { SqlTx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { announce, type Happened } from './announce.ts';
import { conversationSubject } from './events.ts';
import { happenedOf } from './happened-of.ts';
import { type Outcome, settleMessage } from './machine.ts';
import { findByCarrierId, type MessageRow, readMessage, writeMessage } from './store.ts';
import { type ConversationState, readConversation } from './store-conversations.ts';

export type Receipt = Exclude<CarrierMessageEvent, { kind: 'received' }>;

/**
 * Moves the message on. Must come before the transaction's first write.
 * @param receipts of one message, in the order in which they happened
 * @returns false when it is none of ours
 */
export async function applyReceipts(
  tx: SqlTx,
  slice: Pick<Platform, 'events' | 'clock'>,
  accountId: string,
  receipts: readonly Receipt[],
): Promise<boolean> {
  const [first] = receipts;
  if (!first) return false;
  const seen = await findSent(tx, accountId, receipts);
  if (!seen) return false;
  const { carrierMessageId } = first;
  await moveMessage(
    tx,
    slice,
    seen,
    receipts.map((receipt) => ({ ...outcomeOf(receipt), carrierMessageId })),
  );
  return true;
}

/**
 * Moves a message by what became of it, and tells of it. Must come before the transaction's first write: it locks the
 * customer and the conversation, and reads the message anew.
 */
export async function moveMessage(
  tx: SqlTx,
  slice: Pick<Platform, 'events' | 'clock'>,
  { accountId, id, conversationId }: Pick<MessageRow, 'accountId' | 'id' | 'conversationId'>,
  outcomes: readonly Outcome[],
): Promise<void> {
  const seen = await readConversation(tx, accountId, conversationId);
  if (!seen) return;
  const { companyId, customerNumber } = seen;
  await slice.events.lock(tx, accountId, [consentSubject(companyId, customerNumber)]);
  await slice.events.lock(tx, accountId, [conversationSubject(conversationId)]);
  const message = await readMessage(tx, accountId, id);
  const conversation = await readConversation(tx, accountId, conversationId);
  if (!message || !conversation) return;
  const { after, passed } = settleMessage(message, outcomes);
  if (Object.keys(after).length === 0) return;
  await writeMessage(tx, accountId, id, after);
  const { sentAt } = after;
  if (sentAt && isAnswer(message, conversation)) {
    await answerInInbox(tx, accountId, conversationId, sentAt);
  }
  const happened: Happened[] = passed.map((state) => happenedOf({ ...message, ...after }, state));
  const at = slice.clock.now(accountId);
  await announce(tx, slice, { accountId, companyId, conversationId, at }, happened);
}

/** What an agent wrote themselves, unless they have written since it was handed over; what the server says by itself is none. */
function isAnswer(
  { agentId, kind, at, handedAt, asksOptIn }: MessageRow,
  { lastInboundAt }: ConversationState,
): boolean {
  if (agentId === null || kind !== 'PERSONAL' || asksOptIn) return false;
  return lastInboundAt !== null && lastInboundAt <= (handedAt ?? at);
}

async function findSent(
  tx: SqlTx,
  accountId: string,
  receipts: readonly Receipt[],
): Promise<MessageRow | null> {
  const { carrierMessageId } = receipts[0] as Receipt;
  const known = await findByCarrierId(tx, accountId, carrierMessageId);
  if (known) return known.direction === 'OUTBOUND' ? known : null;
  const tag = receipts.find((receipt) => receipt.tag !== null)?.tag;
  return tag ? readMessage(tx, accountId, tag) : null;
}

function outcomeOf(receipt: Receipt): Omit<Outcome, 'carrierMessageId'> {
  if (receipt.kind === 'sent') return { kind: 'SENT', at: receipt.occurredAt };
  const { occurredAt: at, state, code, segments } = receipt;
  // UNCONFIRMED: it went out, and nobody will say more
  if (state === 'UNCONFIRMED') return { kind: 'SENT', at, segments };
  if (state === 'DELIVERED') return { kind: 'DELIVERED', at, segments };
  return { kind: 'FAILED', at, segments, code };
}
