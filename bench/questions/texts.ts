// Do 200 texts a second for a minute all get stored, each once though webhooks come twice, while the carrier's door stays
// quick to answer?
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { SendRequest } from '../processes/carrier.ts';
import type { BenchAccount } from '../processes/server.ts';
import { judge, whole } from '../stage/figures.ts';
import { fillCalls } from '../stage/fill-calls.ts';
import type { Volley } from '../stage/load.ts';
import type { Line, Stage } from '../stage/stage.ts';

const AIM_P99_MS = 200;
const PER_SECOND = 200;
const CONNECTIONS = 64;
const AGAIN_EVERY = 10;
const PATIENCE_MS = 600_000;

/** Asks the question. */
export async function texts(stage: Stage): Promise<Line[]> {
  const databaseUrl = await stage.database('texts');
  const carrier = await stage.start<{ baseUrl: string; publicKey: string }>('carrier');
  const server = await stage.startServer({ DATABASE_URL: databaseUrl });
  const pool = stage.pool(databaseUrl);
  const account = await server.ask<BenchAccount>('account', { keys: 0, carrier: carrier.ready });
  const { trackingNumber } = await fillCalls(pool, account, 1_000);
  const request: SendRequest = {
    ...{ kind: 'texted', to: trackingNumber, connections: CONNECTIONS, perSecond: PER_SECOND },
    ...{ url: `${server.ready.url}/carrier/${account.accountId}`, count: 0 },
  };
  const warmUp = stage.size(400, 50);
  await carrier.ask('send', { ...request, count: warmUp });
  await drain(pool);

  const count = stage.size(PER_SECOND * 60, 400);
  const cpuBefore = await server.ask<number>('cpu');
  const volley = await carrier.ask<Volley>('send', { ...request, count, againEvery: AGAIN_EVERY });
  const behindMs = await drain(pool);
  const cpu = ((await server.ask<number>('cpu')) - cpuBefore) / count;
  const stored = await countTexts(pool);
  const wanted = warmUp + count;
  return [
    {
      question: `texts: ${PER_SECOND} a second, every tenth webhook twice`,
      aim: `all stored, none twice; answered p99 < ${AIM_P99_MS} ms`,
      result: `${whole(volley.perSecond)}/s, p50 ${whole(volley.p50Ms)}, p95 ${whole(volley.p95Ms)}, p99 ${whole(volley.p99Ms)} ms; ${whole(stored.messages)} of ${whole(wanted)} stored, ${stored.twice} twice; all stood ${whole(behindMs)} ms later; ${whole(cpu)} µs of CPU each`,
      verdict: judge(volley.p99Ms < AIM_P99_MS && stored.messages === wanted && stored.twice === 0),
    },
  ];
}

/** Waits until every webhook is taken. Answers how long that took, in milliseconds. */
async function drain(pool: Pool): Promise<number> {
  const began = performance.now();
  for (;;) {
    const { rowCount } = await pool.query(
      `select from carrier_event where state = 'RECEIVED' limit 1`,
    );
    const tookMs = performance.now() - began;
    if (rowCount === 0) return tookMs;
    if (tookMs > PATIENCE_MS) throw new Error('The texts were not taken within ten minutes.');
    await pause(20);
  }
}

/** Texts by what they say, which is different in each: however they would be stored twice, it shows. */
async function countTexts(pool: Pool): Promise<{ messages: number; twice: number }> {
  const { rows } = await pool.query<{ messages: number; twice: number }>(
    `select count(distinct text)::int as messages, (count(*) - count(distinct text))::int as twice
       from message where direction = 'INBOUND'`,
  );
  return rows[0] ?? { messages: 0, twice: 0 };
}
