// Texts between companies and their customers: what comes in is kept and told of at once, what goes out keeps the rules.
export { arrivalOfConversation } from './arrival-of-conversation.ts';
export { openDueTexts } from './due-texts.ts';
export { eraseConversation, isSending } from './erase-conversation.ts';
export { fetchMediaHandler } from './fetch-media.ts';
export { messagesJobHandlers } from './job-handlers.ts';
export {
  cancelOptedOutJob,
  fetchMediaJob,
  purgeErasedTextsJob,
  sendMessageJob,
} from './jobs.ts';
export { linkToMedia, readMediaLink } from './media-link.ts';
export { storedMedia } from './read-messages.ts';
export { receiveMessageEvents } from './receive.ts';
export { Conversation } from './schema.ts';
