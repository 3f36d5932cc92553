// A process of its own that applies the migrations of a folder, until it is killed.
import { applyMigrations } from '#platform/db/index.ts';

const [url = '', folder = ''] = process.argv.slice(2);
await applyMigrations(url, { folder });
