// Chats between visitors of companies' pages and agents: only a visitor opens one, and only a seat answers (L17).
export { arrivalOfChat } from './arrival-of-chat.ts';
export { linkToChatFile, readChatFileLink } from './chat-file-link.ts';
export type { ChatNews } from './follow-chat.ts';
export { purgeChatTranscriptsJob, sendChatTranscriptJob } from './jobs.ts';
export { type ChatDesk, openChatDesk } from './open-chat-desk.ts';
export { purgeChatTranscriptsHandler } from './purge-transcripts.ts';
export { ChatConversation } from './schema.ts';
export { sendChatTranscriptHandler } from './send-transcript.ts';
export {
  deleteFilesOfChat,
  storedChatFile,
} from './store-files.ts';
