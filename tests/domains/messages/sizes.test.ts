// How large a text and its files may be, to the byte: the last that is taken, and the first that is not (L30).
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { fetchMediaHandler } from '#domains/messages/index.ts';
import { uploadFile } from '#domains/uploads/index.ts';
import { openOutbound } from '#platform/outbound/index.ts';
import { openDiskStorage } from '#platform/storage/index.ts';
import { pngOf } from '#tests/domains/uploads/pictures.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openTextsDesk } from './texts-desk.ts';

const desk = await openTextsDesk();
const storage = openDiskStorage(temporaryFolder());
const MB = 1_000_000;
const INBOUND = 10 * 1024 ** 2;

/** A PNG of exactly so many bytes, with nothing in it that would be taken out. */
function pictureOf(bytes: number): Buffer {
  const head = pngOf('').subarray(0, 33);
  const end = Buffer.from('0000000049454e4400000000', 'hex');
  const data = Buffer.alloc(bytes - head.length - end.length);
  data.writeUInt32BE(data.length - 12);
  data.write('IDAT', 4);
  return Buffer.concat([head, data, end]);
}

/** Its paths are sizes. */
const server = createServer((request, response) => {
  response.end(pictureOf(Number(request.url?.slice(1))));
});
await once(server.listen(0, '127.0.0.1'), 'listening');
afterAll(() => server.close());
const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
Object.assign(desk.platform, { storage, outbound: openOutbound({ allowed: ['127.0.0.1'] }) });

async function reply() {
  const people = await desk.settle(1);
  await people.texts('Show me');
  const [{ id: conversationId }] = await people.conversations();
  const upload = async (bytes: number) => {
    const content = (async function* () {
      yield pictureOf(bytes);
    })();
    const file = { name: 'door.png', content };
    const { id, sizeBytes } = await uploadFile({ ...desk, storage }, people.viewer, file);
    expect(sizeBytes).toBe(bytes);
    return encodeGlobalId('Upload', id);
  };
  const given = {
    mediaUrls: (bytes: number) => Promise.resolve(`${root}/${bytes}`),
    mediaIds: upload,
  };
  const codes = async (input: object) =>
    (await people.send({ conversationId, ...input })).userErrors.map(({ code }: never) => code);
  return { ...people, given, codes };
}

const TEN = Array<number>(10).fill(100);
it.each([
  [[MB], []],
  [[MB + 1], ['MEDIA_INVALID']],
  [[MB / 2, MB / 2], []],
  [[MB / 2, MB / 2 + 1], ['MEDIA_INVALID']],
  [TEN, []],
  [[...TEN, 100], ['MEDIA_INVALID']],
])('files of %j bytes with a text: %j', async (sizes, expected) => {
  const { given, codes } = await reply();
  for (const field of ['mediaUrls', 'mediaIds'] as const) {
    const files = await Promise.all(sizes.map((bytes) => given[field](bytes)));
    expect(await codes({ [field]: files }), field).toEqual(expected);
  }
});

it.each([
  [INBOUND, { state: 'READY', failure: null }],
  [INBOUND + 1, { state: 'FAILED', failure: 'TOO_LARGE' }],
])('a file of %i bytes that comes in', async (bytes, expected) => {
  const people = await desk.settle(1);
  const { run } = fetchMediaHandler({
    ...desk.platform,
    carriers: { originOf: async () => root },
  } as never);
  await people.texts('See this', { media: [{ url: `${root}/${bytes}` }] });
  const fetches = desk.enqueued.filter(({ name }) => name === 'messages.fetch-media');
  expect(fetches).toHaveLength(1);
  const job = { id: 'job', attempt: 1, signal: new AbortController().signal };
  for (const { payload } of fetches) await run(payload as never, job);
  const [row] = await people.conversations();
  expect(row.messages.nodes[0].media).toMatchObject([expected]);
});

it.each([
  [1_600, []],
  [1_601, ['INVALID_INPUT']],
])('a text of %i characters', async (characters, expected) => {
  const { codes } = await reply();
  expect(await codes({ text: 'x'.repeat(characters) })).toEqual(expected);
});
