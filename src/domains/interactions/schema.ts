// The interactions' part of the schema, imported for its effect on the builder.
import './schema/lead-timeline.ts';
import './schema/lead-changes.ts';
import './schema/inbox.ts';
import './schema/inbox-counts.ts';
import './schema/inbox-changes.ts';
import './schema/change-saved-view.ts';

export { InteractionKind } from './schema/inbox-filter.ts';
export {
  Interaction,
  implementInteraction,
  readAsChannel,
  readInteractionId,
  SettableLeadStatus,
} from './schema/interaction.ts';
export { Money } from './schema/money.ts';
