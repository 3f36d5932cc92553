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
import { isSecure, type Standing } from './open-browser.ts';
import { isOwnRequest } from './own-request.ts';
import { bytesOf } from './read-first-line.ts';
import { readSessionCookie } from './session-cookie.ts';
import type { Door } from './start-http.ts';

const PER_ACTOR = { name: 'uploads', tries: 60, seconds: 60 };
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
  return async (request, response, url) => {
    if (url.pathname !== '/uploads') return false;
    if (request.method !== 'POST') {
      answerJson(response, 405, { code: 'METHOD_NOT_ALLOWED', message: 'Send the file by POST.' });
      return true;
    }
    const timer = setTimeout(() => request.destroy(), MOST_MS);
    try {
      await take(needs, request, response, url);
    } catch (thrown) {
      const status = statusOf(thrown);
      if (status !== null) {
        const { code, message } = thrown as UploadRefused | Forbidden | Unauthenticated;
        answerJson(response, status, { code, message });
        // who sends is gone in the middle of it
      } else if (!request.destroyed || request.complete) throw thrown;
    } finally {
      clearTimeout(timer);
      // what is left of one that is refused: a program that is still sending would not hear why
      request.resume();
    }
    return true;
  };
}

async function take(
  needs: Needs,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const viewer = await viewerOf(needs, request);
  const limited = await needs.limits.take(PER_ACTOR, nameActor(viewer.actor));
  if (limited) {
    response.setHeader('retry-after', Math.max(1, Math.ceil(limited.retryAfterMs / 1_000)));
    const message = `At most ${PER_ACTOR.tries} files a minute are taken.`;
    answerJson(response, 429, { code: 'RATE_LIMITED', message });
    return;
  }
  const name = url.searchParams.get('name') ?? '';
  const file = await uploadFile(needs.platform, viewer, { name, content: bytesOf(request) });
  const { contentType, sizeBytes } = file;
  const told = { id: encodeGlobalId('Upload', file.id), name: file.name, contentType, sizeBytes };
  answerJson(response, 201, told, { 'cache-control': 'no-store' });
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
