// What does a delivered message cost with 2,000 subscribers, beside a bare graphql-ws server that sends the same payload
// from memory? And what does a subscriber cost that only waits?
import type { BenchAccount } from '../processes/server.ts';
import type { WriteRequest, Written } from '../processes/writer.ts';
import type { Memory } from '../stage/answer-parent.ts';
import { interleave, median, ratios, spread, whole } from '../stage/figures.ts';
import { fillCalls } from '../stage/fill-calls.ts';
import type { Line, Stage } from '../stage/stage.ts';

const PER_SECOND = 4;
const ROUNDS = 4;
const SECONDS_A_ROUND = 4;
const PATIENCE_MS = 60_000;
const SUBSCRIPTION = `subscription {
  events { id cursor type occurredAt subjectVersion company { id name } ... on CallEvent { changes call { id state } } }
}`;

/** Asks the question. */
export async function manySubscribers(stage: Stage): Promise<Line[]> {
  const count = stage.size(2_000, 200);
  const databaseUrl = await stage.database('many_subscribers');
  const server = await stage.startServer({ DATABASE_URL: databaseUrl });
  const bare = await stage.start<{ url: string }>('bare-subscriptions');
  const { apiKeys, ...account } = await server.ask<BenchAccount>('account', { keys: 40 });
  const { callIds } = await fillCalls(stage.pool(databaseUrl), account, 200);
  const writer = await stage.start('writer', { databaseUrl });
  const subscribers = await stage.start('subscribers');
  const each = PER_SECOND * SECONDS_A_ROUND;
  const write = (howMany: number) => {
    const rate = { perSecond: PER_SECOND, together: 1, count: howMany };
    return writer.ask<Written>('write', { ...account, callIds, ...rate } as WriteRequest);
  };

  const url = `${server.ready.url.replace('http', 'ws')}/graphql`;
  const open = async (side: typeof server | typeof bare, name: string, where: string) => {
    const before = await side.ask<Memory>('memory');
    const query = SUBSCRIPTION;
    await subscribers.ask('open', { name, url: where, keys: apiKeys, count, query });
    const after = await side.ask<Memory>('memory');
    const each = (key: keyof Memory) => (after[key] - before[key]) / count / 1024;
    return { held: each('held'), rss: each('rss') };
  };
  const memory = {
    ours: await open(server, 'ours', url),
    bare: await open(bare, 'bare', bare.ready.url),
  };
  const round = async (
    side: typeof server | typeof bare,
    name: string,
    send: () => Promise<unknown>,
  ) => {
    await subscribers.ask('reset', name);
    const before = await side.ask<number>('cpu');
    await send();
    await subscribers.ask('received', { name, each, withinMs: PATIENCE_MS });
    return ((await side.ask<number>('cpu')) - before) / (each * count);
  };
  await round(server, 'ours', () => write(each));
  const message = JSON.parse(await subscribers.ask<string>('last', 'ours'));
  const event = message.payload.data.events;
  const publish = () => bare.ask('publish', { event, perSecond: PER_SECOND, count: each });
  await round(bare, 'bare', publish);
  const cpu = await interleave(
    ROUNDS,
    () => round(server, 'ours', () => write(each)),
    () => round(bare, 'bare', publish),
  );
  return [
    {
      question: `CPU per delivered message, ${whole(count)} subscribers`,
      aim: 'told beside a bare graphql-ws server',
      result: `× ${spread(ratios(cpu.ours, cpu.bare))}: ${median(cpu.ours).toFixed(1)} µs beside ${median(cpu.bare).toFixed(1)} µs, at ${whole(PER_SECOND * count)} messages/s of ${JSON.stringify(message).length} bytes`,
      verdict: '',
    },
    {
      question: 'memory of a waiting subscriber',
      aim: 'told beside a bare graphql-ws server',
      result: `× ${(memory.ours.held / memory.bare.held).toFixed(2)}: ${memory.ours.held.toFixed(1)} KB beside ${memory.bare.held.toFixed(1)} KB (RSS: ${memory.ours.rss.toFixed(0)} KB beside ${memory.bare.rss.toFixed(0)} KB)`,
      verdict: '',
    },
  ];
}
