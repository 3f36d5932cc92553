// Files of texts by signed link, for people's browsers and for the carrier. Strangers sent most of them, so a browser is
// told to take each for what it was found to be, and to run nothing of it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { readMediaLink, storedMedia } from '#domains/messages/index.ts';
import type { Platform } from '#platform/platform.ts';
import { StoredThingMissing } from '#platform/storage/index.ts';
import { answerJson } from './answer-json.ts';

/** Makes the door: a handler that answers false when the path is not a file's. */
export function mediaDoor(
  platform: Pick<Platform, 'db' | 'secrets' | 'storage' | 'clock' | 'log'>,
): (req: IncomingMessage, res: ServerResponse, url: URL) => Promise<boolean> {
  const { db, secrets, storage, clock, log } = platform;
  return async (req, res, url) => {
    const link = readMediaLink(secrets, url, clock.now);
    if (link === null) return false;
    if (link === 'FORGED') {
      const why = 'This link was not signed by this server, or is not whole.';
      return refuse(res, 403, `${why} Ask the API for Message.media.url again.`);
    }
    if (link === 'EXPIRED') {
      return refuse(res, 410, 'This link has expired. Ask the API for Message.media.url again.');
    }
    if (req.method !== 'GET' && req.method !== 'HEAD') return refuse(res, 405, 'Use GET.');
    const stored = await storedMedia(db, link);
    if (!stored) return refuse(res, 404, 'There is no such file.');
    const { storageKey, contentType } = stored;
    try {
      const isShown = /^(image|audio|video)\//.test(contentType);
      res.writeHead(200, {
        'content-type': contentType,
        'content-length': await storage.size(storageKey),
        'content-disposition': isShown ? 'inline' : 'attachment',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, max-age=900',
      });
      if (req.method === 'HEAD') res.end();
      // who leaves breaks the stream: nothing to tell anybody
      else await pipeline(await storage.read(storageKey), res).catch(() => {});
      return true;
    } catch (err) {
      if (!(err instanceof StoredThingMissing)) throw err;
      log.error({ err, mediaId: link.id }, 'the file of a text is missing');
      return refuse(res, 404, 'The file is missing from storage.');
    }
  };
}

function refuse(res: ServerResponse, status: number, message: string): true {
  answerJson(res, status, { error: message });
  return true;
}
