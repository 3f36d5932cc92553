// What it costs to look through calls gone by, page by page: none reads again what those before it have shown.
import { expect, it } from 'vitest';
import { scannableTranscripts } from '#domains/intelligence/keywords/spotting/read-scannable.ts';
import { countingRows } from '#tests/support/rows-read.ts';
import type { RowKey } from '#values/cursor.ts';
import { writeCalls } from '../../written-calls.ts';
import { openSpottingDesk } from '../spotting-desk.ts';

const library = await openSpottingDesk();
const { pool } = library.db;
const ALL = { companyIds: null, startedFrom: null, startedBefore: null };
/** so many that no planner would rather read the whole table for a page */
const CALLS = 10_000;
const PAGE = 100;

it('a page of calls gone by reads what is left, and no more', async () => {
  const people = await library.settle();
  const { accountId } = people;
  const { callId } = await people.write(['C: It leaks.']);
  await writeCalls(pool, { accountId, callId }, CALLS - 1);
  let after: RowKey | null = null;
  let seen = 0;
  for (;;) {
    const counted = countingRows(pool);
    const page: { id: string; occurredAt: Date }[] = await scannableTranscripts(
      { pool: counted.pool },
      accountId,
      ALL,
      { limit: PAGE, after },
    );
    // the one at which the page before ended is looked at twice
    expect(counted.rowsOf('interaction')).toBeLessThanOrEqual(CALLS - seen + 1);
    const last = page.at(-1);
    if (!last) break;
    seen += page.length;
    after = { value: last.occurredAt.toISOString(), id: last.id };
  }
  expect(seen).toBe(CALLS);
});
