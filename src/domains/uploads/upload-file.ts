// A person, or a program with a key, sends a file ahead of a text or an answer in a chat.
import { authorize, may } from '#domains/accounts/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { storeUpload, type UploadedFile } from './store-upload.ts';

/**
 * Stores it for whoever sends it: nobody else can put it into a message.
 * @returns the file. Throws Forbidden, UploadRefused.
 */
export async function uploadFile(
  platform: Pick<Platform, 'db' | 'clock' | 'storage'>,
  viewer: Viewer,
  file: { name: string; content: AsyncIterable<Uint8Array> },
): Promise<UploadedFile> {
  if (!may(viewer, 'chats.answer')) authorize(viewer, 'messages.send');
  const { accountId, actor } = viewer;
  return storeUpload(platform, { ...file, accountId, id: newId(), owner: nameActor(actor) });
}
