// Recordings by signed link, with ranges, so that an audio element can play and seek. The link is the right to listen:
// it is made for a viewer who has it, and lives 15 minutes. One that was made for who may not hear what is to be hidden plays
// nothing while that is not silenced yet.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { isRedacted, readRecordingLink, storedRecording } from '#domains/calls/index.ts';
import type { Platform } from '#platform/platform.ts';
import { StoredThingMissing } from '#platform/storage/index.ts';

/** Makes the door: a handler that answers false when the path is not a recording's. */
export function recordingsDoor(
  platform: Pick<Platform, 'db' | 'secrets' | 'storage' | 'clock' | 'log'>,
): (req: IncomingMessage, res: ServerResponse, url: URL) => Promise<boolean> {
  const { secrets, storage, log } = platform;
  return async (req, res, url) => {
    const link = readRecordingLink(secrets, url, new Date());
    if (link === null) return false;
    if (link === 'FORGED') {
      const why = 'This link was not signed by this server, or is not whole.';
      return refuse(res, 403, `${why} Ask the API for Call.recording.url again.`);
    }
    if (link === 'EXPIRED') {
      return refuse(res, 410, 'This link has expired. Ask the API for Call.recording.url again.');
    }
    if (req.method !== 'GET' && req.method !== 'HEAD') return refuse(res, 405, 'Use GET.');
    try {
      const recording = await findFile(platform, link);
      if (!recording) return refuse(res, 404, 'There is no such recording.');
      if (!link.isRaw && !recording.isRedacted) {
        const why = 'What is to be hidden in this recording is not silenced yet.';
        return refuse(res, 409, `${why} Ask the API for Call.recording.url again once it is.`);
      }
      const { size } = recording;
      const range = readRange(req.headers.range, size);
      if (range === 'UNSATISFIABLE') {
        res.setHeader('content-range', `bytes */${size}`);
        return refuse(res, 416, `The recording has ${size} bytes.`);
      }
      const { start, end } = range ?? { start: 0, end: size - 1 };
      res.writeHead(range ? 206 : 200, {
        'content-type': 'audio/wav',
        'content-length': end - start + 1,
        'accept-ranges': 'bytes',
        // before it is redacted the same link gives another file than after
        'cache-control': recording.isRedacted ? 'private, max-age=900' : 'no-store',
        'content-disposition': `inline; filename="${link.id}.wav"`,
        ...(range ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
      });
      if (req.method === 'HEAD') res.end();
      // a listener who seeks or leaves breaks the stream: nothing to tell anybody
      else
        await pipeline(await storage.read(recording.storageKey, { start, end }), res).catch(
          () => {},
        );
      return true;
    } catch (err) {
      if (!(err instanceof StoredThingMissing)) throw err;
      log.error({ err, recordingId: link.id }, 'a stored recording is missing');
      return refuse(res, 404, 'The recording’s file is missing from storage.');
    }
  };
}

/** The recording's file and its size. Its row may name another one by now: a muted copy takes the place of the first. */
async function findFile(
  { db, storage }: Pick<Platform, 'db' | 'storage'>,
  { accountId, id }: { accountId: string; id: string },
  again = true,
): Promise<{ storageKey: string; size: number; isRedacted: boolean } | null> {
  const recording = await storedRecording(db, accountId, id);
  if (!recording) return null;
  const { storageKey } = recording;
  try {
    const size = await storage.size(storageKey);
    return { storageKey, size, isRedacted: isRedacted(recording) };
  } catch (error) {
    if (again && error instanceof StoredThingMissing) {
      return findFile({ db, storage }, { accountId, id }, false);
    }
    throw error;
  }
}

/** One range of bytes (RFC 9110 section 14); null when none, or several, are asked for: then the whole is sent. */
function readRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'UNSATISFIABLE' | null {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return null;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start > end ? 'UNSATISFIABLE' : { start, end };
}

function refuse(res: ServerResponse, status: number, message: string): true {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify({ error: message }));
  return true;
}
