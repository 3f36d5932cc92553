// How large a text and its files may be, to the byte: the last that is taken, and the first that is not (L30).
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { fetchMediaHandler } from '#domains/messages/index.ts';
import { previewText } from '#domains/messages/preview-text.ts';
import { uploadFile } from '#domains/uploads/index.ts';
import { openOutbound } from '#platform/outbound/index.ts';
import { openDiskStorage } from '#platform/storage/index.ts';
import { segmentsOf } from '#sandbox/messages/segments.ts';
import { pngOf } from '#tests/domains/uploads/pictures.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openTextsDesk } from './texts-desk.ts';

const CHECK = `query($input: CanSendMessageInput!) { canSendMessage(input: $input) {
  refusals { code field message } } }`;
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

it('a text of 1,601 characters is refused, whatever it is', async () => {
  const { codes } = await reply();
  expect(await codes({ text: 'x'.repeat(1_601) })).toEqual(['INVALID_INPUT']);
});

// ten parts of 153 places, or of 67: what is refused is refused by the carrier, too
const NOTICE = '\nGarage Doors. Reply STOP to opt out.'.length;
it.each([
  ['x', 1_530, 1],
  ['€', 760, 2],
  ['ж', 670, 1],
  ['👍', 330, 2],
])('a text of “%s”, %i times, is the longest', async (sign, times, places) => {
  const { codes, send, dispatch, conversations, viewer, agentId } = await reply();
  const [{ id: conversationId }] = await conversations();
  const spare = Math.ceil(NOTICE / places);
  const first = sign.repeat(times - spare - 10);
  // the first one says more than was written
  expect(await codes({ text: sign.repeat(times) })).toEqual(['INVALID_INPUT']);
  expect(await codes({ text: first })).toEqual([]);
  await dispatch();
  expect(segmentsOf(desk.line.sent.at(-1)?.text ?? '').segments).toBe(10);
  expect(segmentsOf(sign.repeat(times)).segments).toBe(10);
  expect(await codes({ text: sign.repeat(times) })).toEqual([]);
  const long = sign.repeat(times + Math.ceil(20 / places));
  expect(segmentsOf(long).segments).toBe(11);
  expect(previewText(long).isTooLong).toBe(true);
  const { userErrors } = await send({ conversationId, text: long });
  expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['text'] }]);
  expect(userErrors[0].message).toContain('11 parts');
  const input = { conversationId, agentId: encodeGlobalId('Agent', agentId), text: long };
  const asked = await desk.ask(viewer, CHECK, { input });
  expect(asked.canSendMessage.refusals).toMatchObject(userErrors);
});
