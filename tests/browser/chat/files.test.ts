// Files in the chat of a page: by keyboard, by dropping them, over a connection that breaks, and from the other side.
import { expect, it } from 'vitest';
import { uploadFile } from '#domains/uploads/index.ts';
import { jpegOf } from '#tests/domains/uploads/pictures.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openChat, openChatTown, write } from '../support/chat-town.ts';

const { company, desk, tag, visits, wire, troubles } = await openChatTown();

async function* only(bytes: Uint8Array) {
  yield bytes;
}

it('files go both ways; what is not taken is named with the reason; a broken connection doubles none', async () => {
  const doors = await company();
  const page = await visits(tag(doors.key));
  // asked for before all else: the browser opens its own dialogue until it has heard that somebody waits for it
  const chooser = page.waitForEvent('filechooser');
  await openChat(page);
  const attach = page.getByRole('button', { name: 'Send a file' });
  expect(await attach.isVisible()).toBe(false);
  await write(page, 'one');
  await attach.waitFor();
  await attach.focus();
  await page.keyboard.press('Enter');
  const choice = await chooser;
  await choice.setFiles([
    { name: 'door.png', mimeType: 'image/png', buffer: jpegOf('41.8781 N') },
    { name: 'tool.zip', mimeType: 'image/png', buffer: Buffer.from('PK\u0003\u0004') },
    { name: 'film.txt', mimeType: 'text/plain', buffer: Buffer.alloc(5_000_001, 'a') },
  ]);
  await page.getByRole('link', { name: 'door.jpg (1 KB)' }).waitFor();
  const told = page.getByRole('status').filter({ hasText: 'was not sent' });
  expect((await told.innerText()).split('\n')).toEqual([
    'tool.zip was not sent: By its content this is no JPEG, PNG or GIF picture, no PDF and no plain text in UTF-8.',
    'film.txt was not sent: A file takes at most 5 MB.',
  ]);

  // taken by the server, whose answer is lost: it is sent again, and is one
  wire.loseAnswers();
  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['by the window'], 'notes.txt'));
    return data;
  });
  await page.locator('.panel').dispatchEvent('drop', { dataTransfer: dropped });
  await page.getByRole('progressbar', { name: 'Sending files' }).waitFor();
  const of = { accountId: doors.accountId };
  await expect
    .poll(() => desk.db.prisma.upload.count({ where: of }), { timeout: 9_000 })
    .toBeGreaterThan(0);
  wire.mend();
  await page.getByRole('link', { name: 'notes.txt (1 KB)' }).waitFor();
  expect(await page.getByRole('progressbar').count()).toBe(0);
  expect(await desk.db.prisma.chatFile.count({ where: of })).toBe(2);
  expect(await desk.db.prisma.upload.count({ where: of })).toBe(0);

  const { as } = await doors.person();
  const content = only(Buffer.from('%PDF-1.7\n'));
  const { id } = await uploadFile(desk, as, { name: '<b>offer</b>.pdf', content });
  const [{ id: chatId }] = await doors.chats();
  const answer = { chatId, text: 'Our offer:', fileIds: [encodeGlobalId('Upload', id)] };
  await desk.change(as, 'sendChatMessage', answer, 'message { seq }');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /^b\.pdf|offer/ }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.pdf$/);
  expect(await page.locator('.thread b').count()).toBe(0);
  expect(troubles.filter((one) => !/415|Failed to load/.test(one))).toEqual([]);
});
