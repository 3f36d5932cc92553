// The chats' part of the schema, imported for its effect on the builder.
import './schema/chat.ts';
import './schema/list.ts';
import './schema/live.ts';
import './schema/answer.ts';
import './schema/change.ts';
import './schema/settings.ts';
import './schema/transcript.ts';

export { ChatConversation } from './schema/chat.ts';
