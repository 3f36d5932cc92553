// The consent's part of the schema, imported for its effect on the builder.
import './schema/list.ts';
import './schema/change.ts';

export { Consent, consentStateOf } from './schema/consent.ts';
export { ConsentState } from './schema/words.ts';
