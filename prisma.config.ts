// Settings of the ordinary Prisma CLI (`npx prisma migrate status`, `npx prisma studio` …): the models, the migrations, and
// the database: DATABASE_URL, else the embedded server of DATA_DIR while it runs.
import { env } from 'node:process';
import { defineConfig } from 'prisma/config';
import { attachEmbedded } from './src/platform/db/embedded.ts';

const { DATABASE_URL, DATA_DIR } = env;
const url =
  DATABASE_URL ||
  (await attachEmbedded(DATA_DIR || '.data').then(
    (server) => server.url,
    () => undefined, // not running: commands without a database (generate, validate) still work
  ));

export default defineConfig({
  schema: 'prisma',
  migrations: { path: 'prisma/migrations' },
  ...(url && { datasource: { url } }),
});
