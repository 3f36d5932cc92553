// A process that owns an embedded server, for tests that kill it: `fork(thisFile, [dataDir])`. It tells its parent
// { url, port, serverPid, adopted } when the server is up, or { error } when it may not start.
import { pino } from 'pino';
import { startEmbeddedPostgres } from '#platform/db/index.ts';

const log = pino({ level: 'silent' });
try {
  const server = await startEmbeddedPostgres({ dataDir: process.argv[2] as string, log });
  const { url, port, adopted } = server;
  process.on('message', () => server.stop().then(() => process.exit()));
  process.send?.({ url, port, adopted, serverPid: server.pid() });
} catch (error) {
  process.send?.({ error: (error as Error).message }, () => process.exit(1));
}
