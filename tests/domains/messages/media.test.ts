// What comes with texts: fetched at once, judged by its content, kept here, and served by signed links alone.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { fetchMediaHandler } from '#domains/messages/index.ts';
import { mediaDoor } from '#http/media.ts';
import { openOutbound } from '#platform/outbound/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { openDiskStorage } from '#platform/storage/index.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { openTextsDesk } from './texts-desk.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const SCRIPT = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
const CARD = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEND:VCARD\r\n';

const desk = await openTextsDesk();
const secrets = openSecrets(Buffer.alloc(32, 7));
const storage = openDiskStorage(temporaryFolder());
const platform = { ...desk.platform, secrets, storage };
Object.assign(desk.platform, {
  secrets,
  storage,
  outbound: openOutbound({ allowed: ['127.0.0.1'] }),
});

/** The carrier's store of files, which anybody may have filled. */
const FILES: Record<string, [type: string, body: Buffer | string]> = {
  '/photo': ['text/html', PNG],
  '/card': ['text/plain', CARD],
  '/script': ['image/png', SCRIPT],
  '/empty': ['image/png', ''],
  '/bomb': ['image/png', Buffer.concat([PNG, Buffer.alloc(10 * 1024 ** 2)])],
};
const door = mediaDoor(platform as never);
const server = createServer(async (req, res) => {
  const url = new URL(req.url ?? '', 'https://switchboard.example');
  if (await door(req, res, url)) return;
  const [type, body] = FILES[url.pathname] ?? ['text/plain', null];
  res.writeHead(body === null ? 404 : 200, { 'content-type': type });
  res.end(body);
});
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(() => server.close());

const { run, giveUp } = fetchMediaHandler({
  ...platform,
  outbound: openOutbound({ allowed: [] }),
  // the carrier itself is on this machine; nothing else there may be reached
  carriers: { originOf: async () => root },
} as never);
const JOB = { id: 'job', attempt: 1, signal: new AbortController().signal };

/** Sends a text with these files, and does the jobs that it starts. */
async function receive(paths: string[], elsewhere: string[] = []) {
  const people = await desk.settle();
  desk.enqueued.length = 0;
  await people.texts('See this', {
    media: [...paths.map((path) => root + path), ...elsewhere].map((url) => ({ url })),
  });
  const outcomes: unknown[] = [];
  for (const { payload } of [...desk.enqueued]) {
    const key = payload as { accountId: string; mediaId: string };
    outcomes.push(await run(key, JOB).catch(() => giveUp?.(key, null)));
    outcomes.push(await run(key, JOB));
  }
  const [row] = await people.conversations();
  return { ...people, outcomes, media: row.messages.nodes[0].media, row };
}

describe('a file', () => {
  it('is what its content is, whatever it was called', async () => {
    const { media, outcomes, told, row } = await receive(['/photo', '/card']);
    expect(outcomes).toEqual(['stored', 'already-there', 'stored', 'already-there']);
    expect(media).toMatchObject([
      { state: 'READY', contentType: 'image/png', failure: null },
      { state: 'READY', contentType: 'text/vcard', failure: null },
    ]);
    expect((await told('conversation')).map(({ payload }) => payload)).toMatchObject([
      { changes: ['messages'] },
      { changes: ['messages'] },
    ]);
    expect(row.version).toBe(3);
  });

  it('that may run something, is nothing, or has no end, is not kept', async () => {
    const { media } = await receive(['/script', '/empty', '/bomb', '/gone']);
    const failures = media.map(({ state, failure, url }: never) => [state, failure, url]);
    expect(failures).toEqual([
      ['FAILED', 'TYPE_REFUSED', null],
      ['FAILED', 'NOT_THERE', null],
      ['FAILED', 'TOO_LARGE', null],
      ['FAILED', 'NOT_THERE', null],
    ]);
  });

  it('on our own network is not fetched, whoever signed for it', async () => {
    let asked = 0;
    const inner = createServer((_req, res) => {
      asked += 1;
      res.end(PNG);
    });
    await new Promise<void>((done) => inner.listen(0, '127.0.0.1', done));
    const { port } = inner.address() as AddressInfo;
    const { media } = await receive(['/photo'], [`http://127.0.0.1:${port}/x`]);
    inner.close();
    expect(media).toMatchObject([{ state: 'READY' }, { state: 'FAILED', failure: 'NOT_THERE' }]);
    expect(asked).toBe(0);
  });

  it('beyond ten is told of, and not fetched', async () => {
    const { media, outcomes } = await receive(Array<string>(12).fill('/photo'));
    expect(outcomes).toHaveLength(20);
    expect(media.map(({ failure }: { failure: string }) => failure)).toEqual([
      ...Array<null>(10).fill(null),
      ...['TOO_MANY', 'TOO_MANY'],
    ]);
  });
});

it('a link is signed, ends after 15 minutes, and is served so that a browser runs nothing', async () => {
  const { media } = await receive(['/photo']);
  const path = media[0].url.replace('https://switchboard.example', '');
  const answer = await fetch(root + path);
  expect(answer.status).toBe(200);
  expect(Buffer.from(await answer.arrayBuffer()).equals(PNG)).toBe(true);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    ...{ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' },
    'content-security-policy': "default-src 'none'; sandbox",
  });
  const status = async (link: string, init = {}) => (await fetch(root + link, init)).status;
  expect(await status(path, { method: 'POST' })).toBe(405);
  expect(await status(path.replace(/mac=./, 'mac=-'))).toBe(403);
  expect(await status(path.replace(/until=\d/, 'until=9'))).toBe(403);
  desk.clock.advance(15 * 60_000);
  expect(await status(path)).toBe(410);
});

it('a file of a text that was erased while it was fetched is not left behind', async () => {
  const { accountId, texts } = await desk.settle();
  desk.enqueued.length = 0;
  await texts('See this', { media: [{ url: `${root}/photo` }] });
  const { mediaId = '' } = desk.enqueued[0]?.payload ?? {};
  const { prisma } = desk.db;
  const put = storage.put.bind(storage);
  storage.put = async (...given) => {
    const stored = await put(...given);
    await prisma.interaction.deleteMany({ where: { accountId } });
    return stored;
  };
  expect(await run({ accountId, mediaId }, JOB)).toBe('gone');
  storage.put = put;
  const key = `media/${accountId}/${mediaId}`;
  await expect(storage.size(key)).rejects.toThrow('Nothing is stored');

  // as a try leaves it that is killed between its file and its row
  for (const next of [
    run,
    async (of: { accountId: string; mediaId: string }) => giveUp?.(of, null),
  ]) {
    await storage.put(key, new Blob([PNG]).stream());
    expect(await next({ accountId, mediaId }, JOB)).toBe('gone');
    await expect(storage.size(key)).rejects.toThrow('Nothing is stored');
  }
});

describe('files that go with a text', () => {
  const reply = async () => {
    const people = await desk.settle();
    await people.texts('Show me');
    const [{ id: conversationId }] = await people.conversations();
    return { ...people, conversationId };
  };

  it('are sent from here, as they were judged', async () => {
    const { conversationId, send, dispatch, conversations } = await reply();
    const mediaUrls = [`${root}/photo`];
    expect((await send({ conversationId, mediaUrls })).userErrors).toEqual([]);
    expect(await dispatch()).toEqual(['sent']);
    const [link = ''] = desk.line.sent[0]?.mediaUrls ?? [];
    const answer = await fetch(link.replace('https://switchboard.example', root));
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await answer.arrayBuffer()).equals(PNG)).toBe(true);
    const [row] = await conversations();
    expect(row.messages.nodes[0].media).toMatchObject([
      { state: 'READY', contentType: 'image/png' },
    ]);
  });

  it.each([
    [['/script'], 'by its content'],
    [['/bomb'], 'too large'],
    [['/gone'], 'answered 404'],
    [Array<string>(11).fill('/photo'), 'takes 10 files'],
  ])('%j are refused', async (paths, why) => {
    const { conversationId, send, conversations } = await reply();
    const mediaUrls = paths.map((path) => root + path);
    const { userErrors } = await send({ conversationId, text: 'See', mediaUrls });
    expect(userErrors).toMatchObject([{ code: 'MEDIA_INVALID', field: ['mediaUrls'] }]);
    expect(userErrors[0].message).toContain(why);
    expect((await conversations())[0].messages.totalCount).toBe(1);
  });
});
