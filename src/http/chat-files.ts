// Files of chats by signed link. Strangers sent most of them: a browser is told to save each.
import { readChatFileLink, storedChatFile } from '#domains/chats/index.ts';
import type { Platform } from '#platform/platform.ts';
import { FROM_STRANGERS, serveLinked } from './serve-linked.ts';

/** Makes the door: a handler that answers false when the path is not a file's. */
export function chatFilesDoor(
  platform: Pick<Platform, 'db' | 'secrets' | 'storage' | 'clock' | 'log'>,
): ReturnType<typeof serveLinked> {
  const { db, secrets, clock } = platform;
  return serveLinked(platform, {
    what: 'the file of a chat',
    again: 'Open the chat again, and follow it there.',
    readLink: (url) => readChatFileLink(secrets, url, clock.now),
    async find(link) {
      const file = await storedChatFile(db, link);
      if (!file) return null;
      const headers = {
        'content-type': file.contentType === 'text/plain' ? TEXT : file.contentType,
        'content-disposition': attachmentOf(file.name),
        'cache-control': 'private, no-store',
        'referrer-policy': 'no-referrer',
        ...FROM_STRANGERS,
      };
      return { storageKey: file.storageKey, headers };
    },
  });
}

const TEXT = 'text/plain; charset=utf-8';

/** RFC 6266: a name in ASCII for old browsers, and the whole one. */
function attachmentOf(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
