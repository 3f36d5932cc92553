// Where data and programs go when root's closed folders keep the database user out; runs as root only.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { prepareBinaries, restoreLinks } from '#platform/db/embedded-binaries.ts';
import { canEnter, findDatabaseUser } from '#platform/db/embedded-user.ts';
import { startEmbeddedPostgres } from '#platform/db/index.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const elsewhere: string[] = [];
afterAll(() => {
  for (const folder of elsewhere) rmSync(folder, { recursive: true, force: true });
});

function listen() {
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line) => lines.push(line) });
  return { log, lines };
}

describe.runIf(userInfo().uid === 0)('under a folder that only root may enter', () => {
  const root = temporaryFolder();
  const closed = join(root, 'closed');
  mkdirSync(closed, { mode: 0o700 });

  it('the data goes where the database user can reach it, said aloud, and is found again', async () => {
    const dataDir = join(closed, 'reachable');
    const { log, lines } = listen();
    const server = await startEmbeddedPostgres({ dataDir, log, durable: false });
    const place = dirname(server.cluster);
    elsewhere.push(place);
    expect(place).toMatch(/^\/var\/(lib|tmp)\/switchboard-[0-9a-f]{12}/);
    expect(lines.join()).toContain(`the database stands in ${place}`);
    expect(readFileSync(join(dataDir, 'postgres-location'), 'utf8').trim()).toBe(place);
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await client.query('create table kept (n int)');
    await client.end();
    await server.stop();

    const again = await startEmbeddedPostgres({ dataDir, log, durable: false });
    expect(again.cluster).toBe(server.cluster);
    await again.stop();
  });

  it('data without its pointer is left alone, and a pointer without its data is an error', async () => {
    const dataDir = join(closed, 'lost');
    const { log, lines } = listen();
    const first = await startEmbeddedPostgres({ dataDir, log, durable: false });
    const old = dirname(first.cluster);
    elsewhere.push(old);
    await first.stop();
    const pointer = join(dataDir, 'postgres-location');
    rmSync(pointer);
    const server = await startEmbeddedPostgres({ dataDir, log, durable: false });
    const place = dirname(server.cluster);
    elsewhere.push(place);
    await server.stop();
    expect(place).not.toBe(old);
    expect(lines.join()).toContain(old);
    expect(existsSync(join(old, 'postgres', 'PG_VERSION'))).toBe(true);

    rmSync(place, { recursive: true });
    await expect(startEmbeddedPostgres({ dataDir, log, durable: false })).rejects.toThrow(
      `says that the database stands in ${place}, but nothing is there`,
    );
    expect(existsSync(join(old, 'postgres', 'PG_VERSION'))).toBe(true);
  });

  it('a database that a closed parent shuts off later is an error that names the folder', async () => {
    const { log } = listen();
    const parent = join(root, 'parent');
    const inside = join(parent, 'data');
    const server = await startEmbeddedPostgres({ dataDir: inside, log, durable: false });
    await server.stop();
    chmodSync(parent, 0o700);
    await expect(startEmbeddedPostgres({ dataDir: inside, log, durable: false })).rejects.toThrow(
      `cannot enter ${inside}`,
    );
    chmodSync(parent, 0o755);
  });

  it('the programs are copied once to where they can be run', () => {
    const { log, lines } = listen();
    const native = join(closed, 'package', 'native');
    mkdirSync(join(native, 'bin'), { recursive: true });
    for (const program of ['postgres', 'initdb']) {
      writeFileSync(join(native, 'bin', program), '#!/bin/sh\n', { mode: 0o755 });
    }
    const user = findDatabaseUser(undefined);
    const installed = { name: 'test', native, version: `18.0.0-test-${process.pid}` };
    expect(canEnter(join(native, 'bin', 'postgres'), user)).toBe(false);
    const first = prepareBinaries(user, log, installed);
    const copy = dirname(dirname(first.postgres));
    elsewhere.push(copy);
    expect(canEnter(first.postgres, user)).toBe(true);
    expect(statSync(copy).uid).toBe(0);
    expect(lines.join()).toContain(`copied to ${copy}`);
    const made = statSync(first.postgres).ctimeMs;
    expect(prepareBinaries(user, log, installed)).toEqual(first);
    expect(statSync(first.postgres).ctimeMs).toBe(made);
  });
});

describe('a data folder', () => {
  const dataDir = temporaryFolder();

  it("with something else in the database's place is an error, and that is left alone", async () => {
    const { log } = listen();
    mkdirSync(join(dataDir, 'postgres'));
    writeFileSync(join(dataDir, 'postgres', 'notes.txt'), 'mine');
    await expect(startEmbeddedPostgres({ dataDir, log, durable: false })).rejects.toThrow(
      `${join(dataDir, 'postgres')} holds files but no database`,
    );
    expect(readFileSync(join(dataDir, 'postgres', 'notes.txt'), 'utf8')).toBe('mine');
  });
});

describe('library links that install scripts would have made', () => {
  const native = join(temporaryFolder(), 'native');
  mkdirSync(join(native, 'lib'), { recursive: true });
  const list = (target: string) =>
    writeFileSync(
      join(native, 'pg-symlinks.json'),
      JSON.stringify([{ source: 'native/lib/libpq.so.5.18', target }]),
    );

  it('are made when they are missing, once', () => {
    list('native/lib/libpq.so.5');
    expect(restoreLinks(native)).toBe(1);
    expect(readlinkSync(join(native, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
    expect(restoreLinks(native)).toBe(0);
  });

  it('that cannot be made are named, with what to do', () => {
    list('native/no-such-folder/libpq.so.5');
    expect(() => restoreLinks(native)).toThrow(/no-such-folder\/libpq\.so\.5.*npm rebuild/s);
  });
});
