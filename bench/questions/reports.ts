// Does a report take longer when more calls are kept? The same month of an account with 10,000 calls a year and of one with
// 1,000,000: by source, by keyword, by day, and by credit.
import { pino } from 'pino';
import { systemViewer } from '#domains/accounts/index.ts';
import { attributionReport } from '#domains/reports/attribution-report.ts';
import { callSummary, callTimeSeries } from '#domains/reports/call-summary.ts';
import { openDb } from '#platform/db/index.ts';
import type { BenchAccount } from '../processes/server.ts';
import {
  interleave,
  judge,
  median,
  ms,
  percentile,
  ratios,
  spread,
  whole,
} from '../stage/figures.ts';
import { fillCalls } from '../stage/fill-calls.ts';
import { fillSums } from '../stage/fill-sums.ts';
import type { Line, Stage } from '../stage/stage.ts';

const YEAR_SECONDS = 365 * 86_400;
const ROUNDS = 4;
const GROWTH_AIM = 2;
const DAY_MS = 86_400_000;

/** Asks the question. */
export async function reports(stage: Stage): Promise<Line[]> {
  const sizes = [10_000, stage.size(1_000_000, 50_000)];
  const log = pino({ level: 'warn' });
  const sides = [];
  for (const calls of sizes) {
    const databaseUrl = await stage.database(`reports_of_${calls}`);
    const server = await stage.startServer({ DATABASE_URL: databaseUrl });
    const account = await server.ask<BenchAccount>('account', { keys: 1 });
    const pool = stage.pool(databaseUrl);
    await fillCalls(pool, account, calls, YEAR_SECONDS / calls);
    const sums = await fillSums(pool, account);
    const db = await openDb({ url: databaseUrl, applicationName: 'bench', poolSize: 4, log });
    sides.push({ calls, sums, db, viewer: systemViewer(account.accountId, 'TEST', 'bench') });
  }
  const [small, large] = sides as [(typeof sides)[0], (typeof sides)[0]];
  const lastMonth = new Date(Date.now() - 40 * DAY_MS);
  const dayOf = (at: Date) => at.toISOString().slice(0, 10);
  const range = { from: dayOf(new Date(lastMonth.getTime() - 29 * DAY_MS)), to: dayOf(lastMonth) };
  type Side = typeof small;
  const asked: [string, (side: Side) => Promise<unknown>][] = [
    [
      'calls by source',
      (side) => callSummary(side, side.viewer, { range, groupBy: 'SOURCE', first: 50 }),
    ],
    [
      'calls by keyword',
      (side) => callSummary(side, side.viewer, { range, groupBy: 'KEYWORD', first: 50 }),
    ],
    ['calls by day', (side) => callTimeSeries(side, side.viewer, { range, interval: 'DAY' })],
    [
      'credit by source',
      (side) =>
        attributionReport(side, side.viewer, {
          range,
          model: 'LINEAR',
          groupBy: 'SOURCE',
          first: 50,
        }),
    ],
  ];
  const count = stage.size(60, 20);
  const lines: Line[] = [];
  try {
    for (const [says, ask] of asked) {
      const round = async (side: Side) => {
        const times: number[] = [];
        for (let n = 0; n < count; n += 1) {
          const from = performance.now();
          await ask(side);
          times.push(performance.now() - from);
        }
        return percentile(times, 0.95);
      };
      await round(small);
      await round(large);
      const rounds = await interleave(
        ROUNDS,
        () => round(large),
        () => round(small),
      );
      const growth = ratios(rounds.ours, rounds.bare);
      lines.push({
        question: `report of a month, ${says}: of ${whole(large.calls)} calls a year beside ${whole(small.calls)}`,
        aim: `p95 at most × ${GROWTH_AIM}`,
        result: `× ${spread(growth)}: ${ms(median(rounds.ours))} beside ${ms(median(rounds.bare))} (${whole(large.sums)} sums beside ${whole(small.sums)})`,
        verdict: judge(median(growth) <= GROWTH_AIM),
      });
    }
  } finally {
    for (const { db } of sides) await db.close();
  }
  return lines;
}
