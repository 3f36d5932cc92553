// The visitors' part of the schema, imported for its effect on the builder; one file per thing.
import './schema/source-rule.ts';
import './schema/source-rule-mutations.ts';
import './schema/explain-source.ts';
