// Hands a text to the carrier, once. Before it goes all rules are asked again; while the request is out the customer's
// consent is locked by a transaction that writes nothing, so that an opt-out waits for it and nothing leaves after that
// has committed.
import pLimit, { type LimitFunction } from 'p-limit';
import {
  agentUsageSubject,
  countAgentMessage,
  holdSending,
  readAgent,
} from '#domains/agents/index.ts';
import { consentSubject, judgeConsent, readConsent } from '#domains/consent/index.ts';
import {
  type Carrier,
  CarrierRefused,
  CarrierUnreachable,
  type OutboundMessage,
} from '#platform/carrier/index.ts';
import { shareOfPool } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { moveMessage } from './apply-receipts.ts';
import { conversationSubject } from './events.ts';
import { holdsSending, judgeSend } from './judge-send.ts';
import type { Outcome } from './machine.ts';
import type { MessageFailure } from './machine-failure.ts';
import { linkToMedia } from './media-link.ts';
import { readSendState, SENDING } from './read-send-state.ts';
import { type MessageRow, readMessage, writeMessage } from './store.ts';
import {
  type ConversationState,
  readConversation,
  writeConversation,
} from './store-conversations.ts';
import { mediaIdsOf } from './store-media.ts';

/** the carrier is asked for what it did not answer to after this */
const ASK_AFTER_MS = 15_000;
/** the request takes 3.5 s at most, and the transaction that guards it is cut after 5 s */
const MOST_WAITING_MS = 1_000;
const GUARDS = 5;
/** what the carrier did not take for now is handed to it again after this */
const AGAIN_AFTER_MS = 5_000;

type Slice = Pick<Platform, 'db' | 'events' | 'clock' | 'carriers' | 'secrets' | 'publicUrl'>;
interface Key {
  accountId: string;
  messageId: string;
}
/** what became of it; null when nobody knows whether it went, UNTAKEN when it surely did not */
type Handed = Outcome | 'UNTAKEN' | null;
interface Claimed {
  message: MessageRow;
  conversation: ConversationState;
  letter: OutboundMessage;
}

/** by pool: what looks for texts that are due and the jobs share them */
const turns = new WeakMap<Slice['db'], LimitFunction>();

/**
 * Sends a text that is QUEUED and due. Doing it again does nothing.
 * @returns gone, early, already-done, sent, unanswered, postponed, or why it failed
 */
export function dispatchMessage(slice: Slice, key: Key): Promise<string> {
  const { db } = slice;
  const inTurn = turns.get(db) ?? pLimit(shareOfPool(db, 'texts'));
  turns.set(db, inTurn);
  return inTurn(() => dispatch(slice, key));
}

async function dispatch(slice: Slice, key: Key): Promise<string> {
  // before the claim: a text that was claimed and not handed over would be asked for, and never sent
  const carrier = await slice.carriers.of(key.accountId);
  const claimed = await claim(slice, key);
  if (typeof claimed === 'string') return claimed;
  const outcome = await handOver(slice, carrier, claimed);
  // what the carrier did not answer to is asked for later, and never sent again
  if (outcome === null) return 'unanswered';
  if (outcome === 'UNTAKEN') return postpone(slice, claimed);
  await slice.db.transaction((tx) => moveMessage(tx, slice, claimed.message, [outcome]));
  return outcome.kind === 'FAILED' ? (outcome.failure ?? `refused ${outcome.code}`) : 'sent';
}

/** Judges the text anew; then nobody else will send it. Writes why when it may not go. */
async function claim(slice: Slice, { accountId, messageId }: Key): Promise<Claimed | string> {
  const { db, events, clock } = slice;
  return db.transaction(async (tx) => {
    const seen = await readMessage(tx, accountId, messageId);
    const conversation = seen && (await readConversation(tx, accountId, seen.conversationId));
    if (!seen || !conversation) return 'gone';
    const { id: conversationId, companyId, customerNumber: to } = conversation;
    await events.lock(tx, accountId, [consentSubject(companyId, to)]);
    await events.lock(tx, accountId, [
      ...[SENDING, conversationSubject(conversationId)],
      ...(seen.agentId ? [agentUsageSubject(seen.agentId)] : []),
    ]);
    const message = await readMessage(tx, accountId, messageId);
    if (!message) return 'gone';
    if (message.state !== 'QUEUED') return 'already-done';
    const at = clock.now(accountId);
    if (message.at > at) return 'early';
    const { agentId, text, kind, ownNumber: from } = message;
    const isScheduled = message.at > message.createdAt;
    // one that was put back had its place when it was handed over first
    const wasCounted = !isScheduled || message.handedAt !== null;
    const state = await readSendState(tx, slice, {
      ...{ accountId, companyId, conversationId, messageId, to, from, kind, text, agentId, at },
      agent: agentId ? await readAgent(tx, accountId, agentId) : null,
      // it has had its place among the others since it was taken
      countedAt: message.at,
      isCounted: wasCounted,
      mediaFault: null,
    });
    const [refusal] = judgeSend(state);
    const { profileId } = state;
    if (refusal || profileId === null) {
      const failure = (refusal?.code ?? 'A2P_NOT_REGISTERED') as MessageFailure;
      const outcome: Outcome = { kind: 'FAILED', at, carrierMessageId: null, failure };
      await moveMessage(tx, slice, message, [outcome]);
      if (refusal && holdsSending(refusal)) await holdSending(tx, accountId, at);
      return failure;
    }
    await writeMessage(tx, accountId, messageId, {
      ...{ state: 'SENDING', handedAt: at },
      dueAt: new Date(at.getTime() + ASK_AFTER_MS),
    });
    if (!wasCounted) {
      await writeConversation(tx, accountId, conversationId, { lastMessageAt: at });
      if (agentId) {
        await countAgentMessage(tx, slice, { accountId, agentId, direction: 'OUTBOUND', at });
      }
    }
    const ids = await mediaIdsOf(tx, accountId, messageId);
    const root = { secrets: slice.secrets, publicUrl: slice.publicUrl() };
    // the carrier fetches them within moments
    const mediaUrls = ids.map((id) => linkToMedia(root, { accountId, id }, at));
    const letter = { from, to, text, mediaUrls, profileId, tag: messageId };
    return { message, conversation, letter };
  });
}

/** Puts a text that was surely not taken back among those that wait. */
async function postpone({ db, events, clock }: Slice, claimed: Claimed): Promise<string> {
  const { accountId, id } = claimed.message;
  const { id: conversationId, companyId, customerNumber } = claimed.conversation;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [consentSubject(companyId, customerNumber)]);
    await events.lock(tx, accountId, [conversationSubject(conversationId)]);
    if ((await readMessage(tx, accountId, id))?.state !== 'SENDING') return 'gone';
    const dueAt = new Date(clock.now(accountId).getTime() + AGAIN_AFTER_MS);
    await writeMessage(tx, accountId, id, { state: 'QUEUED', dueAt });
    return 'postponed';
  });
}

/**
 * Sends the letter while the consent is locked, once however often that transaction breaks.
 */
async function handOver(
  slice: Slice,
  carrier: Pick<Carrier, 'sendMessage'>,
  claimed: Claimed,
): Promise<Handed> {
  const { message, letter } = claimed;
  const { accountId } = message;
  let sending: Promise<Handed> | undefined;
  const send = async (): Promise<Handed> => {
    const at = slice.clock.now(accountId);
    try {
      return { kind: 'SENT', at, ...(await carrier.sendMessage(letter)) };
    } catch (error) {
      if (error instanceof CarrierUnreachable) return error.isUntaken ? 'UNTAKEN' : null;
      if (!(error instanceof CarrierRefused)) throw error;
      return { kind: 'FAILED', at, carrierMessageId: null, code: error.code };
    }
  };
  for (let guards = 0; guards < GUARDS; guards++) {
    try {
      const guarded = await guard(slice, claimed, () => {
        sending ??= send();
        return sending;
      });
      if (guarded !== 'LATE') return guarded;
    } catch {
      // a request that is out is waited for; one that never began may begin later
      return sending ?? 'UNTAKEN';
    }
  }
  return 'UNTAKEN';
}

/**
 * Does the work under the lock of the consent, if the text is still to go.
 * @returns LATE when too little time was left once the lock was had
 */
function guard(
  slice: Slice,
  { message: { accountId, id, kind }, conversation: { companyId, customerNumber } }: Claimed,
  work: () => Promise<Handed>,
): Promise<Handed | 'LATE'> {
  const { db, events, clock } = slice;
  const begunAt = performance.now();
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [consentSubject(companyId, customerNumber)]);
    if (performance.now() - begunAt > MOST_WAITING_MS) return 'LATE';
    if ((await readMessage(tx, accountId, id))?.state !== 'SENDING') return null;
    const at = clock.now(accountId);
    const consent = await readConsent(tx, slice, accountId, companyId, customerNumber);
    const failure = kind === 'PERSONAL' ? judgeConsent(consent, at) : null;
    if (failure) return { kind: 'FAILED', at, carrierMessageId: null, failure };
    return work();
  });
}
