// The interactions' part of the schema, imported for its effect on the builder.
import './schema/lead-timeline.ts';
import './schema/lead-changes.ts';

export { Interaction, implementInteraction, SettableLeadStatus } from './schema/interaction.ts';
export { Money } from './schema/money.ts';
