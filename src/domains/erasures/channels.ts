// What the erasure of each channel has of its own: who may, and what hangs on the interaction there.
import type { Verb } from '#domains/accounts/index.ts';
import { eraseCall } from '#domains/calls/index.ts';
import { deleteFilesOfChat } from '#domains/chats/index.ts';
import { interactionSubject } from '#domains/interactions/index.ts';
import { eraseConversation, isSending } from '#domains/messages/index.ts';
import { forgetTranscripts } from '#domains/transcripts/index.ts';
import type { InteractionKind } from '#generated/prisma/enums.ts';
import { eraseSessions } from '#platform/carrier/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { InteractionToErase } from './find-interaction.ts';
import type { ErasureRow } from './store.ts';

/** What went of an interaction with its channel, and what is left outside the database. */
export type ErasedOfChannel = Pick<
  ErasureRow,
  | 'recordingIds'
  | 'carrierRecordingIds'
  | 'mediaKeys'
  | 'sessions'
  | 'transcriptIds'
  | 'recordings'
  | 'transcripts'
  | 'messages'
  | 'files'
  | 'carrierEvents'
>;

interface Channel {
  /** the input field of its id */
  field: string;
  mutation: string;
  verb: Verb;
  /** Why it cannot be erased yet; null when it can. The locks are held. */
  goesOn(tx: Tx, accountId: string, one: InteractionToErase): Promise<string | null>;
  /** Deletes what hangs on the interaction, as far as that does not go with its row. */
  erase(tx: Tx, platform: Needs, accountId: string, id: string): Promise<Partial<ErasedOfChannel>>;
}
type Needs = Pick<Platform, 'clock' | 'search' | 'secrets'>;

const never = async () => null;

/** Channel by channel. */
export const CHANNELS: Readonly<Record<InteractionKind, Channel>> = {
  CALL: {
    ...{ field: 'callId', mutation: 'eraseCall', verb: 'calls.erase' },
    goesOn: async (_tx, _accountId, { call }) =>
      call && call.state !== 'ENDED'
        ? 'This call is still going on. Erase it when it has ended.'
        : null,
    async erase(tx, platform, accountId, id) {
      const transcriptIds = await forgetTranscripts(tx, platform, accountId, [id]);
      const erased = await eraseCall(tx, platform, accountId, id);
      if (!erased) throw new Error('A call went though its lock was held.');
      const { recordingIds, carrierRecordingIds, mediaKeys, session, carrierEvents } = erased;
      return {
        ...{ recordingIds, carrierRecordingIds, mediaKeys, sessions: [session], transcriptIds },
        ...{ recordings: recordingIds.length, transcripts: transcriptIds.length, carrierEvents },
      };
    },
  },
  CONVERSATION: {
    ...{ field: 'conversationId', mutation: 'eraseConversation', verb: 'conversations.erase' },
    goesOn: async (tx, accountId, { id }) =>
      (await isSending(tx, accountId, id))
        ? 'A text of this conversation is being sent. Erase it in some minutes, when the carrier has answered.'
        : null,
    erase: eraseConversation,
  },
  CHAT: {
    ...{ field: 'chatId', mutation: 'eraseChat', verb: 'chats.erase' },
    goesOn: never,
    async erase(tx, platform, accountId, id) {
      await remember(tx, platform, accountId, 'CHAT', id);
      const messages = await tx.chatMessage.count({ where: { accountId, chatId: id } });
      const { keys, folder } = await deleteFilesOfChat(tx, accountId, id);
      // with what the visitor was sending
      return { messages, files: keys.length, mediaKeys: [...keys, folder] };
    },
  },
  FORM: {
    ...{ field: 'formSubmissionId', mutation: 'eraseFormSubmission', verb: 'forms.erase' },
    goesOn: never,
    async erase(tx, platform, accountId, id) {
      await remember(tx, platform, accountId, 'FORM', id);
      return {};
    },
  },
};

/** A browser sends what was not answered again, for weeks: under this id nothing comes back. */
async function remember(
  tx: Tx,
  { clock }: Needs,
  accountId: string,
  kind: InteractionKind,
  id: string,
): Promise<void> {
  const subject = interactionSubject(kind, id);
  await eraseSessions(tx, accountId, { sessions: [id], subject, at: clock.now(accountId) });
}
