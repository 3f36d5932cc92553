// Stored files by signed link, as each door of them answers: the link is the right to fetch. A browser is told to take a
// file for what it is said to be.
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Platform } from '#platform/platform.ts';
import { StoredThingMissing } from '#platform/storage/index.ts';
import { answerJson } from './answer-json.ts';

/** Strangers sent it: a browser runs nothing of it. */
export const FROM_STRANGERS = { 'content-security-policy': "default-src 'none'; sandbox" };

/** One kind of stored files. */
export interface LinkedFiles<Link extends { id: string }> {
  /** as the operator's log names one: "the file of a chat" */
  what: string;
  /** what a person does whose link does not work */
  again: string;
  /** null when the path is not one of theirs */
  readLink(url: URL): Link | 'FORGED' | 'EXPIRED' | null;
  find(link: Link): Promise<{ storageKey: string; headers: OutgoingHttpHeaders } | null>;
  /** the answer when it is not found; 404 unless told otherwise */
  gone?: { status: number; message: string };
}

/** Makes the door: a handler that answers false when the path is not one of these files'. */
export function serveLinked<Link extends { id: string }>(
  { storage, log }: Pick<Platform, 'storage' | 'log'>,
  { what, again, readLink, find, gone }: LinkedFiles<Link>,
): (req: IncomingMessage, res: ServerResponse, url: URL) => Promise<boolean> {
  return async (req, res, url) => {
    const refuse = (status: number, error: string): true => {
      answerJson(res, status, { error });
      return true;
    };
    const link = readLink(url);
    if (link === null) return false;
    if (link === 'FORGED') {
      return refuse(403, `This link was not signed by this server, or is not whole. ${again}`);
    }
    if (link === 'EXPIRED') return refuse(410, `This link has expired. ${again}`);
    if (req.method !== 'GET' && req.method !== 'HEAD') return refuse(405, 'Use GET.');
    const found = await find(link);
    if (!found) return refuse(gone?.status ?? 404, gone?.message ?? 'There is no such file.');
    try {
      res.writeHead(200, {
        'content-length': await storage.size(found.storageKey),
        'x-content-type-options': 'nosniff',
        ...found.headers,
      });
      if (req.method === 'HEAD') res.end();
      // who leaves breaks the stream: nothing to tell anybody
      else await pipeline(await storage.read(found.storageKey), res).catch(() => {});
      return true;
    } catch (err) {
      if (!(err instanceof StoredThingMissing)) throw err;
      log.error({ err, id: link.id }, `${what} is missing`);
      return refuse(404, 'The file is missing from storage.');
    }
  };
}
