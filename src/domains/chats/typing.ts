// Who is writing in a chat, told in passing: never stored, and lost without harm. A sign holds for some seconds; whoever
// goes on writing sends another.
import { z } from 'zod';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';

const shape = z.object({
  id: z.uuid(),
  author: z.enum(['VISITOR', 'AGENT']),
  isTyping: z.boolean(),
});

/** How long a sign holds. */
export const TYPING_HOLDS_SECONDS = 6;

/** Somebody began or stopped writing. */
export type TypingSign = z.output<typeof shape>;

const topicOf = (chatId: string) => `chat-typing:${chatId}`;

/** Tells it to whoever listens now. */
export function tellTyping(
  { events }: Pick<Platform, 'events'>,
  { accountId, chatId }: { accountId: string; chatId: string },
  sign: Omit<TypingSign, 'id'>,
): void {
  events.signal(accountId, topicOf(chatId), { id: newId(), ...sign });
}

/** Hears it, from this call on. */
export async function* hearTyping(
  { events }: Pick<Platform, 'events'>,
  { accountId, chatId }: { accountId: string; chatId: string },
  signal: AbortSignal,
): AsyncGenerator<TypingSign, void> {
  for await (const heard of events.signals(accountId, topicOf(chatId), signal)) {
    const parsed = shape.safeParse(heard);
    if (parsed.success) yield parsed.data;
  }
}
