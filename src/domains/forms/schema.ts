// The forms' part of the schema, imported for its effect on the builder.
import './schema/list.ts';
import './schema/live.ts';
import './schema/change.ts';
import './schema/settings.ts';

export { FormSubmission } from './schema/form-submission.ts';
