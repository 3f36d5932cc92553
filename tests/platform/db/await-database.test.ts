// A database that is there later than the process that needs it: how long it is waited for, what is told meanwhile, and
// what is not waited for.
import { describe, expect, it } from 'vitest';
import { awaitDatabase, type Waiting } from '#platform/db/await-database.ts';
import { applyMigrations, awaitMigrated } from '#platform/db/index.ts';
import type { Log } from '#platform/log/index.ts';
import { bareDatabase } from '#tests/support/database.ts';
import { openWire } from '#tests/support/wire.ts';

const databaseUrl = await bareDatabase();
const wire = await openWire(databaseUrl);

/** A clock that only the pauses turn; `then` happens in the pause of this number. */
function turned(then: Record<number, () => unknown> = {}) {
  let ms = 0;
  const pauses: number[] = [];
  const told: { message: string; database?: string; reason?: string }[] = [];
  const tell = (facts: object, message: string) => told.push({ ...facts, message });
  const waiting: Pick<Waiting, 'now' | 'pause'> = {
    now: () => ms,
    async pause(length) {
      pauses.push(length);
      ms += length;
      await then[pauses.length]?.();
    },
  };
  return { pauses, told, waiting, log: { warn: tell, info: tell } as unknown as Log };
}

const withPart = (change: (url: URL) => void, of = databaseUrl): string => {
  const url = new URL(of);
  change(url);
  return url.href;
};

describe('a database', () => {
  it('that comes later is waited for with growing pauses, and each says for what and why', async () => {
    wire.cut();
    const { pauses, told, waiting, log } = turned({ 4: wire.mend });
    const url = withPart((one) => {
      one.password ||= 'the-password';
    }, wire.url);
    await awaitDatabase(url, log, { seconds: 60, ...waiting });
    expect(pauses).toEqual([250, 500, 1_000, 2_000]);
    const { host, pathname, password } = new URL(url);
    expect(told.map(({ message }) => message)).toEqual([
      ...Array(4).fill('waiting for the database'),
      'the database is there',
    ]);
    expect(told[0]).toMatchObject({
      ...{ database: `${host}${pathname}`, reason: expect.stringMatching(/terminated|ECONNRESET/) },
      ...{ triesAgainInMs: 250, givesUpInSeconds: 60 },
    });
    expect(JSON.stringify(told)).not.toContain(password);
  });

  it('that never comes is given up when the time is over', async () => {
    wire.cut();
    const { pauses, waiting, log } = turned();
    const given = awaitDatabase(wire.url, log, { seconds: 8, ...waiting });
    await expect(given).rejects.toThrow(/terminated|ECONNRESET/);
    expect(pauses).toEqual([250, 500, 1_000, 2_000, 2_000, 2_000, 250]);
    const once = turned();
    await expect(
      awaitDatabase(wire.url, once.log, { seconds: 0, ...once.waiting }),
    ).rejects.toThrow();
    expect(once.pauses).toEqual([]);
  });

  it('is not waited for when waiting would not help: no such user, no such database', async () => {
    const { pauses, waiting, log } = turned();
    for (const [change, state] of [
      [(url: URL) => (url.username = 'nobody'), /^28/],
      [(url: URL) => (url.pathname = '/nothing'), /^3D000$/],
    ] as const) {
      const thrown = await awaitDatabase(
        withPart((url) => void change(url)),
        log,
        { seconds: 60, ...waiting },
      ).catch((error) => error);
      expect(thrown.code).toMatch(state);
    }
    expect(pauses).toEqual([]);
  });

  it('of another process is waited for until the server has migrated it', async () => {
    const { pauses, told, waiting, log } = turned({ 2: () => applyMigrations(databaseUrl) });
    await awaitMigrated({ databaseUrl }, databaseUrl, log, { seconds: 60, ...waiting });
    expect(pauses).toEqual([250, 500]);
    expect(told[0]?.reason).toMatch(/lacks \d+ .*npm run migrate/);
  });

  it('is waited for no longer by a process that is to stop', async () => {
    wire.cut();
    const stopping = new AbortController();
    const { pauses, waiting, log } = turned({ 2: () => stopping.abort() });
    const { signal } = stopping;
    const given = awaitDatabase(wire.url, log, { seconds: 60, signal, ...waiting });
    await expect(given).rejects.toThrow();
    expect(pauses).toEqual([250, 500]);
  });
});
