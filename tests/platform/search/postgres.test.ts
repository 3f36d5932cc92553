// The engine in PostgreSQL keeps the contract of every engine.
import { freshDatabase } from '#tests/support/database.ts';
import { describeEngine } from './engine-contract.ts';
import { openLibrary } from './library.ts';

const { db } = await freshDatabase();

describeEngine(openLibrary(db));
