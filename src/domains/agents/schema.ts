// The agents' part of the schema, imported for its effect on the builder.
import './schema/list.ts';
import './schema/seat.ts';
import './schema/presence.ts';
import './schema/events.ts';
import './schema/limits.ts';
import './schema/telephones.ts';

export { Agent } from './schema/agent.ts';
export { MessageLimits } from './schema/limits.ts';
