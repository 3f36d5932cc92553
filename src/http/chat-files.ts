// Files of chats by signed link. Strangers sent most of them: a browser is told to save each, to take it for what it was
// found to be, and to run nothing of it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { readChatFileLink, storedChatFile } from '#domains/chats/index.ts';
import type { Platform } from '#platform/platform.ts';
import { StoredThingMissing } from '#platform/storage/index.ts';
import { answerJson } from './answer-json.ts';

/** Makes the door: a handler that answers false when the path is not a file's. */
export function chatFilesDoor(
  platform: Pick<Platform, 'db' | 'secrets' | 'storage' | 'clock' | 'log'>,
): (req: IncomingMessage, res: ServerResponse, url: URL) => Promise<boolean> {
  const { db, secrets, storage, clock, log } = platform;
  return async (req, res, url) => {
    const link = readChatFileLink(secrets, url, clock.now);
    if (link === null) return false;
    if (link === 'FORGED') {
      return refuse(res, 403, 'This link was not signed by this server, or is not whole.');
    }
    if (link === 'EXPIRED') {
      return refuse(res, 410, 'This link has expired. Open the chat again, and follow it there.');
    }
    if (req.method !== 'GET' && req.method !== 'HEAD') return refuse(res, 405, 'Use GET.');
    const file = await storedChatFile(db, link);
    if (!file) return refuse(res, 404, 'There is no such file.');
    try {
      res.writeHead(200, {
        'content-type': file.contentType === 'text/plain' ? TEXT : file.contentType,
        'content-length': await storage.size(file.storageKey),
        'content-disposition': attachmentOf(file.name),
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
        'referrer-policy': 'no-referrer',
      });
      if (req.method === 'HEAD') res.end();
      // who leaves breaks the stream: nothing to tell anybody
      else await pipeline(await storage.read(file.storageKey), res).catch(() => {});
      return true;
    } catch (err) {
      if (!(err instanceof StoredThingMissing)) throw err;
      log.error({ err, fileId: link.id }, 'the file of a chat is missing');
      return refuse(res, 404, 'The file is missing from storage.');
    }
  };
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

function refuse(res: ServerResponse, status: number, message: string): true {
  answerJson(res, status, { error: message });
  return true;
}
