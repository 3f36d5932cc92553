// Taking back texts that have not left: one, by whoever may send; all that wait for somebody who opted out.
import { audit, authorize } from '#domains/accounts/index.ts';
import { consentSubject } from '#domains/consent/index.ts';
import type { SqlTx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { notFound, policyRefused } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { announce } from './announce.ts';
import { conversationSubject } from './events.ts';
import { happenedOf } from './happened-of.ts';
import type { MessageFailure } from './machine-failure.ts';
import { type MessageRow, readMessage, readWaiting, writeMessage } from './store.ts';
import { readConversation } from './store-conversations.ts';

type Slice = Pick<Platform, 'events' | 'clock'>;

/**
 * Cancels a text that waits: it is FAILED with CANCELLED then.
 * @returns its id, again when it was cancelled before
 * @throws Forbidden; Refused NOT_FOUND, WRONG_STATE once it has been handed to the carrier, or has failed
 */
export async function cancelMessage(
  platform: Slice & Pick<Platform, 'db'>,
  viewer: Viewer,
  messageId: string,
): Promise<string> {
  authorize(viewer, 'messages.send');
  const { db, events, clock } = platform;
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    const seen = await readMessage(tx, accountId, messageId);
    const conversation = seen && (await readConversation(tx, accountId, seen.conversationId));
    if (!conversation || !seesCompany(viewer, conversation.companyId)) {
      throw notFound('messageId', 'Message');
    }
    const { id: conversationId, companyId, customerNumber } = conversation;
    await events.lock(tx, accountId, [consentSubject(companyId, customerNumber)]);
    await events.lock(tx, accountId, [conversationSubject(conversationId)]);
    const message = await readMessage(tx, accountId, messageId);
    if (!message) throw notFound('messageId', 'Message');
    if (message.state === 'FAILED' && message.failure === 'CANCELLED') return messageId;
    if (message.state !== 'QUEUED') {
      const why = 'Only a text that waits can be cancelled; this one does not any more.';
      throw policyRefused('WRONG_STATE', why, { field: 'messageId' });
    }
    await fail(tx, platform, { companyId, at: clock.now(accountId) }, [message], 'CANCELLED');
    await audit(tx, viewer, clock, {
      action: 'cancelMessage',
      subject: conversationSubject(conversationId),
      after: { messageId },
    });
    return messageId;
  });
}

/** Ends all texts that wait in a conversation: they opted out. The caller holds its lock and that of the consent. */
export async function cancelWaiting(
  tx: SqlTx,
  slice: Slice,
  of: { accountId: string; companyId: string; conversationId: string; at: Date },
): Promise<void> {
  const waiting = await readWaiting(tx, of.accountId, of.conversationId);
  await fail(tx, slice, of, waiting, 'OPTED_OUT');
}

async function fail(
  tx: SqlTx,
  slice: Slice,
  { companyId, at }: { companyId: string; at: Date },
  messages: readonly MessageRow[],
  failure: MessageFailure,
): Promise<void> {
  for (const { accountId, id, conversationId } of messages) {
    await writeMessage(tx, accountId, id, { state: 'FAILED', failure, dueAt: null });
    await announce(tx, slice, { accountId, companyId, conversationId, at }, [
      happenedOf({ id, failure }, 'FAILED'),
    ]);
  }
}
