// Files that are fetched for a text outlive what breaks exactly where the text stands, and nowhere else.
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { purgeUploadsHandler } from '#domains/uploads/index.ts';
import type { Db } from '#platform/db/index.ts';
import { openDiskStorage } from '#platform/storage/index.ts';
import { pngOf } from '#tests/domains/uploads/pictures.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { openTextsDesk } from './texts-desk.ts';

const desk = await openTextsDesk();
const { prisma } = desk.db;
const folder = temporaryFolder();
const storage = openDiskStorage(folder);
const get = async () => ({ status: 200, body: pngOf('x'), isCut: false, failure: null });
const outbound = { refusalOf: () => null, get };
const usual = { storage, outbound, db: desk.db };
Object.assign(desk.platform, usual);

const files = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
const purge = () =>
  purgeUploadsHandler({ ...desk, storage }).run({}, {
    signal: AbortSignal.timeout(9_000),
  } as never);

async function reply() {
  const people = await desk.settle();
  await people.texts('Show me');
  const [{ id: conversationId }] = await people.conversations();
  const { accountId } = people;
  const sent = () => prisma.message.count({ where: { accountId, direction: 'OUTBOUND' } });
  const urls = ['a', 'b'].map((name) => `https://partner.example/${name}.png`);
  const send = () => people.send({ conversationId, mediaUrls: urls });
  return { ...people, send, sent };
}

it('a text whose commit is not heard of keeps its files', async () => {
  const { accountId, send, sent, dispatch } = await reply();
  const broken = async <T>(work: Parameters<Db['transaction']>[0]): Promise<T> => {
    const answer = await desk.db.transaction(work);
    if ((await sent()) > 0) throw new Error('The connection broke.');
    return answer as T;
  };
  Object.assign(desk.platform, { db: { ...desk.db, transaction: broken } });
  await expect(send()).rejects.toThrow();
  Object.assign(desk.platform, usual);
  expect(await sent()).toBe(1);
  expect(await dispatch()).toEqual(['sent']);
  desk.clock.advance(25 * 3_600_000);
  await purge();
  const media = await prisma.messageMedia.findMany({ where: { accountId } });
  expect(media).toHaveLength(2);
  for (const { storageKey, sizeBytes } of media)
    expect(await storage.size(storageKey ?? '')).toBe(sizeBytes);
});

it('a text whose second file cannot be written leaves nothing behind a day later', async () => {
  const { accountId, send, sent } = await reply();
  const before = files().length;
  let puts = 0;
  const put: typeof storage.put = (...given) => {
    puts += 1;
    if (puts === 2) throw new Error('The disk is full.');
    return storage.put(...given);
  };
  Object.assign(desk.platform, { storage: { ...storage, put } });
  await expect(send()).rejects.toThrow();
  Object.assign(desk.platform, usual);
  expect(await sent()).toBe(0);
  expect(await prisma.upload.count({ where: { accountId } })).toBe(1);
  expect(files()).toHaveLength(before + 1);
  desk.clock.advance(25 * 3_600_000);
  await purge();
  expect(await prisma.upload.count({ where: { accountId } })).toBe(0);
  expect(files()).toHaveLength(before);
});

it('no file is written while a transaction is under way', async () => {
  const { accountId, send, sent } = await reply();
  let open = 0;
  const transaction = async (work: Parameters<Db['transaction']>[0]) => {
    open += 1;
    return desk.db.transaction(work).finally(() => {
      open -= 1;
    });
  };
  const during: number[] = [];
  const put: typeof storage.put = async (...given) => {
    during.push(open);
    return storage.put(...given);
  };
  const watched = { storage: { ...storage, put }, db: { ...desk.db, transaction } };
  Object.assign(desk.platform, watched);
  expect((await send()).userErrors).toEqual([]);
  Object.assign(desk.platform, usual);
  expect(during).toEqual([0, 0]);
  expect(await sent()).toBe(1);
  expect(await prisma.upload.count({ where: { accountId } })).toBe(0);
});
