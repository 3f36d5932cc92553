// What the search server refuses again and again waits for a day in the end, also where a day has 23 hours.
import { pino } from 'pino';
import { afterAll, afterEach, expect, it } from 'vitest';
import { openDb } from '#platform/db/index.ts';
import { openKeeper } from '#platform/search/copy/keep.ts';
import { openCopyServer } from '#platform/search/copy/server.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { openMeilisearch } from '#tests/support/meilisearch/open-meilisearch.ts';
import { openLibrary } from './library.ts';

const { url } = await freshDatabase();
const meilisearch = await openMeilisearch();
const log = pino({ level: 'silent' });
const options = encodeURIComponent('-c TimeZone=America/New_York');
const db = await openDb({
  ...{ url: `${url}?options=${options}`, applicationName: 'switchboard tests', poolSize: 5, log },
});
afterAll(async () => {
  await db.close();
  await meilisearch.close();
});
/** the day before its summer time begins */
const at = new Date('2027-03-13T17:00:00Z');
const keeper = openKeeper({ db, server: openCopyServer(meilisearch), log });
const keep = () => keeper.keep({ now: () => at, signal: AbortSignal.timeout(30_000) });

const account = await openLibrary(db).openAccount();
meilisearch.refuse(({ said }) => String(said).includes('cpoison'));
afterEach(async () => {
  await db.prisma.transcript.deleteMany();
  await db.prisma.searchCopyChange.deleteMany();
});

it.each([11, 5_000])(
  'what was refused %i times is tried again after 24 hours',
  async (attempts) => {
    await account.write('caller: poison here');
    await keep();
    await db.prisma.searchCopyChange.updateMany({ data: { attempts, notBefore: null } });
    await keep();
    const notBefore = new Date(at.getTime() + 24 * 60 * 60_000);
    expect(await db.prisma.searchCopyChange.findMany()).toMatchObject([
      { attempts: attempts + 1, notBefore },
    ]);
  },
);
