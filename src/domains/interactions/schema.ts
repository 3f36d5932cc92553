// The interactions' part of the schema, imported for its effect on the builder.
import './schema/interaction.ts';
import './schema/lead-timeline.ts';
