// The installation's part of the schema, imported for its effect on the builder; one file per thing.
import './schema/site-scan.ts';
import './schema/scan-mutations.ts';
import './schema/health.ts';
