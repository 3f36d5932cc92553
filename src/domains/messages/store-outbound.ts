// A text that is to go out: kept with its conversation, counted on its agent, told of, and its job begun.
import { countAgentMessage } from '#domains/agents/index.ts';
import { storeInteraction } from '#domains/interactions/index.ts';
import { findOrMakeLead } from '#domains/leads/index.ts';
import type { SqlTx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { announce } from './announce.ts';
import { messageQueued } from './events.ts';
import { sendMessageJob } from './jobs.ts';
import { insertMessage, type MessageRow } from './store.ts';
import { insertConversation, writeConversation } from './store-conversations.ts';
import { insertSentMedia, type StoredFile } from './store-media.ts';

type Slice = Pick<Platform, 'events' | 'clock' | 'jobs'>;

/** A text that the rules let go. */
export interface NewOutbound {
  accountId: string;
  companyId: string;
  conversationId: string;
  kind: MessageRow['kind'];
  text: string;
  /** ours, E.164 */
  from: string;
  at: Date;
  agentId: string | null;
  /** key:<id>, user:<id>, system:<name> */
  sentBy: string;
  files?: readonly StoredFile[];
  /** it asks them to opt in */
  asksOptIn?: boolean;
}

/** Begins a conversation in which the company writes first. The caller holds the locks of the conversation and the lead. */
export async function beginConversation(
  tx: SqlTx,
  { events }: Pick<Platform, 'events'>,
  { accountId, companyId, conversationId: id, from, at, agentId, to }: NewOutbound & { to: string },
): Promise<void> {
  const { leadId, ownLeadId } = await findOrMakeLead(
    tx,
    { events },
    {
      ...{ accountId, companyId, at, knownBy: [{ kind: 'PHONE', value: to }] },
    },
  );
  await storeInteraction(tx, {
    ...{ accountId, id, kind: 'CONVERSATION', companyId, leadId, ownLeadId },
    ...{ sourceId: null, occurredAt: at },
  });
  await insertConversation(tx, {
    ...{ accountId, id, companyId, customerNumber: to, startedBy: 'OUTBOUND', agentId },
    ...{ firstNumber: from, firstTrackerId: null, currentNumber: from, currentTrackerId: null },
    ...{ lastInboundAt: null, lastMessageAt: at },
  });
}

/**
 * Stores a text as QUEUED. The caller holds the locks of the conversation and of the agent's usage.
 * @param isNew the conversation has just been stored
 * @returns the message's id
 */
export async function storeOutbound(
  tx: SqlTx,
  slice: Slice,
  row: NewOutbound,
  isNew = false,
): Promise<string> {
  const { accountId, companyId, conversationId, kind, text, from, at, agentId, sentBy } = row;
  const now = slice.clock.now(accountId);
  const messageId = newId();
  await insertMessage(tx, {
    ...{ accountId, id: messageId, conversationId, direction: 'OUTBOUND', state: 'QUEUED', kind },
    ...{ text, ownNumber: from, at, createdAt: now, agentId, sentBy, dueAt: at },
    asksOptIn: row.asksOptIn ?? false,
  });
  await insertSentMedia(tx, { accountId, messageId }, row.files ?? []);
  // a text for later is counted in the month in which it goes
  const isScheduled = at > now;
  if (agentId && !isScheduled) {
    await countAgentMessage(tx, slice, { accountId, agentId, direction: 'OUTBOUND', at });
  }
  await writeConversation(tx, accountId, conversationId, {
    ...(agentId && { agentId }),
    ...(!isScheduled && { lastMessageAt: at }),
  });
  await announce(
    tx,
    slice,
    { accountId, companyId, conversationId, at: now, ...(isNew && { version: 1 }) },
    [{ definition: messageQueued, messageId }],
  );
  await slice.jobs.enqueue(
    tx,
    sendMessageJob,
    { accountId, messageId },
    { singletonKey: messageId, ...(isScheduled && { startAfter: at }) },
  );
  return messageId;
}
