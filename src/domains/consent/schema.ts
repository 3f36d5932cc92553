// The consent's part of the schema, imported for its effect on the builder.
import './schema/consent.ts';
import './schema/list.ts';
import './schema/change.ts';
