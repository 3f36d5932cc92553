// Intelligence in the schema, imported for its effect on the builder: sets → their mutations → hits and events.
import './schema/keyword-set.ts';
import './schema/keyword-mutations.ts';
import './schema/keyword-hit.ts';
