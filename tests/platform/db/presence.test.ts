// Who lives, as the database sees it: a process that is killed is gone at once, one whose connection breaks comes back
// under its name.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { openDb, openPresence } from '#platform/db/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { until } from '#tests/support/town.ts';
import { openWire } from '#tests/support/wire.ts';

const log = pino({ level: 'silent' });
const { db, url } = await freshDatabase();

async function present(at = db) {
  const presence = await openPresence({ db: at, log });
  afterAll(() => presence.close());
  return presence;
}

const me = await present();

it('knows itself and the others, until they close', async () => {
  const other = await present();
  expect(other.id).not.toBe(me.id);
  for (const one of [me, other]) {
    const alive = await one.alive();
    expect([alive.has(me.id), alive.has(other.id), alive.has(0)]).toEqual([true, true, false]);
  }
  await other.close();
  await until('the other is gone', async () => !(await me.alive()).has(other.id));
});

/** A process of its own that says nothing for `silenceMs` at most. */
async function child(silenceMs: number) {
  const entry = fileURLToPath(new URL('./presence-child.ts', import.meta.url));
  const process_ = spawn(process.execPath, [entry, url, String(silenceMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  afterAll(() => void process_.kill('SIGKILL'));
  const [said] = (await once(process_.stdout, 'data')) as [Buffer];
  return { id: Number(String(said)), kill: (signal: NodeJS.Signals) => process_.kill(signal) };
}

it('sees at once that a process was killed', async () => {
  const { id, kill } = await child(60_000);
  expect((await me.alive()).has(id)).toBe(true);
  kill('SIGKILL');
  await until('it is dead', async () => !(await me.alive()).has(id));
});

it('takes one for dead that stands still, though its connection is open', async () => {
  const { id, kill } = await child(400);
  expect((await me.alive()).has(id)).toBe(true);
  kill('SIGSTOP');
  await until('it is dead', async () => !(await me.alive()).has(id));
  kill('SIGCONT');
  await until('it is back', async () => (await me.alive()).has(id));
});

it('comes back under the same name when its connection was cut, and thinks itself alive meanwhile', async () => {
  const wire = await openWire(url);
  const far = await openDb({ url: wire.url, applicationName: 'far', poolSize: 2, log });
  afterAll(() => far.close());
  const cut = await present(far);
  expect((await me.alive()).has(cut.id)).toBe(true);
  wire.cut();
  await until('the others take it for dead', async () => !(await me.alive()).has(cut.id));
  wire.mend();
  await until('it is back', async () => (await me.alive()).has(cut.id));
  expect((await cut.alive()).has(cut.id)).toBe(true);
});

it('is not told of other databases of the server', async () => {
  const elsewhere = await freshDatabase();
  const stranger = await present(elsewhere.db);
  expect((await me.alive()).has(stranger.id)).toBe(false);
});
