// The door for the script on companies' pages: visits, page views, heartbeats, forms, and who visitors say to be. Browsers
// send them as text, so that no preflight stands before them and they survive the end of the page. A page can read every
// answer, or it would take a refusal for a lost network and try again for ever; but whoever the site does not know gets no
// CORS header.
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { IdentifyDesk } from '#domains/attribution/index.ts';
import type { FormDesk } from '#domains/forms/index.ts';
import { COLLECT_STATUS, type Collector, CollectRefused } from '#domains/visitors/index.ts';
import type { Config } from '#platform/config/index.ts';
import { isDatabaseUnavailable } from '#platform/db/index.ts';
import type { Limits } from '#platform/limits/index.ts';
import type { Log } from '#platform/log/index.ts';
import { answerJson } from './answer-json.ts';
import { clientAddress } from './client-address.ts';
import type { Door } from './start-http.ts';

const MOST_BYTES = 16 * 1024;
const MOST_BYTES_OF_FORM = 64 * 1024;
/** longer than any browser's name of itself */
const MOST_OF_USER_AGENT = 1_000;
/** a household or an office; its heartbeats alone are 80 an hour and visitor */
const PER_ADDRESS = { name: 'collect-address', tries: 3_000, seconds: 60 };
/** twice what a burst of 1,000 a second asks for */
const PER_SITE = { name: 'collect-site', tries: 20_000, seconds: 10 };
/** forms make leads, and people send few */
const FORMS_PER_ADDRESS = { name: 'collect-forms', tries: 60, seconds: 60 };
/** at one company: each takes a number of its pools. Generous for an office, or for all who share a carrier's gateway */
const NEW_VISITORS_PER_ADDRESS = { name: 'collect-new-visitors', tries: 60, seconds: 60 };
/** pages may say it again on each view */
const IDENTIFIED_PER_ADDRESS = { name: 'collect-identify', tries: 300, seconds: 60 };

/** said to pages that are not the site's */
const FOR_STRANGERS = new Set<string>(['UNKNOWN_KEY', 'FOREIGN_ORIGIN', 'FORM_DOMAIN_NOT_ALLOWED']);

type Kind = 'visit' | 'pageView' | 'heartbeat' | 'form' | 'identify';
const PATHS: Record<string, Kind> = {
  '/collect/visit': 'visit',
  '/collect/page-view': 'pageView',
  '/collect/heartbeat': 'heartbeat',
  '/collect/form': 'form',
  '/collect/identify': 'identify',
};

interface Needs {
  collector: Collector;
  forms: FormDesk;
  people: IdentifyDesk;
  limits: Pick<Limits, 'take'>;
  config: Pick<Config, 'TRUSTED_PROXIES'>;
  log: Log;
}

/** Makes the door: a handler that answers false when the path is none of its own. */
export function collectDoor(needs: Needs): Door {
  return async (request, response, url) => {
    if (!url.pathname.startsWith('/collect/')) return false;
    if (request.method === 'OPTIONS') return answerPreflight(request, response);
    const { origin = '' } = request.headers;
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('vary', 'Origin');
    const kind = Object.hasOwn(PATHS, url.pathname) ? PATHS[url.pathname] : undefined;
    if (!kind) {
      answerJson(response, 404, { code: 'NOT_FOUND', message: 'Nothing is taken here.' });
      return true;
    }
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST, OPTIONS');
      answerJson(response, 405, { code: 'METHOD_NOT_ALLOWED', message: 'Send it by POST.' });
      return true;
    }
    try {
      const told = await take(needs, kind, request);
      if (told) answerJson(response, 200, told, { 'cache-control': 'no-store' });
      else response.writeHead(204).end();
    } catch (thrown) {
      refuse(needs, request, response, thrown);
    }
    return true;
  };
}

async function take(
  { collector, forms, people, limits, config }: Needs,
  kind: Kind,
  request: IncomingMessage,
): Promise<object | null> {
  const address = createHash('sha256')
    .update(clientAddress(request, config.TRUSTED_PROXIES))
    .digest('base64url');
  await keepTo(limits, PER_ADDRESS, address);
  if (kind === 'form') await keepTo(limits, FORMS_PER_ADDRESS, address);
  if (kind === 'identify') await keepTo(limits, IDENTIFIED_PER_ADDRESS, address);
  const body = await readJson(request, kind === 'form' ? MOST_BYTES_OF_FORM : MOST_BYTES);
  const { origin } = request.headers;
  const site = await collector.admit(body.key, origin, kind === 'form');
  await keepTo(limits, PER_SITE, site.companyId);
  const mobile = request.headers['sec-ch-ua-mobile'];
  const agent = {
    userAgent: (request.headers['user-agent'] ?? '').slice(0, MOST_OF_USER_AGENT),
    isMobile: typeof mobile === 'string' ? mobile : undefined,
  };
  const sender = {
    id: address,
    bringsNewVisitor: (companyId: string) =>
      keepTo(limits, NEW_VISITORS_PER_ADDRESS, `${address} ${companyId}`),
  };
  const page = { site, agent, sender };
  if (kind === 'visit') {
    return { ...(await collector.visit(page, body)), ...(await forms.tell(page)) };
  }
  if (kind === 'form') await forms.take(page, body);
  else if (kind === 'identify') await people.take(page, body);
  else await collector[kind](page, body);
  return null;
}

/** Any page may ask whether it may send JSON: whether it is heard is decided by the key that it then sends. */
function answerPreflight({ headers }: IncomingMessage, response: ServerResponse): true {
  response.writeHead(204, {
    ...(headers.origin ? { 'access-control-allow-origin': headers.origin } : {}),
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': '86400',
    vary: 'Origin',
  });
  response.end();
  return true;
}

async function keepTo(
  limits: Pick<Limits, 'take'>,
  limit: Parameters<Limits['take']>[0],
  key: string,
): Promise<void> {
  const refused = await limits.take(limit, key);
  if (!refused) return;
  const message = `At most ${limit.tries} requests in ${limit.seconds} seconds are taken. Send it again later.`;
  throw new CollectRefused('RATE_LIMITED', message, refused);
}

/** The body, an object. Throws CollectRefused TOO_LARGE, INVALID_INPUT. */
async function readJson(
  request: IncomingMessage,
  mostBytes: number,
): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) {
      throw new CollectRefused('TOO_LARGE', `A body takes at most ${mostBytes} bytes.`);
    }
    chunks.push(chunk);
  }
  let body: unknown;
  try {
    body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new CollectRefused('INVALID_INPUT', 'The body is no JSON.');
  }
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
    return body as Record<string, unknown>;
  }
  throw new CollectRefused('INVALID_INPUT', 'The body is a JSON object.');
}

function refuse(
  { log }: Needs,
  request: IncomingMessage,
  response: ServerResponse,
  thrown: unknown,
): void {
  if (thrown instanceof CollectRefused) {
    const { code, message, field, retryAfterMs } = thrown;
    if (retryAfterMs !== undefined) {
      response.setHeader('retry-after', Math.max(1, Math.ceil(retryAfterMs / 1_000)));
    }
    // what is left of the body is not read
    if (code === 'TOO_LARGE') response.setHeader('connection', 'close');
    if (FOR_STRANGERS.has(code)) response.removeHeader('access-control-allow-origin');
    answerJson(response, COLLECT_STATUS[code], { code, message, ...(field && { field }) });
    return;
  }
  // the browser went away in the middle of its body
  if (request.destroyed && !request.complete) return;
  const isDown = isDatabaseUnavailable(thrown);
  log.error({ err: thrown }, 'what a page sent could not be stored');
  const code = isDown ? 'SERVICE_UNAVAILABLE' : 'INTERNAL_SERVER_ERROR';
  const message = isDown
    ? 'The database cannot be reached. Send it again shortly.'
    : 'Something broke here. Send it again later.';
  answerJson(response, isDown ? 503 : 500, { code, message });
}
