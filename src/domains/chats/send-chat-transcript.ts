// An agent sends a chat's transcript by mail.
import { z } from 'zod';
import { type AnswerCodec, audit, authorize, once } from '#domains/accounts/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { enter, seeChat } from './answer-chat.ts';
import { chatSubject } from './events.ts';
import { requestTranscript, transcriptsSubject } from './request-transcript.ts';
import { emailShape } from './visitor-input.ts';

const shape = z.object({
  chatId: z.uuid(),
  email: emailShape.nullish(),
  agentId: z.uuid().nullish(),
  idempotencyKey: z.string().nullish(),
});

const CHAT_ID: AnswerCodec<string> = {
  store: (chatId) => ({ chatId }),
  restore: async (_tx, stored) => String(stored.chatId),
};

/**
 * Has it sent.
 * @param request.email left out: the address that the visitor has told
 * @returns the chat's id. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, LEAD_CENTER_REQUIRED, WRONG_STATE when the
 *   company has not switched it on, RATE_LIMITED, IDEMPOTENCY_KEY_CONFLICT.
 */
export async function sendChatTranscript(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'jobs' | 'secrets'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<string> {
  authorize(viewer, 'chats.answer');
  const { chatId, email, agentId, idempotencyKey } = parseInput(shape, request);
  const stable = { chatId, email, agentId };
  return once(
    platform,
    viewer,
    { mutation: 'sendChatTranscript', key: idempotencyKey, request: stable },
    async (tx) => {
      const { accountId } = viewer;
      const { companyId } = await seeChat(tx, viewer, chatId);
      // the mail tells all of it unmasked, to wherever they choose
      authorize(viewer, 'chats.read', companyId);
      authorize(viewer, 'personal.read', companyId);
      await platform.events.lock(tx, accountId, [transcriptsSubject(companyId)]);
      const { chat } = await enter(tx, platform, viewer, { chatId, agentId });
      const address = email ?? chat.visitorEmail;
      if (!address) {
        throw invalidInput('email', 'email takes where to: the visitor has told no address.');
      }
      await requestTranscript(tx, platform, chat, { id: newId(), address, byVisitor: false });
      const about = { action: 'sendChatTranscript', subject: chatSubject(chatId) };
      await audit(tx, viewer, platform.clock, about);
      return chatId;
    },
    CHAT_ID,
  );
}
