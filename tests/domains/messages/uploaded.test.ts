// Files of texts that were uploaded before, and that files elsewhere are asked for last of all.
import { expect, it } from 'vitest';
import { uploadFile } from '#domains/uploads/index.ts';
import { openDiskStorage } from '#platform/storage/index.ts';
import { jpegOf, pngOf } from '#tests/domains/uploads/pictures.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { openTextsDesk } from './texts-desk.ts';

const desk = await openTextsDesk();
const storage = openDiskStorage(temporaryFolder());
const asked: string[] = [];
const get = async ({ url }: { url: string }) => {
  asked.push(url);
  const body = url.endsWith('png') ? pngOf('41.8781 N') : Buffer.from('no picture');
  return { status: 200, body, isCut: false, failure: null };
};
Object.assign(desk.platform, { storage, outbound: { refusalOf: () => null, get } });

async function upload(viewer: Viewer, bytes: Buffer, name = 'door.jpg'): Promise<string> {
  const content = (async function* () {
    yield bytes;
  })();
  const { id } = await uploadFile({ ...desk, storage }, viewer, { name, content });
  return encodeGlobalId('Upload', id);
}

const CAN = `query($input: CanSendMessageInput!) {
  canSendMessage(input: $input) { isAllowed refusals { code field } } }`;

async function reply() {
  const people = await desk.settle();
  await people.texts('Show me');
  const [{ id: conversationId }] = await people.conversations();
  const agentId = encodeGlobalId('Agent', people.agentId);
  const can = async (input: object) =>
    (await desk.ask(people.viewer, CAN, { input: { agentId, ...input } })).canSendMessage;
  return { ...people, conversationId, can };
}

it('an upload goes with one text, and says nothing of where it was made', async () => {
  const { viewer, conversationId, send, can, dispatch, conversations, accountId } = await reply();
  const mediaIds = [await upload(viewer, jpegOf('41.8781 N')), await upload(viewer, pngOf('x'))];
  expect(await can({ conversationId, mediaIds })).toEqual({ isAllowed: true, refusals: [] });
  expect((await send({ conversationId, mediaIds })).userErrors).toEqual([]);
  expect(await dispatch()).toEqual(['sent']);
  expect(desk.line.sent[0]?.mediaUrls).toHaveLength(2);
  const [{ messages }] = await conversations();
  expect(messages.nodes[0].media).toMatchObject([
    { state: 'READY', contentType: 'image/jpeg' },
    { state: 'READY', contentType: 'image/png' },
  ]);
  const rows = await desk.db.prisma.messageMedia.findMany({ where: { accountId } });
  for (const { storageKey } of rows) {
    const parts = await Array.fromAsync(await storage.read(storageKey ?? ''));
    expect(Buffer.concat(parts as Buffer[]).includes('41.8781')).toBe(false);
  }
  const again = await send({ conversationId, mediaIds });
  expect(again.userErrors).toMatchObject([{ code: 'MEDIA_INVALID', field: ['mediaIds'] }]);
});

it('what is no picture, too large, somebody else’s or both ways at once is refused', async () => {
  const { viewer, conversationId, send, can } = await reply();
  const other: Viewer = { ...viewer, actor: { kind: 'key', id: crypto.randomUUID() } };
  const large = Buffer.concat([pngOf('').subarray(0, 33), pngOf('').subarray(33)]);
  const padded = (bytes: number) => {
    const data = Buffer.alloc(bytes + 12);
    data.writeUInt32BE(bytes);
    data.write('IDAT', 4);
    return Buffer.concat([large.subarray(0, 33), data, large.subarray(33)]);
  };
  for (const mediaIds of [
    [await upload(viewer, Buffer.from('%PDF-1.7\n'))],
    [await upload(viewer, padded(600_000)), await upload(viewer, padded(400_000))],
    [await upload(other, pngOf('x'))],
    Array<string>(2).fill(await upload(viewer, pngOf('x'))),
  ]) {
    const refused = [{ code: 'MEDIA_INVALID', field: ['mediaIds'] }];
    expect((await send({ conversationId, mediaIds })).userErrors).toMatchObject(refused);
    expect((await can({ conversationId, mediaIds })).refusals).toEqual(refused);
  }
  const mediaIds = [await upload(viewer, pngOf('x'))];
  const both = { conversationId, mediaIds, mediaUrls: ['https://partner.example/a.png'] };
  expect((await send(both)).userErrors).toMatchObject([
    { code: 'INVALID_INPUT', field: ['mediaIds'] },
  ]);
});

it('an address is asked for a file only when nothing else stands against the text', async () => {
  const { conversationId, companyId, send, can } = await reply();
  const mediaUrls = ['https://partner.example/a.png'];
  const stranger = { companyId: encodeGlobalId('Company', companyId), to: '+13125550156' };
  expect((await send({ ...stranger, mediaUrls })).userErrors).toMatchObject([
    { code: 'NO_CONSENT' },
  ]);
  expect((await can({ ...stranger, mediaUrls })).refusals[0].code).toBe('NO_CONSENT');
  expect(asked).toEqual([]);
  expect((await can({ conversationId, mediaUrls })).isAllowed).toBe(true);
  expect((await send({ conversationId, mediaUrls })).userErrors).toEqual([]);
  expect(asked).toEqual([mediaUrls[0], mediaUrls[0]]);
  const wrong = { conversationId, mediaUrls: ['https://partner.example/a.txt'] };
  expect((await can(wrong)).refusals).toEqual([{ code: 'MEDIA_INVALID', field: ['mediaUrls'] }]);

  // of a thousand files at once most are not asked for
  const many = Array<string>(10).fill(mediaUrls[0] as string);
  const answers = await Promise.all(
    Array.from({ length: 13 }, () => can({ conversationId, mediaUrls: many })),
  );
  const codes = answers.flatMap(({ refusals }) =>
    refusals.map(({ code }: { code: string }) => code),
  );
  expect(codes).toContain('RATE_LIMITED');
  expect(asked.length).toBeLessThanOrEqual(125);
});
