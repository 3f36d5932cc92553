// Does a report take longer when more calls are kept? The last 30 days and the last year of an account with 10,000 calls a
// year and of one with 1,000,000 (with --large 10,000,000): by source, by keyword, by day, and by credit.
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
import { fillSums } from '../stage/fill-sums.ts';
import type { Line, Stage } from '../stage/stage.ts';

const ROUNDS = 4;
const GROWTH_AIM = 2;
/** Each report is asked for as of today, of yesterday, and so on: what a range is made up of depends on where it begins. */
const WINDOWS = 10;
const RANGES = { month: 30, year: 365 };
const DAYS = RANGES.year + WINDOWS;
const DAY_MS = 86_400_000;

type Range = { from: string; to: string };

/** Asks the question. */
export async function reports(stage: Stage): Promise<Line[]> {
  const sizes = [10_000, stage.size(1_000_000, 50_000, 10_000_000)];
  const log = pino({ level: 'warn' });
  const sides = [];
  for (const calls of sizes) {
    const databaseUrl = await stage.database(`reports_of_${calls}`);
    const server = await stage.startServer({ DATABASE_URL: databaseUrl });
    const account = await server.ask<BenchAccount>('account', { keys: 1 });
    const sums = await fillSums(
      stage.pool(databaseUrl),
      account,
      Math.round((calls * DAYS) / 365),
      {
        days: DAYS,
        edges: [0, ...Object.values(RANGES)].map((days) => [days + WINDOWS + 1, days - 2] as const),
      },
    );
    const db = await openDb({ url: databaseUrl, applicationName: 'bench', poolSize: 4, log });
    sides.push({ calls, sums, db, viewer: systemViewer(account.accountId, 'TEST', 'bench') });
  }
  const [small, large] = sides as [(typeof sides)[0], (typeof sides)[0]];
  type Side = typeof small;
  const calls = (groupBy: 'SOURCE' | 'KEYWORD') => (side: Side, range: Range) =>
    callSummary(side, side.viewer, { range, groupBy, first: 50 });
  const credit = (groupBy: 'SOURCE' | 'KEYWORD') => (side: Side, range: Range) =>
    attributionReport(side, side.viewer, { range, model: 'LINEAR', groupBy, first: 50 });
  const asked: [string, (side: Side, range: Range) => Promise<unknown>][] = [
    ['calls by source', calls('SOURCE')],
    ['calls by keyword', calls('KEYWORD')],
    [
      'calls by day',
      (side, range) => callTimeSeries(side, side.viewer, { range, interval: 'DAY' }),
    ],
    ['credit by source', credit('SOURCE')],
    ['credit by keyword', credit('KEYWORD')],
  ];
  const count = stage.size(3, 1) * WINDOWS;
  const lines: Line[] = [];
  try {
    for (const [period, days] of Object.entries(RANGES)) {
      for (const [says, ask] of asked) {
        const round = async (side: Side) => {
          const times: number[] = [];
          for (let n = 0; n < count; n += 1) {
            const range = rangeOf(days, n % WINDOWS);
            const from = performance.now();
            await ask(side, range);
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
          question: `report of a ${period}, ${says}: of ${whole(large.calls)} calls a year beside ${whole(small.calls)}`,
          aim: `p95 at most × ${GROWTH_AIM}`,
          result: `× ${spread(growth)}: ${ms(median(rounds.ours))} beside ${ms(median(rounds.bare))} (${whole(large.sums)} sums beside ${whole(small.sums)})`,
          verdict: judge(median(growth) <= GROWTH_AIM),
        });
      }
    }
  } finally {
    for (const { db } of sides) await db.close();
  }
  return lines;
}

/** So many days up to some days ago. */
function rangeOf(days: number, ago: number): Range {
  const dayOf = (before: number) =>
    new Date(Date.now() - before * DAY_MS).toISOString().slice(0, 10);
  return { from: dayOf(ago + days - 1), to: dayOf(ago) };
}
