// Attribution's part of the schema, imported for its effect on the builder.
import './schema/timeline.ts';
import './schema/lead-updates.ts';
import './schema/attribution.ts';
import './schema/visit-facts.ts';

export { AttributionModel, AttributionWeights } from './schema/words.ts';
