// A process of its own that keeps the copy of copy-kill.test.ts until it is killed. It says when it has sent something
// and when its pass is over.

import { pino } from 'pino';
import { openDb } from '#platform/db/index.ts';
import { openKeeper } from '#platform/search/copy/keep.ts';
import { type CopyServer, openCopyServer } from '#platform/search/copy/server.ts';

const [database = '', url = '', key = ''] = process.argv.slice(2);
const log = pino({ level: 'silent' });
const db = await openDb({ url: database, applicationName: 'copy child', poolSize: 3, log });
const server = openCopyServer({ url, key });
const telling: CopyServer = {
  ...server,
  async put(uid, documents) {
    const task = await server.put(uid, documents);
    process.send?.('sent');
    return task;
  },
};
const keeper = openKeeper({ db, server: telling, log });
const signal = AbortSignal.timeout(60_000);
await keeper.keep({ now: () => new Date('2026-11-26T12:00:00Z'), signal });
process.send?.('over');
await db.close();
