// The engine in PostgreSQL keeps the contract of every engine.
import { freshDatabase } from '#tests/support/database.ts';
import { describeEngine } from './engine-contract.ts';
import { openLibrary } from './library.ts';
import { describeAgainstModel } from './model-contract.ts';

const { db } = await freshDatabase();
const library = openLibrary(db);

describeEngine(library);
describeAgainstModel(library);
