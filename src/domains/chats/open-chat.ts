// A visitor's first message opens a conversation: its interaction, its lead where they told who they are, the company's
// greeting and the message, in one transaction.
import { storeInteraction } from '#domains/interactions/index.ts';
import { locksOfPerson } from '#domains/leads/index.ts';
import { visitOfSender } from '#domains/visitors/index.ts';
import { isErasedSession } from '#platform/carrier/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { stableId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { addMessage } from './add-message.ts';
import { announce } from './announce.ts';
import { chatOpened, chatSubject } from './events.ts';
import { knownBy, leadOf } from './person-of-chat.ts';
import { insertChat, insertChatMessage, readChat } from './store.ts';
import type { ToldPerson } from './visitor-input.ts';

/** A conversation as a page opens it. */
export interface NewChat {
  accountId: string;
  companyId: string;
  /** the same however often it comes */
  id: string;
  at: Date;
  /** the browser; null without consent */
  visitorId: string | null;
  sessionId: string | null;
  pageUrl: string;
  /** stored as a message of the system; empty = none */
  greeting: string;
  person: ToldPerson;
  /** id: the sender's own */
  message: { id: string; text: string };
}

/** The id of a visitor's message, by which one that comes again is known. */
export function visitorMessageId(chatId: string, id: string): string {
  return stableId('chat-message', chatId, 'VISITOR', id);
}

/** Opens it, once however often it comes; one that was erased stays so. Must come before the transaction's first write. */
export async function openChat(
  tx: Tx,
  platform: Pick<Platform, 'events'>,
  given: NewChat,
): Promise<void> {
  const { accountId, companyId, id, person, message, greeting } = given;
  const place = { accountId, companyId };
  await platform.events.lock(tx, accountId, [
    chatSubject(id),
    ...(await locksOfPerson(tx, place, knownBy(person))),
  ]);
  if (await readChat(tx, accountId, id)) return;
  if (await isErasedSession(tx, accountId, id)) return;
  const { at, sessionId, sourceId } = await visitOfSender(tx, given);
  const lead = await leadOf(tx, platform, { ...place, at }, knownBy(person), person.name);
  await storeInteraction(tx, {
    ...{ ...place, id, kind: 'CHAT', sourceId, occurredAt: at },
    ...(lead ?? { leadId: null, ownLeadId: null }),
  });
  await insertChat(tx, {
    ...{ ...place, id, state: 'OPEN', sessionId, pageUrl: given.pageUrl },
    ...{ lastMessageAt: at, lastSeq: greeting ? 1 : 0 },
    visitorName: person.name ?? '',
    visitorEmail: person.email ?? '',
    visitorPhone: person.phone ?? '',
  });
  if (greeting) {
    await insertChatMessage(tx, {
      ...{ accountId, id: stableId('chat-message', id, 'SYSTEM', 1), chatId: id, seq: 1 },
      ...{ author: 'SYSTEM', text: greeting, sentAt: at },
    });
  }
  const chat = await readChat(tx, accountId, id);
  if (!chat) throw new Error('A chat that was written is not there.');
  await announce(tx, platform, chat, at, [
    { definition: chatOpened, payload: { isReopened: false } },
  ]);
  await addMessage(tx, platform, chat, {
    ...{ id: visitorMessageId(id, message.id), author: 'VISITOR', clientId: message.id },
    ...{ text: message.text, sentAt: at },
  });
}
