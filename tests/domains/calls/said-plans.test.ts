// Lists of calls by what was said, by where they came from and by how long they took: what is common is met on the way down the
// list, and what is rare is begun with.
import { expect, it } from 'vitest';
import '#schema';
import { createAccount, createCompany, systemViewer } from '#domains/accounts/index.ts';
import { type CallFilter, listCalls } from '#domains/calls/read-calls.ts';
import { systemClock } from '#platform/clock/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { countingRows } from '#tests/support/rows-read.ts';
import { fillCalls } from '../../../bench/stage/fill-calls.ts';
import { COMMON_SET, fillSaid, RARE_SET } from './fill-said.ts';

const { db } = await freshDatabase();
const CALLS = 6_000;
/** for a page of 21 of which every second one fits, with up to three insights each */
const MOST = 200;
const platform = { db, clock: systemClock };
const account = await createAccount(platform, { name: 'Busy', mode: 'TEST' });
const viewer = systemViewer(account.id, 'TEST', 'tests');
const company = await createCompany(platform, viewer, { name: 'Garage Doors' });
await fillCalls(db.pool, { accountId: account.id, companyId: company.id }, CALLS);
await fillSaid(db.pool, account.id);
const source = await db.prisma.source.findFirstOrThrow({ orderBy: { id: 'asc' } });

/** How many calls a page shows, and how many rows of the tables were taken up for it. */
async function pageOf(filter: CallFilter) {
  const counted = countingRows(db.pool);
  const page = { limit: 21, after: null, direction: 'desc' as const };
  const found = await listCalls({ pool: counted.pool }, viewer, filter, page);
  const tables = ['interaction', 'call', 'transcript', 'keyword_hit', 'insight', 'insight_signal'];
  return { shown: found.length, read: Math.max(...tables.map(counted.rowsOf)) };
}

it.each<[string, CallFilter]>([
  ['a keyword of a set', { keywordSetIds: [COMMON_SET] }],
  ['a signal', { signals: ['SALE_MADE'] }],
  ['a score', { leadScores: ['FAIR'] }],
  ['a transcript that is there', { transcriptStates: ['READY'] }],
  ['a source', { sourceIds: [source.id] }],
  ['a direction', { directions: ['INBOUND'] }],
  ['a length', { minSeconds: 60, maxSeconds: 120 }],
])('calls with %s that many have are read from the newest on', async (_what, filter) => {
  const { shown, read } = await pageOf(filter);
  expect(shown).toBe(21);
  expect(read).toBeLessThan(MOST);
});

it.each<[string, CallFilter]>([
  ['a keyword of a set', { keywordSetIds: [RARE_SET] }],
  ['a signal', { signals: ['SALE_LOST'] }],
  ['a score', { leadScores: ['VERY_GOOD'] }],
  ['a transcript that failed', { transcriptStates: ['FAILED'] }],
  ['a direction', { directions: ['OUTBOUND'] }],
  ['a length', { minSeconds: 3_600 }],
])('calls with %s that few have are read by it', async (_what, filter) => {
  const { shown, read } = await pageOf(filter);
  expect(shown).toBe(12);
  expect(read).toBeLessThan(MOST);
});

it.each<[string, CallFilter]>([
  ['a keyword of a set', { keywordSetIds: [company.id] }],
  ['a signal', { signals: ['APPOINTMENT_MOVED'] }],
  ['a score', { leadScores: ['POOR'] }],
  ['a transcript under way', { transcriptStates: ['WAITING'] }],
  ['a source', { sourceIds: [company.id] }],
  ['a length', { maxSeconds: 10 }],
])('that no call has %s is known without reading them', async (_what, filter) => {
  expect(await pageOf(filter)).toEqual({ shown: 0, read: 0 });
});
