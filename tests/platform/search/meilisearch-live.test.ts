// The contract over a real Meilisearch server, where MEILISEARCH_URL and MEILISEARCH_KEY name one; its indexes of this run
// are deleted at the end.
import { afterAll, describe, it } from 'vitest';
import { readCopy, retiredAt } from '#platform/search/copy/state.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { openCopiedLibrary } from './copied-library.ts';
import { describeEngine } from './engine-contract.ts';

const { MEILISEARCH_URL: url = '', MEILISEARCH_KEY: key = '' } = process.env;

if (url === '' || key === '') {
  console.warn('SKIPPED: no real search server is asked (MEILISEARCH_URL, MEILISEARCH_KEY).');
  it.skip('a real Meilisearch server keeps the contract', () => {});
} else {
  const { db } = await freshDatabase();
  const { library, server } = openCopiedLibrary(db, { url, key });
  afterAll(async () => {
    const copy = await readCopy(db);
    const retired = copy ? retiredAt(copy, server.digest).map(({ uid }) => uid) : [];
    for (const uid of [copy?.activeUid, copy?.buildingUid, ...retired]) {
      if (uid) await server.dropIndex(uid);
    }
  });
  describe('a real server', () => describeEngine(library, 'theirs'));
}
