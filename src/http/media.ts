// Files of texts by signed link, for people's browsers and for the carrier.
import { readMediaLink, storedMedia } from '#domains/messages/index.ts';
import type { Platform } from '#platform/platform.ts';
import { FROM_STRANGERS, serveLinked } from './serve-linked.ts';

/** Makes the door: a handler that answers false when the path is not a file's. */
export function mediaDoor(
  platform: Pick<Platform, 'db' | 'secrets' | 'storage' | 'clock' | 'log'>,
): ReturnType<typeof serveLinked> {
  const { db, secrets, clock } = platform;
  return serveLinked(platform, {
    what: 'the file of a text',
    again: 'Ask the API for Message.media.url again.',
    readLink: (url) => readMediaLink(secrets, url, clock.now),
    async find(link) {
      const stored = await storedMedia(db, link);
      if (!stored) return null;
      const { storageKey, contentType } = stored;
      const isShown = /^(image|audio|video)\//.test(contentType);
      const headers = {
        'content-type': contentType,
        'content-disposition': isShown ? 'inline' : 'attachment',
        'cache-control': 'private, max-age=900',
        ...FROM_STRANGERS,
      };
      return { storageKey, headers };
    },
  });
}
