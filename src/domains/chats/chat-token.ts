// What lets a browser go on with a conversation: its id under a signature that binds it to the company.
import type { Secrets } from '#platform/secrets/index.ts';

const PURPOSE = 'chat-token';
const TOKEN = /^([0-9a-f-]{36})\.([\w-]{43})$/;

interface Place {
  accountId: string;
  companyId: string;
}

const signed = ({ accountId, companyId }: Place, chatId: string) =>
  `${accountId}:${companyId}:${chatId}`;

/** The token of a chat of the company. */
export function makeChatToken(secrets: Secrets, place: Place, chatId: string): string {
  return `${chatId}.${secrets.sign(signed(place, chatId), PURPOSE)}`;
}

/** The chat that a token is of; null for one that this server did not make for a chat of the company. */
export function readChatToken(secrets: Secrets, place: Place, token: string): string | null {
  const [, chatId, mac] = TOKEN.exec(token) ?? [];
  return chatId && mac && secrets.verify(signed(place, chatId), mac, PURPOSE) ? chatId : null;
}
