// A thousand random cuts of connections, processes and the database while out-of-order commits go on: by set difference
// nothing is missing and nothing told twice, over sockets and over SSE, and each event had each reaction once.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { drawsFor } from '#sandbox/seeded.ts';
import { until } from '#tests/support/town.ts';
import { openReader } from './cuts-reader.ts';
import { openCutsTown } from './cuts-town.ts';

const SEED = 20_260_302;
/** how many cuts of each kind; a process costs seconds, a connection milliseconds */
const CUTS = {
  'a subscriber’s connection': 700,
  'sessions of the database': 264,
  'kill -9 of the server': 12,
  'stop of the server': 4,
  'kill -9 of the worker': 10,
  'kill -9 of PostgreSQL': 6,
  'restart of PostgreSQL': 4,
};
type Kind = keyof typeof CUTS;
const BETWEEN_MS = 100;

const town = await openCutsTown(SEED);
const readers = await Promise.all(
  (['socket', 'socket', 'socket', 'sse', 'sse'] as const).map((way) =>
    openReader(way, { url: town.server.url, authorization: town.authorization }, town.start),
  ),
);
afterAll(() => Promise.all(readers.map((reader) => reader.stop())));

/** All cuts in a random order. */
function shuffledCuts(): Kind[] {
  const draw = drawsFor(SEED, 'order');
  const kinds = Object.entries(CUTS).flatMap(([kind, count]) =>
    Array<Kind>(count).fill(kind as Kind),
  );
  return kinds
    .map((kind) => ({ kind, at: draw() }))
    .sort((a, b) => a.at - b.at)
    .map(({ kind }) => kind);
}

/** Makes one cut, of something that is there and works. */
async function cut(kind: Kind, draw: () => number): Promise<void> {
  const { server, worker } = town;
  switch (kind) {
    case 'a subscriber’s connection': {
      const reader = readers[Math.floor(draw() * readers.length)];
      const delayMs = draw() * 60;
      await until('it is cut', async () => {
        if (!reader?.isConnected()) return false;
        await pause(delayMs);
        return reader.cut();
      });
      return;
    }
    case 'sessions of the database':
      await until('a session is ended', () => town.cutBackends(draw));
      return;
    case 'kill -9 of the server':
      await server.kill();
      return server.start();
    case 'stop of the server':
      expect(await server.interrupt()).toBe(0);
      return server.start();
    case 'kill -9 of the worker':
      await worker.kill();
      return worker.start();
    case 'kill -9 of PostgreSQL':
      return town.cutPostgres('SIGKILL');
    case 'restart of PostgreSQL':
      return town.cutPostgres('SIGINT');
  }
}

interface Row {
  id: string;
  subject: string;
  version: number;
  mark: string;
  jobs: number;
  deliveries: number;
  delivered: boolean | null;
}
const TRUTH = `
  with job as (select data->>'recordingId' as mark, count(*)::int as n from pgboss.job
                where name = 'transcripts.drop' group by 1),
  delivery as (select event_id, count(*)::int as n, bool_and(state = 'DELIVERED') as delivered
                 from webhook_delivery where account_id = $1::uuid group by 1)
  select format('%s-%s-%s', e.epoch, e.xid, e.seq) as id, e.subject, e.subject_version as version,
         e.payload->>'deletedRecordingId' as mark, coalesce(job.n, 0) as jobs,
         coalesce(delivery.n, 0) as deliveries, delivery.delivered
    from event e
    left join job on job.mark = e.payload->>'deletedRecordingId'
    left join delivery on delivery.event_id = format('%s-%s-%s', e.epoch, e.xid, e.seq)
   where e.account_id = $1::uuid and e.type = 'call.updated'
   order by e.epoch, e.xid, e.seq`;

/** events that the webhooks' mirror has not come to, and webhooks that wait or are on their way */
const LEFT = `
  select ((select count(*) from event where account_id = $1::uuid and type = 'call.updated')
        - (select count(*) from webhook_delivery where account_id = $1::uuid and state <> 'PENDING')
        + (select count(*) from event e where account_id = $1::uuid and type = 'call.updated'
              and (epoch, xid, seq) > (select c.epoch, c.xid, c.seq from reaction_cursor c
                                        where c.name = 'transcripts.drop-transcripts')))::int as left`;

async function readTruth(): Promise<Row[]> {
  return (await town.db.pool.query<Row>(TRUTH, [town.accountId])).rows;
}

it('loses and repeats nothing', { timeout: 16 * 60_000 }, async () => {
  const draw = drawsFor(SEED, 'cuts');
  const began = performance.now();
  const made = new Map<Kind, number>();
  for (const kind of shuffledCuts()) {
    await cut(kind, draw);
    made.set(kind, (made.get(kind) ?? 0) + 1);
    await pause(draw() * BETWEEN_MS);
  }
  await town.stopWriting();
  const seconds = Math.round((performance.now() - began) / 1_000);

  const last = (await readTruth()).at(-1)?.id;
  await until('every subscriber has the last event', () =>
    readers.every(({ seen }) => seen.at(-1) === last),
  );
  const truth = await readTruth();
  const ids = truth.map(({ id }) => id);
  const told = readers.map(({ way, seen, faults, lives }) => ({
    way,
    lives,
    missing: new Set(ids).difference(new Set(seen)).size,
    repeated: seen.length - new Set(seen).size,
    faults: [...new Set(faults)],
  }));
  const positions = new Map(truth.map(({ mark }, n) => [mark, n]));
  const places = town.committed.map((mark) => positions.get(mark) ?? -1);
  const overtaken = places.filter((place, n) => n > 0 && place < (places[n - 1] ?? 0)).length;
  console.log(
    JSON.stringify(
      {
        seed: SEED,
        seconds,
        cuts: Object.fromEntries(made),
        events: truth.length,
        overtaken,
        told,
      },
      null,
      1,
    ),
  );

  expect(Object.fromEntries(made)).toEqual(CUTS);
  // what the writers know to be committed is there, and they did commit in another order than they were numbered
  expect(places.filter((place) => place < 0)).toEqual([]);
  expect(overtaken).toBeGreaterThan(truth.length / 20);
  for (const one of told) expect(one).toMatchObject({ missing: 0, repeated: 0, faults: [] });
  for (const { seen } of readers) expect(seen).toEqual(ids);
  for (const [subject, rows] of Map.groupBy(truth, (row) => row.subject)) {
    const versions = rows.map(({ version }) => version);
    expect(versions, subject).toEqual(versions.map((_version, n) => n + 1));
  }

  await until(
    'every event has had its job, and every webhook is settled',
    async () => {
      // seldom: the database has enough to do
      await pause(1_000);
      const { rows } = await town.db.pool.query<{ left: number }>(LEFT, [town.accountId]);
      return rows[0]?.left === 0;
    },
    5 * 60_000,
  );
  const reacted = await readTruth();
  expect(reacted.filter(({ jobs, deliveries }) => jobs !== 1 || deliveries !== 1)).toEqual([]);
  expect(reacted.filter(({ delivered }) => !delivered)).toEqual([]);
  const heard = ids.map((id) => town.receiver.heard.get(id) ?? 0);
  console.log(`webhooks that came more than once: ${heard.filter((times) => times > 1).length}`);
  expect(heard.filter((times) => times === 0)).toEqual([]);
});
