// How many signed webhooks a second does the carrier's door take, beside a bare node:http handler that makes one INSERT
// of the same body? Three kinds: only stored; stored, stepped and passed over; each one a new call.
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { SendRequest, WebhookKind } from '../processes/carrier.ts';
import type { BenchAccount } from '../processes/server.ts';
import { interleave, judge, median, ms, ratios, spread, whole } from '../stage/figures.ts';
import { fillCalls } from '../stage/fill-calls.ts';
import type { Volley } from '../stage/load.ts';
import type { Line, Stage } from '../stage/stage.ts';

const AIM = 0.6;
const AIM_ANSWERED_MS = 100;
const CONNECTIONS = 32;
const ROUNDS = 5;
const WARM_UP = 200;
const PATIENCE_MS = 60_000;

const KINDS: { kind: WebhookKind; says: string; full: number; small: number }[] = [
  { kind: 'stored', says: 'stored', full: 4_000, small: 400 },
  { kind: 'glanced', says: 'stored, stepped, passed over', full: 1_500, small: 200 },
  { kind: 'arrived', says: 'each one a new call', full: 600, small: 100 },
];

interface Round extends Volley {
  cpuMicros: number;
  /** from the last answer until everything was stepped */
  behindMs: number;
}

/** Asks the question. */
export async function carrierIntake(stage: Stage): Promise<Line[]> {
  const databaseUrl = await stage.database('carrier_intake');
  const carrier = await stage.start<{ baseUrl: string; publicKey: string }>('carrier');
  const server = await stage.startServer({ DATABASE_URL: databaseUrl });
  const bare = await stage.start<{ url: string }>('bare-intake', { databaseUrl });
  const pool = stage.pool(databaseUrl);
  const account = await server.ask<BenchAccount>('account', { keys: 0, carrier: carrier.ready });
  const { trackingNumber } = await fillCalls(pool, account, 1_000);
  const door = `${server.ready.url}/carrier/${account.accountId}`;

  const round = async (side: typeof server | typeof bare, request: SendRequest): Promise<Round> => {
    const before = await side.ask<number>('cpu');
    const volley = await carrier.ask<Volley>('send', request);
    const cpuMicros = (await side.ask<number>('cpu')) - before;
    return { ...volley, cpuMicros: cpuMicros / request.count, behindMs: await drain(pool) };
  };
  const lines: Line[] = [];
  for (const { kind, says, full, small } of KINDS) {
    const request = { kind, count: stage.size(full, small), connections: CONNECTIONS };
    const ours = (count = request.count) =>
      round(server, { ...request, count, url: door, to: trackingNumber });
    const theirs = (count = request.count) =>
      round(bare, { ...request, count, url: bare.ready.url, to: trackingNumber });
    await ours(WARM_UP);
    await theirs(WARM_UP);
    const rounds = await interleave(
      ROUNDS,
      () => ours(),
      () => theirs(),
    );
    lines.push(lineOf(says, rounds, kind === 'arrived'));
  }
  const calm = { kind: 'arrived' as const, count: stage.size(400, 50), connections: 1 };
  const { p95Ms } = await round(server, { ...calm, url: door, to: trackingNumber });
  return [
    ...lines,
    {
      question: 'carrier intake: each one a new call, one after the other',
      aim: `answered, p95 < ${AIM_ANSWERED_MS} ms`,
      result: `p95 ${ms(p95Ms)}`,
      verdict: judge(p95Ms < AIM_ANSWERED_MS),
    },
  ];
}

function lineOf(
  says: string,
  { ours, bare }: { ours: Round[]; bare: Round[] },
  calls: boolean,
): Line {
  const rates = (rounds: Round[]) => rounds.map(({ perSecond }) => perSecond);
  const cpu = (rounds: Round[]) => rounds.map(({ cpuMicros }) => cpuMicros);
  const ratio = ratios(rates(ours), rates(bare));
  const behind = median(ours.map(({ behindMs }) => behindMs));
  const p95 = median(ours.map(({ p95Ms }) => p95Ms));
  return {
    question: `carrier intake: ${says}`,
    aim: `≥ ${AIM} of a bare INSERT`,
    result: `${spread(ratio)}: ${whole(median(rates(ours)))}/s beside ${whole(median(rates(bare)))}/s, p95 ${whole(p95)} ms, CPU × ${median(ratios(cpu(ours), cpu(bare))).toFixed(1)}${behind > 5 || calls ? `, all stepped ${whole(behind)} ms later` : ''}`,
    verdict: judge(median(ratio) >= AIM),
  };
}

/** Waits until every call's webhook is stepped. Answers how long that took, in milliseconds. */
async function drain(pool: Pool): Promise<number> {
  const began = performance.now();
  for (;;) {
    const { rowCount } = await pool.query(
      `select from carrier_event where state = 'RECEIVED' and kind like 'call.%' limit 1`,
    );
    const tookMs = performance.now() - began;
    if (rowCount === 0) {
      await pool.query(`update carrier_event set state = 'IGNORED' where state = 'RECEIVED'`);
      return tookMs;
    }
    if (tookMs > PATIENCE_MS) throw new Error('The webhooks were not stepped within a minute.');
    await pause(20);
  }
}
