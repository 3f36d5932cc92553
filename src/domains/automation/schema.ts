// Automation in the schema, imported for its effect on the builder.
import './schema/rule.ts';
import './schema/list.ts';
import './schema/change-rule.ts';
import './schema/run.ts';
import './schema/preview.ts';
