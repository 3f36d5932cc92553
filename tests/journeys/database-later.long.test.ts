// A server and a worker that are started before their database, which is empty: both come up once it is there.
import { expect, it } from 'vitest';
import { bareDatabase } from '#tests/support/database.ts';
import { program } from '#tests/support/program.ts';
import { freePort, serverProcess } from '#tests/support/server-process.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { until } from '#tests/support/town.ts';
import { openWire } from '#tests/support/wire.ts';

const WAITS = 'waiting for the database';
const wire = await openWire(await bareDatabase());
wire.cut();
const settings = { DATA_DIR: temporaryFolder(), DATABASE_URL: wire.url, SPEECH_MODEL: 'tiny' };
const SERVER = [process.execPath, 'src/server.ts'] as const;

it('whatever comes first', { timeout: 60_000 }, async () => {
  const port = String(await freePort());
  const server = program(SERVER, { ...settings, WORKERS: 'apart', PORT: port }, WAITS);
  const worker = program([process.execPath, 'workers/all.ts'], settings, WAITS);
  await Promise.all([server.start(), worker.start()]);
  expect(server.said() + worker.said()).not.toMatch(/is up/);
  wire.mend();
  await until('the server is up', () => server.said().includes('Switchboard is up'));
  await until('the worker is up', () => worker.said().includes('the worker is up'));
  expect(await worker.interrupt()).toBe(0);
  expect(await server.interrupt()).toBe(0);
});

it('without a database in time both end, and say which they missed', async () => {
  const url = `postgres://switchboard:hush@127.0.0.1:${await freePort()}/calls`;
  const missed = { ...settings, DATABASE_URL: url, DATABASE_WAIT: '0' };
  const server = await serverProcess(missed, SERVER);
  const worker = program([process.execPath, 'workers/all.ts'], missed, 'the worker is up');
  const missing = async (one: typeof worker) => {
    await expect(one.start()).rejects.toThrow(/ended before it was up/);
    expect(await one.ended()).toBe(1);
    expect(one.said()).toMatch(/DATABASE_URL names \(127\.0\.0\.1:\d+\/calls\) cannot be reached/);
    expect(one.said()).not.toContain('hush');
  };
  await Promise.all([missing(server), missing(worker)]);
});
