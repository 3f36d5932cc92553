// What a trend costs beside many calls: no more than the calls of its range.
import { expect, it } from 'vitest';
import { readCoachingTrend } from '#domains/intelligence/insights/read-coaching-trend.ts';
import { countingRows } from '#tests/support/rows-read.ts';
import { FRONT, openTrendDesk, point } from './trend-desk.ts';

const desk = await openTrendDesk();
const { pool } = desk.db;
/** so many that no planner would rather read the whole table */
const CALLS = 10_000;
const TABLES = ['interaction', 'call', 'transcript', 'insight_run', 'insight'];

it('costs what the calls of its range cost, and nothing for those before', async () => {
  const { callTo, companyId, viewer } = await desk.settle();
  desk.clock.set(new Date('2026-03-03T15:00:00.000Z'));
  await desk.copy(await callTo(FRONT, 1), CALLS);
  await pool.query(`vacuum analyze ${TABLES.join(', ')}`);
  const counted = countingRows(pool);
  const range = {
    from: new Date('2026-03-03T14:50:00.000Z'),
    before: new Date('2026-03-04T00:00:00.000Z'),
  };
  const points = await readCoachingTrend({ db: { ...desk.db, pool: counted.pool } }, viewer, {
    ...{ companyId, ...range, groupBy: 'DESTINATION', destinations: [FRONT] },
  });
  expect(points).toEqual([{ ...point(FRONT, 1, 11), agentId: null }]);
  // each run is held against those after it
  const most = { interaction: 11, call: 11, transcript: 11, insight_run: 22, insight: 11 };
  const read = TABLES.map((table) => [table, counted.rowsOf(table)]);
  expect(Object.fromEntries(read)).toEqual(most);
});
