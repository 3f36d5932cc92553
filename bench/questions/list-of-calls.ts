// What does a list of 20 calls with tracker and tags cost through HTTP and GraphQL, beside one statement through pg? And
// does it grow with the calls an account has?
import type { LoadRequest } from '../processes/query-load.ts';
import type { BenchAccount } from '../processes/server.ts';
import { interleave, judge, median, ms, ratios, spread, whole } from '../stage/figures.ts';
import { fillCalls } from '../stage/fill-calls.ts';
import type { Volley } from '../stage/load.ts';
import type { Line, Stage } from '../stage/stage.ts';

const CONNECTIONS = 4;
const ROUNDS = 4;
const KEYS = 80;
const GROWTH_AIM = 1.5;

interface Round extends Volley {
  cpuMicros: number;
}

/** Asks the question. */
export async function listOfCalls(stage: Stage): Promise<Line[]> {
  const sizes = [10_000, stage.size(200_000, 40_000)];
  const sides = [];
  for (const calls of sizes) {
    const databaseUrl = await stage.database(`list_of_${calls}`);
    const server = await stage.startServer({ DATABASE_URL: databaseUrl });
    const account = await server.ask<BenchAccount>('account', { keys: KEYS });
    await fillCalls(stage.pool(databaseUrl), account, calls);
    sides.push({ calls, server, databaseUrl, ...account });
  }
  const databases = sides.map(({ databaseUrl, accountId }) => ({ databaseUrl, accountId }));
  const bare = await stage.start<{ url: string }>('bare-list', { databases });
  const load = await stage.start('query-load');
  const count = stage.size(200, 60);

  const round = async (
    process: { ask<T>(what: string): Promise<T> },
    request: Pick<LoadRequest, 'url' | 'bareUrl' | 'keys'>,
  ): Promise<Round> => {
    const before = await process.ask<number>('cpu');
    const volley = await load.ask<Volley>('load', { ...request, count, connections: CONNECTIONS });
    return { ...volley, cpuMicros: ((await process.ask<number>('cpu')) - before) / count };
  };
  const lines: Line[] = [];
  const waits: number[][] = [];
  for (const [at, { calls, server, apiKeys }] of sides.entries()) {
    const ours = () => round(server, { url: server.ready.url, keys: apiKeys });
    const theirs = () => round(bare, { bareUrl: `${bare.ready.url}/${at}`, keys: [] });
    await ours();
    await theirs();
    const rounds = await interleave(ROUNDS, ours, theirs);
    lines.push(lineOf(calls, rounds));
    waits.push(rounds.ours.map(({ p50Ms }) => p50Ms));
  }
  const growth = ratios(waits[1] as number[], waits[0] as number[]);
  lines.push({
    question: `list of 20 calls: ${whole(sizes[1] as number)} beside ${whole(sizes[0] as number)} calls`,
    aim: 'does not grow with the account',
    result: `× ${spread(growth)} in p50`,
    verdict: judge(median(growth) < GROWTH_AIM),
  });
  return lines;
}

function lineOf(calls: number, { ours, bare }: { ours: Round[]; bare: Round[] }): Line {
  const of = (rounds: Round[], key: keyof Round) => rounds.map((one) => one[key]);
  const slower = ratios(of(ours, 'p50Ms'), of(bare, 'p50Ms'));
  const cpu = ratios(of(ours, 'cpuMicros'), of(bare, 'cpuMicros'));
  return {
    question: `list of 20 calls of ${whole(calls)}`,
    aim: 'told beside plain pg',
    result: `× ${spread(slower)} in p50: ${ms(median(of(ours, 'p50Ms')))} beside ${ms(median(of(bare, 'p50Ms')))}, ${whole(median(of(ours, 'perSecond')))}/s beside ${whole(median(of(bare, 'perSecond')))}/s, CPU × ${median(cpu).toFixed(1)}`,
    verdict: '',
  };
}
