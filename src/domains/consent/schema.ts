// The consent's part of the schema, imported for its effect on the builder.
import './schema/list.ts';
import './schema/change.ts';

export { Consent } from './schema/consent.ts';
