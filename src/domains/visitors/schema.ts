// The visitors' part of the schema, imported for its effect on the builder; one file per thing.
import './schema/source-rule.ts';
import './schema/source-rule-mutations.ts';
import './schema/explain-source.ts';
import './schema/explain-swap.ts';
import './schema/site.ts';
import './schema/site-mutations.ts';
import './schema/pool.ts';
import './schema/recommend-pool-size.ts';
import './schema/visitor-session.ts';
import './schema/assign-numbers.ts';
