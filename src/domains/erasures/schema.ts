// The erasures' part of the schema, imported for its effect on the builder.
import './schema/erasure.ts';
import './schema/lead-erasure.ts';
import './schema/lead-export.ts';
