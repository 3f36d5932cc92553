// A side has read a chat up to a message.
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { announce } from './announce.ts';
import { chatRead, chatSubject } from './events.ts';
import { readChat, writeChat } from './store.ts';

/**
 * Moves a side's mark, never backwards and never beyond the newest message. Must come before the transaction's first write.
 * @returns false when it stood there already, or the chat is gone
 */
export async function markRead(
  tx: Tx,
  platform: Pick<Platform, 'events' | 'clock'>,
  { accountId, id }: { accountId: string; id: string },
  reader: 'VISITOR' | 'AGENT',
  upTo: number,
): Promise<boolean> {
  await platform.events.lock(tx, accountId, [chatSubject(id)]);
  const chat = await readChat(tx, accountId, id);
  if (!chat) return false;
  const column = reader === 'VISITOR' ? 'visitorReadSeq' : 'agentReadSeq';
  const seq = Math.min(upTo, chat.lastSeq);
  if (seq <= chat[column]) return false;
  await writeChat(tx, chat, { [column]: seq });
  await announce(tx, platform, chat, platform.clock.now(accountId), [
    { definition: chatRead, payload: { reader, seq } },
  ]);
  return true;
}
