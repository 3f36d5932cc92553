// Index and copy are compared a page of ours at a time, however few documents the copy has.
import { expect, it } from 'vitest';
import { type Building, compare } from '#platform/search/copy/build.ts';
import type { SourceRow } from '#platform/search/copy/document.ts';

const ACCOUNT = '00000000-0000-7000-8000-000000000001';
const idOf = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** An index of so many rows here, none of which the server has but one that is wrong, and one that is too many. */
async function compared(count: number) {
  const steps: string[] = [];
  const rows = Array.from({ length: count }, (_, n): SourceRow => {
    const ids = { accountId: ACCOUNT, id: idOf(n), subjectId: idOf(n), companyId: ACCOUNT };
    return { ...ids, trackerId: null, occurredAt: new Date(0), said: '' };
  });
  const pool = {
    query: async (text: string, values: unknown[]) => {
      if (/from search_document\s+where \(account_id, id\) >/.test(text)) {
        const [, id, limit] = values as [string, string, number];
        const found = rows.filter((row) => row.id > id).slice(0, limit);
        steps.push(`read ${found.length}`);
        return { rows: found };
      }
      steps.push(`note ${(values[0] as string[]).length}`);
      return { rows: [] };
    },
  };
  const wrong = { id: `${ACCOUNT}_${idOf(3)}`, digest: 'of before' };
  const extra = { id: `${ACCOUNT}_${idOf(count + 1)}`, digest: 'of one that is gone' };
  const server = {
    list: async (_uid: string, offset: number) => [wrong, extra].slice(offset),
  };
  const building = {
    db: { pool },
    server,
    now: () => new Date(0),
    signal: AbortSignal.timeout(60_000),
  };
  return { differ: await compare(building as unknown as Building, 'uid'), steps };
}

it('what is missing there is noted page by page', async () => {
  const { differ, steps } = await compared(1_200);
  expect(differ).toBe(1_201);
  expect(steps).toEqual([
    ...['read 500', 'note 500', 'read 500', 'note 500'],
    ...['read 200', 'note 200', 'read 0', 'note 1'],
  ]);
});
