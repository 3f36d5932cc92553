// The door for files that people and programs send ahead of a text or an answer in a chat: POST /uploads?name=door.jpg
// with the file as the body, under a key or a session as the API takes them.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Forbidden, Unauthenticated } from '#domains/accounts/index.ts';
import { UploadRefused, uploadFile } from '#domains/uploads/index.ts';
import type { Limits } from '#platform/limits/index.ts';
import type { Platform } from '#platform/platform.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { answerJson } from './answer-json.ts';
import { countStreams, type StreamCount } from './count-streams.ts';
import { leaveRest } from './leave-rest.ts';
import { isSecure, type Standing } from './open-browser.ts';
import { isOwnRequest } from './own-request.ts';
import { bytesOf } from './read-first-line.ts';
import { readSessionCookie } from './session-cookie.ts';
import type { Door } from './start-http.ts';

const PER_ACTOR = { name: 'uploads', tries: 60, seconds: 60 };
/** at once, of a person or key and of an account: nobody's slow lines keep others waiting */
const AT_ONCE = { actor: 4, account: 8 };
const STATUS: Partial<Record<UploadRefused['code'], number>> = { TOO_LARGE: 413, BUSY: 503 };
/** a file that takes longer is cut off */
const MOST_MS = 120_000;

interface Needs {
  platform: Pick<Platform, 'db' | 'clock' | 'storage' | 'log'>;
  authenticate(bearer: string): Promise<Viewer>;
  authenticateSession(token: string): Promise<Viewer>;
  standing: Standing;
  limits: Pick<Limits, 'take'>;
}

/** Makes the door: a handler that answers false when the path is not /uploads. */
export function uploadsDoor(needs: Needs): Door {
  const underWay = countStreams(AT_ONCE);
  return async (request, response, url) => {
    if (url.pathname !== '/uploads') return false;
    if (request.method !== 'POST') {
      answerJson(response, 405, { code: 'METHOD_NOT_ALLOWED', message: 'Send the file by POST.' });
      leaveRest(request);
      return true;
    }
    const timer = setTimeout(() => request.destroy(), MOST_MS);
    try {
      await take(needs, underWay, request, response, url);
    } catch (thrown) {
      const status = statusOf(thrown);
      if (status !== null) {
        const { code, message } = thrown as UploadRefused | Forbidden | Unauthenticated;
        answerJson(response, status, { code, message });
        // who sends is gone in the middle of it
      } else if (!request.destroyed || request.complete) throw thrown;
    } finally {
      clearTimeout(timer);
      leaveRest(request);
    }
    return true;
  };
}

async function take(
  needs: Needs,
  underWay: StreamCount<keyof typeof AT_ONCE>,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const viewer = await viewerOf(needs, request);
  const place = { actor: nameActor(viewer.actor), account: viewer.accountId };
  const limited = await needs.limits.take(PER_ACTOR, place.actor);
  if (limited) {
    const message = `At most ${PER_ACTOR.tries} files a minute are taken.`;
    return answerLimited(response, message, limited.retryAfterMs);
  }
  if (/^multipart\//i.test(request.headers['content-type'] ?? '')) {
    const message =
      'The body is the file itself, and no form that holds one: with curl --data-binary @door.jpg, not --form.';
    return answerJson(response, 415, { code: 'TYPE_REFUSED', message });
  }
  if (!underWay.open(place)) {
    const message = `At most ${AT_ONCE.actor} files of one key or person, and ${AT_ONCE.account} of one account, are taken at once.`;
    return answerLimited(response, message, 2_000);
  }
  const name = url.searchParams.get('name') ?? '';
  const sent = { name, content: bytesOf(request) };
  const file = await uploadFile(needs.platform, viewer, sent).finally(() => underWay.close(place));
  const { contentType, sizeBytes } = file;
  const told = { id: encodeGlobalId('Upload', file.id), name: file.name, contentType, sizeBytes };
  answerJson(response, 201, told, { 'cache-control': 'no-store' });
}

function answerLimited(response: ServerResponse, message: string, retryAfterMs: number): void {
  response.setHeader('retry-after', Math.max(1, Math.ceil(retryAfterMs / 1_000)));
  answerJson(response, 429, { code: 'RATE_LIMITED', message });
}

/** A key goes before a cookie, which counts only where our own pages sent it. */
async function viewerOf(
  { authenticate, authenticateSession, standing }: Needs,
  request: IncomingMessage,
): Promise<Viewer> {
  const { authorization } = request.headers;
  if (authorization) return authenticate(authorization);
  const token = readSessionCookie(request.headers, isSecure(standing));
  if (token === null || !isOwnRequest(request.headers, standing.PUBLIC_URL)) {
    throw new Unauthenticated('MISSING');
  }
  return authenticateSession(token);
}

function statusOf(thrown: unknown): number | null {
  if (thrown instanceof UploadRefused) return STATUS[thrown.code] ?? 415;
  if (thrown instanceof Forbidden) return 403;
  return thrown instanceof Unauthenticated ? 401 : null;
}
