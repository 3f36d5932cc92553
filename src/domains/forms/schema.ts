// The forms' part of the schema, imported for its effect on the builder.
import './schema/form-submission.ts';
import './schema/list.ts';
import './schema/live.ts';
import './schema/change.ts';
import './schema/settings.ts';
