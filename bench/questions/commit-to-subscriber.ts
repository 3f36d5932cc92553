// How long after a commit does a subscriber hold the event, at 1,000 events a second, with one subscriber and with many?
// Writer, server and subscribers are processes of their own.
import type { BenchAccount } from '../processes/server.ts';
import type { Delays } from '../processes/subscribers.ts';
import type { WriteRequest, Written } from '../processes/writer.ts';
import { judge, ms, whole } from '../stage/figures.ts';
import { fillCalls } from '../stage/fill-calls.ts';
import type { Line, Stage } from '../stage/stage.ts';

const AIM_MS = 50;
const PER_SECOND = 1_000;
const TOGETHER = 10;
const CROWDS = [1, 50];
const PATIENCE_MS = 30_000;
const SUBSCRIPTION =
  'subscription { events { id cursor type occurredAt subjectVersion ... on CallEvent { changes } } }';

/** Asks the question. */
export async function commitToSubscriber(stage: Stage): Promise<Line[]> {
  const databaseUrl = await stage.database('commit_to_subscriber');
  const server = await stage.startServer({ DATABASE_URL: databaseUrl });
  const { apiKeys, ...account } = await server.ask<BenchAccount>('account', { keys: 10 });
  const { callIds } = await fillCalls(stage.pool(databaseUrl), account, 200);
  const writer = await stage.start('writer', { databaseUrl });
  const subscribers = await stage.start('subscribers');
  const url = `${server.ready.url.replace('http', 'ws')}/graphql`;
  const write = (count: number) => {
    const rate = { perSecond: PER_SECOND, together: TOGETHER };
    return writer.ask<Written>('write', { ...account, callIds, ...rate, count } as WriteRequest);
  };

  const lines: Line[] = [];
  for (const count of CROWDS) {
    const name = `of ${count}`;
    await subscribers.ask('open', { name, url, keys: apiKeys, count, query: SUBSCRIPTION });
    const warmUp = PER_SECOND;
    await write(warmUp);
    await subscribers.ask('received', { name, each: warmUp, withinMs: PATIENCE_MS });
    await subscribers.ask('reset', name);
    const used = () => Promise.all([server, subscribers].map((one) => one.ask<number>('cpu')));
    const [began, before] = [performance.now(), await used()];
    const { first, commits, perSecond } = await write(PER_SECOND * stage.size(20, 3));
    const each = commits.length;
    await subscribers.ask('received', { name, each, withinMs: PATIENCE_MS });
    const elapsedMs = performance.now() - began;
    const cores = (await used()).map(
      (micros, at) => (micros - (before[at] ?? 0)) / 1000 / elapsedMs,
    );
    const delays = await subscribers.ask<Delays>('delays', { name, first, commits });
    await subscribers.ask('close', name);
    lines.push(lineOf(count, perSecond, delays, cores));
  }
  return lines;
}

function lineOf(count: number, perSecond: number, delays: Delays, cores: number[]): Line {
  const [ours, theirs] = cores.map((share) => share.toFixed(2));
  const { p50Ms, p95Ms, p99Ms, complete, messages } = delays;
  return {
    question: `commit → ${count === 1 ? 'one subscriber' : `${count} subscribers`}`,
    aim: `p95 < ${AIM_MS} ms at ${whole(PER_SECOND)} events/s`,
    result: `p95 ${ms(p95Ms)}, p50 ${ms(p50Ms)}, p99 ${ms(p99Ms)} at ${whole(perSecond)} events/s, ${whole(messages)} messages, ${complete ? 'none missed or doubled' : 'SOME MISSED OR DOUBLED'}; server ${ours} of a core, subscribers ${theirs}`,
    verdict: judge(complete && p95Ms < AIM_MS),
  };
}
