// Workers are started by name: each process may do a share of the work, and together they do all of it.
import { afterAll, expect, it } from 'vitest';
import { readConfig } from '#platform/config/index.ts';
import { openLog } from '#platform/log/index.ts';
import { handlersOf, reactions, runnersOf } from '#reactions';
import { openIntake } from '../src/intake.ts';
import { openPlatform } from '../src/open-platform.ts';
import { startWorkers, WORKER_NAMES, type WorkerName } from '../src/start-workers.ts';
import { bareDatabase } from './support/database.ts';
import { TEMPLATE } from './support/template.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const log = openLog({ level: 'silent', name: 'worker', showPersonalData: false });

/** Starts these workers on a database, until the tests have run. */
async function start(names: readonly WorkerName[], databaseUrl: string) {
  const config = readConfig({ DATA_DIR: temporaryFolder(), DATABASE_URL: databaseUrl });
  const platform = await openPlatform({ config, log, databaseUrl, name: 'worker' });
  const intake = openIntake(platform);
  const stop: (() => Promise<void>)[] = [platform.close, intake.stop];
  afterAll(async () => {
    for (const close of stop.splice(0).reverse()) await close();
  });
  const workers = await startWorkers(platform, names, { intake });
  stop.push(workers.stop);
  return { workers, platform };
}

const shared = await bareDatabase(TEMPLATE);

it.each(Object.keys(handlersOf) as WorkerName[])('%s starts alone', async (name) => {
  const { workers } = await start([name], shared);
  expect(workers).toBeDefined();
});

it('together they follow the log for every reaction and mirror that the page tells of', async () => {
  const { platform } = await start(WORKER_NAMES, await bareDatabase(TEMPLATE));
  const anything: never = new Proxy(() => anything, { get: () => anything }) as never;
  const runners = Object.values(runnersOf).flat();
  const made = runners.flatMap(({ mirrors }) => mirrors.map((make) => make(anything)));
  const told = [...reactions, ...made].map(({ name }) => name);
  const cursors = await platform.db.prisma.reactionCursor.findMany({ select: { name: true } });
  expect(cursors.map(({ name }) => name).sort()).toEqual(told.sort());
});
