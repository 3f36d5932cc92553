// The words of an account, as the database counts them: exact whatever comes and goes, by whatever way, at the same time;
// and nothing is left of a word once the last call that held it is gone.
import { expect, it } from 'vitest';
import { searchSource } from '#domains/transcripts/index.ts';
import { insertDocuments } from '#platform/search/postgres-write.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { expectIndexEqualsSource } from './index-source.ts';
import { openLibrary } from './library.ts';

const { db } = await freshDatabase();
const smallDatabase = freshDatabase({ poolSize: 4 });
const { openAccount, search } = openLibrary(db);

it('are counted once per call, whoever says them how often', async () => {
  const { write, words, accountId } = await openAccount();
  await write('caller: leak leak\nagent: a leak');
  await write('caller: leak');
  expect(await words()).toEqual({ a: 1, leak: 2 });
  await expectIndexEqualsSource(db, accountId);
});

it('are forgotten with the last call that held them, and with none before', async () => {
  const { write, words, accountId } = await openAccount();
  const [one, two] = [await write('caller: my secret leak'), await write('caller: my leak')];
  await db.transaction((tx) => search.remove(tx, accountId, [one.id]));
  expect(await words()).toEqual({ leak: 1, my: 1 });
  await db.transaction((tx) => search.remove(tx, accountId, [two.id]));
  expect(await words()).toEqual({});
});

it('follow calls that are deleted by a cascade', async () => {
  const { write, words, accountId } = await openAccount();
  const [one] = [await write('caller: my secret leak'), await write('caller: my leak')];
  await db.prisma.interaction.delete({ where: { accountId_id: { accountId, id: one.subjectId } } });
  expect(await words()).toEqual({ leak: 1, my: 1 });
  await db.prisma.transcript.deleteMany({ where: { accountId } });
  expect(await words()).toEqual({});
});

it('of one account are not those of another', async () => {
  const [mine, theirs] = [await openAccount(), await openAccount()];
  const call = await mine.write('caller: leak');
  await theirs.write('caller: leak');
  await db.transaction((tx) => search.remove(tx, mine.accountId, [call.id]));
  expect(await mine.words()).toEqual({});
  expect(await theirs.words()).toEqual({ leak: 1 });
});

it('are exact when calls are written, rewritten and deleted at the same time', async () => {
  const { write, words, accountId } = await openAccount();
  const texts = ['alpha beta gamma', 'gamma beta alpha', 'beta delta', 'delta alpha', 'epsilon'];
  const calls = await Promise.all(texts.map((text) => write(`caller: ${text}`)));
  await Promise.all([
    ...texts.map((text) => write(`caller: ${text}`)),
    ...calls.map(({ id }) =>
      db.transaction(async (tx) =>
        search.index(tx, accountId, await searchSource.read(tx, accountId, [id])),
      ),
    ),
    ...calls
      .slice(3)
      .map(({ id }) => db.prisma.transcript.delete({ where: { accountId_id: { accountId, id } } })),
  ]);
  // a rewriting that came after its call's deletion has put nothing back
  await expectIndexEqualsSource(db, accountId);
  expect(await words()).toMatchObject({ epsilon: 1 });
});

it('stay when the last holder goes while another comes', async () => {
  const { write, words, accountId } = await openAccount();
  const first = await write('caller: leak');
  const removed = Promise.withResolvers<void>();
  const waiting = Promise.withResolvers<void>();
  const going = db.transaction(async (tx) => {
    await search.remove(tx, accountId, [first.id]);
    removed.resolve();
    await waiting.promise;
  });
  await removed.promise;
  const coming = write('caller: leak');
  const isWaiting = `select from pg_locks where locktype = 'advisory' and not granted`;
  await expect.poll(async () => (await db.pool.query(isWaiting)).rowCount).toBe(1);
  waiting.resolve();
  await Promise.all([going, coming]);
  expect(await words()).toEqual({ leak: 1 });
});

it('beyond what a row can hold are left out, and the call is stored all the same', async () => {
  const { accountId, write } = await openAccount();
  const call = await write('caller: leak', { index: false });
  const words = Array.from({ length: 60_000 }, (_, n) => `${'x'.repeat(15)}${n}`);
  const text = `first ${words.join(' ')} last`;
  await db.transaction(async (tx) => {
    const long = { ...call, passages: [{ n: 0, speaker: 'CALLER' as const, text }] };
    const counted = await insertDocuments(tx, accountId, [long]);
    expect([counted.get('first'), counted.get('last')]).toEqual([1, undefined]);
    expect(counted.size).toBeGreaterThan(15_000);
  });
});

it('are not waited for: searches that take too long are given up, and leave others their connections', async () => {
  const { db: small } = await smallDatabase;
  const library = openLibrary(small);
  const { write, find } = await library.openAccount();
  const call = await write('caller: leak');
  const blocker = await small.pool.connect();
  await blocker.query('begin; lock table search_document in access exclusive mode');
  try {
    // one of four connections blocks, one searches; two are left for whoever has a call on the line
    const searches = Array.from({ length: 6 }, () => find('leak '));
    const asked = await Promise.all([small.pool.query('select 1'), small.pool.query('select 1')]);
    expect(asked.map(({ rowCount }) => rowCount)).toEqual([1, 1]);
    const ended = await Promise.allSettled(searches);
    expect(ended.map((one) => one.status === 'rejected' && one.reason.name)).toEqual(
      Array.from({ length: 6 }, () => 'SearchTimedOut'),
    );
  } finally {
    await blocker.query('rollback');
    blocker.release();
  }
  expect(await find('leak ')).toEqual([call.id]);
});
