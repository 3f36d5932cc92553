// The messages' part of the schema, imported for its effect on the builder.
import './schema/message.ts';
import './schema/conversation.ts';
import './schema/list.ts';
import './schema/change.ts';
import './schema/live.ts';
import './schema/preview.ts';
import './schema/send.ts';
import './schema/traffic.ts';

export { Conversation } from './schema/conversation.ts';
