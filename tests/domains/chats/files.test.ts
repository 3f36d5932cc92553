// Files in a chat, from both sides: sent ahead, once however often they come, and put into one message.
import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deleteFilesOfChat } from '#domains/chats/index.ts';
import { purgeUploadsHandler, uploadFile } from '#domains/uploads/index.ts';
import { jpegOf, pngOf } from '#tests/domains/uploads/pictures.ts';
import { decodeGlobalId, encodeGlobalId } from '#values/global-id.ts';
import { openChatsDesk } from './chats-desk.ts';

const desk = await openChatsDesk();
const { change, storage } = desk;
const { prisma } = desk.db;

const FILES = `query($id: ID!) { node(id: $id) { ... on ChatConversation { messages { nodes {
  seq text files { name contentType sizeBytes sha256 url } } } } } }`;

async function* only(bytes: Uint8Array) {
  yield bytes;
}

describe('a visitor’s file', () => {
  it('is one, however often it is sent, and reaches both sides as an attachment', async () => {
    const { visitor, chats, viewer } = await desk.settle();
    const ada = visitor();
    await ada.opens('My door is broken.');
    const id = randomUUID();
    const picture = jpegOf('41.8781 N');
    const answers = [
      await ada.sendsFile('door.png', picture, id),
      ...(await Promise.all([1, 2].map(() => ada.sendsFile('door.png', picture, id)))),
    ];
    const [first] = answers;
    expect(first).toMatchObject({ status: 200, body: { name: 'door.jpg' } });
    expect(first?.body.contentType).toBe('image/jpeg');
    for (const other of answers) expect(other.body).toEqual(first?.body);
    const notes = randomUUID();
    await ada.sendsFile('notes.txt', Buffer.from('by the window'), notes);
    const message = { id: randomUUID(), text: '', files: [id, notes] };
    expect((await ada.sends('send', { message })).body).toEqual({ seq: 2 });
    expect((await ada.sends('send', { message })).body).toEqual({ seq: 2 });
    // a file is of one message
    const again = await ada.sends('send', { message: { ...message, id: randomUUID() } });
    expect(again.body).toMatchObject({ code: 'INVALID_INPUT', field: 'message.files' });

    const heard = await ada.follows();
    await heard.until(({ messages }) => messages.length === 2);
    heard.cut();
    const [door, text] = heard.messages[1]?.files ?? [];
    expect([door?.name, text?.name]).toEqual(['door.jpg', 'notes.txt']);
    const got = await fetch(desk.url + door?.path);
    const bytes = Buffer.from(await got.arrayBuffer());
    expect(bytes.includes('41.8781')).toBe(false);
    expect(Object.fromEntries(got.headers)).toMatchObject({
      ...{ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff' },
      'content-disposition': `attachment; filename="door.jpg"; filename*=UTF-8''door.jpg`,
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const forged = await fetch(`${desk.url}${door?.path.replace(/mac=./, 'mac=_')}`);
    expect(forged.status).toBe(403);
    const [{ id: chatId }] = await chats();
    const { node } = await desk.ask(viewer, FILES, { id: chatId });
    const [, shown] = node.messages.nodes[0].files;
    expect(shown).toMatchObject({ name: 'notes.txt', contentType: 'text/plain', sizeBytes: 13 });
    expect(shown.sha256).toBe(createHash('sha256').update('by the window').digest('hex'));
    const path = shown.url.replace('https://switchboard.example', desk.url);
    expect(await (await fetch(path)).text()).toBe('by the window');
    const masked = { ...viewer, scopes: viewer.scopes.filter((one) => one !== 'personal:read') };
    const seen = await desk.ask(masked, FILES, { id: chatId });
    expect(seen.node.messages.nodes[0].files).toEqual([]);
    desk.clock.advance(24 * 3_600_000);
    expect((await fetch(desk.url + door?.path)).status).toBe(410);
  });

  it('is refused with the reason', async () => {
    const { visitor } = await desk.settle();
    const ada = visitor();
    expect((await ada.sendsFile('x.txt', Buffer.from('x'))).body.code).toBe('CHAT_TOKEN_INVALID');
    await ada.opens('Hello');
    for (const [bytes, status, code] of [
      [Buffer.from('PK\u0003\u0004'), 415, 'FILE_REFUSED'],
      [pngOf('', { width: 60_000, height: 60_000 }), 415, 'FILE_REFUSED'],
      [Buffer.alloc(0), 415, 'FILE_REFUSED'],
      [Buffer.alloc(5_000_001, 'a'), 413, 'TOO_LARGE'],
    ] as const) {
      const refused = await ada.sendsFile('x.txt', bytes);
      expect([refused.status, refused.body.code]).toEqual([status, code]);
    }
    expect((await ada.sendsFile('x.txt', Buffer.alloc(5_000_000, 'a'))).status).toBe(200);
    const eleven = Array.from({ length: 11 }, () => randomUUID());
    const message = { id: randomUUID(), text: 'x', files: eleven };
    expect((await ada.sends('send', { message })).body.code).toBe('INVALID_INPUT');
    const early = ada.opening('x');
    const opened = await ada.sends('open', {
      ...early,
      message: { ...early.message, files: [randomUUID()] },
    });
    expect(opened.body).toMatchObject({ code: 'INVALID_INPUT', field: 'message.files' });
    const sent = await Promise.all(
      Array.from({ length: 30 }, () => ada.sendsFile('x.txt', Buffer.from('x'))),
    );
    expect(sent.map(({ status }) => status)).toContain(429);
  });
});

it('an agent’s file is their own until they send it; what nobody sends goes after a day', async () => {
  const { visitor, chats, person, accountId } = await desk.settle();
  const ada = visitor();
  await ada.opens('What does it cost?');
  const [{ id: chatId }] = await chats();
  const [sam, kim] = [await person(), await person()];
  const file = { name: 'offer.pdf', content: only(Buffer.from('%PDF-1.7\n')) };
  const upload = await uploadFile(desk, sam.as, file);
  const fileIds = [encodeGlobalId('Upload', upload.id)];
  const send = (as: typeof sam.as, input: object) =>
    change(as, 'sendChatMessage', { chatId, text: '', ...input }, 'message { files { name } }');
  expect(await send(kim.as, { fileIds })).toMatchObject({
    userErrors: [{ code: 'NOT_FOUND', field: ['fileIds'] }],
  });
  expect(await send(sam.as, {})).toMatchObject({ userErrors: [{ code: 'INVALID_INPUT' }] });
  const idempotencyKey = randomUUID();
  for (let n = 0; n < 2; n += 1) {
    expect(await send(sam.as, { fileIds, idempotencyKey })).toMatchObject({
      ...{ message: { files: [{ name: 'offer.pdf' }] }, userErrors: [] },
    });
  }
  const left = await uploadFile(desk, sam.as, {
    ...{ name: 'left', content: only(Buffer.from('x')) },
  });
  const where = { accountId_id: { accountId, id: left.id } };
  const { storageKey } = await prisma.upload.findUniqueOrThrow({ where });
  const purge = () =>
    purgeUploadsHandler(desk).run({}, { signal: AbortSignal.timeout(9_000) } as never);
  await purge();
  expect(await storage.size(storageKey)).toBe(1);
  desk.clock.advance(24 * 3_600_000 + 1);
  await purge();
  expect(await prisma.upload.findUnique({ where })).toBeNull();
  await expect(storage.size(storageKey)).rejects.toThrow('Nothing is stored');

  // erased with the chat: what is in messages, and what was sent ahead
  await ada.sendsFile('ahead.txt', Buffer.from('ahead'));
  const id = decodeGlobalId(chatId)?.id ?? '';
  const keys = [
    ...(await prisma.chatFile.findMany({ where: { accountId } })),
    ...(await prisma.upload.findMany({ where: { accountId } })),
  ].map((row) => row.storageKey);
  expect(keys).toHaveLength(2);
  const gone = await desk.db.transaction((tx) => deleteFilesOfChat(tx, accountId, id));
  for (const key of [...gone.keys, gone.folder]) await storage.removeAll(key);
  for (const key of keys) await expect(storage.size(key)).rejects.toThrow('Nothing is stored');
  expect(await prisma.upload.count({ where: { accountId } })).toBe(0);
});
