// The accounts' part of the schema, imported for its effect on the builder; one file per thing.
import './schema/viewer.ts';
import './schema/account.ts';
import './schema/audit-log.ts';
import './schema/sign-in.ts';
import './schema/own-session.ts';

export { Actor } from './schema/actor.ts';
export { Company, RedactionClass } from './schema/company.ts';
export { Viewer } from './schema/viewer.ts';
