// The reports' part of the schema, imported for its effect on the builder.
import './schema/call-reports.ts';
import './schema/interaction-reports.ts';
import './schema/attribution-report.ts';
import './schema/costs.ts';
import './schema/exports.ts';
