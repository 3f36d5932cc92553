// Notifications in the schema, imported for its effect on the builder.
import './schema/alert-rule.ts';
import './schema/list.ts';
import './schema/change-alert-rule.ts';
import './schema/summary-rule.ts';
import './schema/read-summaries.ts';
import './schema/change-summary-rule.ts';
import './schema/push-subscription.ts';
