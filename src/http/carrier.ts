// The carrier's door: takes a webhook, checks its signature over the raw body, stores it, answers 200, and steps the
// call at once. A 401 makes the carrier give up, a 503 makes it come again: so a database that is down loses nothing.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readHead, refuseSignature, type WebhookHead } from '#platform/carrier/index.ts';
import { isDatabaseUnavailable } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { ringbackWav } from './ringback.ts';

/** voice webhooks are a few kilobytes; messages with media links stay below this too */
const MOST_BYTES = 256 * 1024;
const PATH = /^\/carrier\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

type Slice = Pick<Platform, 'carriers' | 'inbox' | 'clock' | 'log'>;

/**
 * Makes the door.
 * @param take steps what was stored; it must not throw
 * @returns a handler that answers false when the path is not the carrier's
 */
export function carrierDoor(
  slice: Slice,
  take: (accountId: string, head: WebhookHead) => void,
): (req: IncomingMessage, res: ServerResponse, url: URL) => Promise<boolean> {
  return async (req, res, url) => {
    if (url.pathname === '/carrier/ringback.wav') {
      res.writeHead(200, { 'content-type': 'audio/wav', 'cache-control': 'public, max-age=86400' });
      res.end(ringbackWav());
      return true;
    }
    const [, accountId] = PATH.exec(url.pathname) ?? [];
    if (!accountId) return false;
    if (req.method !== 'POST') return answer(res, 405, 'The carrier sends webhooks by POST.');
    try {
      return await receive(slice, take, accountId, req, res);
    } catch (err) {
      const down = isDatabaseUnavailable(err);
      slice.log.error({ err, accountId }, 'a carrier webhook could not be stored');
      return answer(
        res,
        down ? 503 : 500,
        down
          ? 'The database is not reachable; send this webhook again.'
          : 'Something broke; send this webhook again.',
      );
    }
  };
}

async function receive(
  { carriers, inbox, clock, log }: Slice,
  take: (accountId: string, head: WebhookHead) => void,
  accountId: string,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<boolean> {
  // before the body is read: whoever names no account of ours has no right to our memory
  const publicKey = await carriers.publicKeyOf(accountId);
  if (!publicKey) return answer(res, 404, 'No account with a carrier has this address.', true);
  const body = await readText(req);
  if (body === null) {
    return answer(res, 413, `A webhook body takes at most ${MOST_BYTES} bytes.`, true);
  }
  const signed = {
    timestamp: header(req, 'telnyx-timestamp'),
    signature: header(req, 'telnyx-signature-ed25519'),
  };
  // signatures carry the machine's time, whatever hour the account lives in
  const check = (key: string) => refuseSignature(body, signed, key, new Date());
  let refused = check(publicKey);
  if (refused === 'WRONG') {
    const fresh = await carriers.freshPublicKeyOf(accountId);
    if (fresh === undefined) {
      return answer(res, 503, 'The signature does not fit the key known here; send it again.');
    }
    if (fresh) refused = check(fresh);
  }
  if (refused) {
    log.warn({ accountId, refused }, 'a carrier webhook with a bad signature was refused');
    return answer(res, 401, `The signature is ${refused.toLowerCase()}.`);
  }
  let head: WebhookHead;
  try {
    head = readHead(JSON.parse(body));
  } catch {
    return answer(
      res,
      422,
      'The body is not a webhook: data.id, event_type, occurred_at, payload.',
    );
  }
  const isNew = await inbox.store(accountId, head, body, clock.now(accountId));
  answer(res, 200, isNew ? 'stored' : 'seen before');
  if (isNew && head.isRead) take(accountId, head);
  return true;
}

function header(req: IncomingMessage, name: string): string | undefined {
  const value = req.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The whole body as text; null when it is too large, of which nothing more is read. */
async function readText(req: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function answer(res: ServerResponse, status: number, message: string, close = false): true {
  res.writeHead(status, {
    'content-type': 'application/json',
    ...(close ? { connection: 'close' } : {}),
  });
  res.end(JSON.stringify(status < 300 ? { result: message } : { error: message }));
  return true;
}
