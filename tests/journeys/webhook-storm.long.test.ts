// Ten thousand events for ten endpoints, four of them bad: one answers 500, one never answers, one dribbles, one resets;
// and workers killed at random moments. Every one of the 100,000 pairs is there afterwards, delivered or waiting, and the
// healthy endpoints hear of every event, first attempts at most twice as late as on a calm day of the same run.
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openReceiver } from '#tests/domains/webhooks/post-office.ts';
import type { Program } from '#tests/support/program.ts';
import { seeded } from '#tests/support/seeded.ts';
import { until } from '#tests/support/town.ts';
import { openDeliveryTown } from './delivery-town.ts';

const SEED = 20_261_125;
const EVENTS = 10_000;
/** until the workers have read and compiled what they need */
const FIRST_EVENTS = 200;
const CALM_EVENTS = 1_000;
const AT_ONCE = 10;
/** between two transactions of AT_ONCE events */
const EVERY_MS = 500;
const KILL_EVERY_MS = 30_000;
const WORKERS = 2;
const HEALTHY = 6;
const PATIENCE_MS = 60 * 60_000;

type Behaviour = (response: ServerResponse, socket: Socket) => void;

/** What the bad ones do, by what they are called. */
const BAD: Record<string, Behaviour> = {
  'answers 500': (response) => void response.writeHead(500).end(),
  'never answers': () => {},
  dribbles: (response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('.'), 1_000);
    response.on('close', () => clearInterval(timer));
  },
  resets: (_response, socket) => void socket.resetAndDestroy(),
};

type Town = Awaited<ReturnType<typeof openDeliveryTown>>;
interface Endpoint {
  id: string;
  /** event id → when it was heard of first, ms */
  heardAt: Map<string, number>;
}

async function openEndpoint(town: Town, behave?: Behaviour): Promise<Endpoint> {
  const receiver = await openReceiver();
  const heardAt = new Map<string, number>();
  receiver.behaves((response, socket) => {
    const id = receiver.letters.pop()?.headers['webhook-id'] ?? '';
    if (!heardAt.has(id)) heardAt.set(id, Date.now());
    if (behave) behave(response, socket);
    else response.writeHead(204).end();
  });
  const { endpoint } = await town.endpoint(receiver.url);
  return { id: endpoint.id, heardAt };
}

/** Lets events happen at an even pace, whatever the workers do. */
async function pour(town: Town, events: number): Promise<void> {
  const began = Date.now();
  for (let n = 0; n < events; n += AT_ONCE) {
    await pause(Math.max(0, began + (n / AT_ONCE) * EVERY_MS - Date.now()));
    await town.happens(AT_ONCE);
  }
}

/** Kills a worker every now and then and starts another in its place, until told to stop. */
async function killAtRandom(workers: Program[], signal: AbortSignal): Promise<number> {
  const random = seeded(SEED);
  for (let kills = 0; ; kills += 1) {
    await pause(KILL_EVERY_MS * (0.5 + random()), undefined, { signal }).catch(() => {});
    if (signal.aborted) return kills;
    const victim = workers[Math.floor(random() * workers.length)];
    await victim?.kill();
    await victim?.start();
  }
}

/** From the moment an event happened to the moment an endpoint heard of it first: the 95th of a hundred, ms. */
async function p95(town: Town, endpoints: Endpoint[], events: Set<string>): Promise<number> {
  const { rows } = await town.platform.db.pool.query<{ id: string; at: Date }>(
    `select epoch || '-' || xid || '-' || seq as id, occurred_at as at from event where type = 'lead.updated'`,
  );
  const waits = rows
    .filter(({ id }) => events.has(id))
    .flatMap(({ id, at }) =>
      endpoints.map(({ heardAt }) => (heardAt.get(id) ?? Infinity) - at.getTime()),
    )
    .sort((a, b) => a - b);
  return waits[Math.floor(waits.length * 0.95)] ?? Number.NaN;
}

const town = await openDeliveryTown();
const workers = Array.from({ length: WORKERS }, () => town.worker());

it('loses none of 100,000 pairs', { timeout: 2 * PATIENCE_MS }, async () => {
  console.log(`seed ${SEED}`);
  const healthy: Endpoint[] = [];
  for (let n = 0; n < HEALTHY; n += 1) healthy.push(await openEndpoint(town));
  const calmOnes = [...healthy];
  for (const _ of Object.keys(BAD)) calmOnes.push(await openEndpoint(town));
  for (const worker of workers) await worker.start();
  const heardAll = (endpoints: Endpoint[], count: number) =>
    until(
      'the healthy ones have heard of all',
      () => endpoints.every(({ heardAt }) => heardAt.size >= count),
      PATIENCE_MS,
    );

  await pour(town, FIRST_EVENTS);
  await heardAll(calmOnes, FIRST_EVENTS);
  const firstIds = new Set(await town.eventIds());
  await pour(town, CALM_EVENTS);
  await heardAll(calmOnes, FIRST_EVENTS + CALM_EVENTS);
  const before = new Set(await town.eventIds());
  const calm = await p95(town, healthy, before.difference(firstIds));
  // the four calm ones make room for the bad ones
  await town.platform.db.prisma.webhookEndpoint.deleteMany({
    where: { id: { in: calmOnes.slice(HEALTHY).map(({ id }) => id) } },
  });

  const bad: Endpoint[] = [];
  for (const behave of Object.values(BAD)) bad.push(await openEndpoint(town, behave));
  const over = new AbortController();
  const killing = killAtRandom(workers, over.signal);
  await pour(town, EVENTS);
  await heardAll(healthy, before.size + EVENTS);
  over.abort();
  const kills = await killing;

  const stormIds = new Set(await town.eventIds()).difference(before);
  expect(stormIds.size).toBe(EVENTS);
  await until(
    'every event has its deliveries',
    async () => (await town.deliveriesOf(bad[0]?.id ?? '')).length === EVENTS,
    PATIENCE_MS,
  );
  let pairs = 0;
  for (const { id } of [...healthy, ...bad]) {
    const rows = (await town.deliveriesOf(id)).filter((row) => stormIds.has(row.event_id));
    expect(new Set(rows.map((row) => row.event_id))).toEqual(stormIds);
    pairs += rows.length;
    expect(rows.filter(({ state }) => !['PENDING', 'DELIVERED'].includes(state))).toEqual([]);
  }
  expect(pairs).toBe(EVENTS * (HEALTHY + bad.length));
  for (const { id, heardAt } of healthy) {
    expect([...stormIds].filter((event) => !heardAt.has(event))).toEqual([]);
    await until(
      'what was heard is written down',
      async () => (await town.deliveriesOf(id)).every(({ state }) => state === 'DELIVERED'),
      PATIENCE_MS,
    );
  }
  const storm = await p95(town, healthy, stormIds);
  console.log(
    `${pairs} pairs, 0 absent, ${kills} kills; healthy first attempts p95: ${storm} ms in the storm, ${calm} ms on a calm day, ratio ${(storm / calm).toFixed(2)}`,
  );
  expect(storm / calm).toBeLessThan(2);
});
