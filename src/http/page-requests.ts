// What the doors for scripts on companies' pages have in common. Browsers send them text, so that no preflight stands before
// it and it survives the end of the page. A page can read every answer, or it would take a refusal for a lost network and
// try again for ever; but whoever the site does not know gets no CORS header of their own.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { COLLECT_STATUS, CollectRefused } from '#domains/visitors/index.ts';
import type { Config } from '#platform/config/index.ts';
import { isDatabaseUnavailable } from '#platform/db/index.ts';
import type { Limits } from '#platform/limits/index.ts';
import type { Log } from '#platform/log/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import { answerJson } from './answer-json.ts';
import { clientAddress } from './client-address.ts';

/** said to pages that are not the site's, and not for them to read */
const FOR_STRANGERS = new Set<string>([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'UNKNOWN_KEY',
  'FORM_DOMAIN_NOT_ALLOWED',
]);

/**
 * Opens a request of a page: the page may read what follows. Preflights, and whatever is not sent by POST, are answered
 * here: then it is true.
 * @param isKnown false: nothing is taken under this path
 */
export function greetPage(
  request: IncomingMessage,
  response: ServerResponse,
  isKnown: boolean,
): boolean {
  if (request.method === 'OPTIONS') return answerPreflight(request, response);
  const { origin = '' } = request.headers;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('vary', 'Origin');
  // without it a script of another origin is not told how long to wait
  response.setHeader('access-control-expose-headers', 'retry-after');
  if (!isKnown) {
    answerJson(response, 404, { code: 'NOT_FOUND', message: 'Nothing is taken here.' });
    return true;
  }
  if (request.method === 'POST') return false;
  response.setHeader('allow', 'POST, OPTIONS');
  answerJson(response, 405, { code: 'METHOD_NOT_ALLOWED', message: 'Send it by POST.' });
  return true;
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

/** What tells addresses apart without keeping them. */
export interface AddressNeeds {
  config: Pick<Config, 'TRUSTED_PROXIES'>;
  secrets: Pick<Secrets, 'sign'>;
}

/** Whom limits count: the MAC of who sends this request, since nobody's address is kept. */
export function hashAddress(request: IncomingMessage, { config, secrets }: AddressNeeds): string {
  return hashNetwork(secrets, clientAddress(request, config.TRUSTED_PROXIES));
}

/** The MAC of a network (`networkOf`): there are so few addresses that a bare hash of one is undone by trying them all. */
export function hashNetwork(secrets: Pick<Secrets, 'sign'>, network: string): string {
  return secrets.sign(network, 'page-address');
}

/** Counts a try. Throws CollectRefused RATE_LIMITED. */
export async function keepTo(
  limits: Pick<Limits, 'take'>,
  limit: Parameters<Limits['take']>[0],
  key: string,
): Promise<void> {
  const refused = await limits.take(limit, key);
  if (!refused) return;
  const message = `At most ${limit.tries} requests in ${limit.seconds} seconds are taken. Send it again later.`;
  throw new CollectRefused('RATE_LIMITED', message, refused);
}

/** The body's bytes. Throws CollectRefused TOO_LARGE. */
export async function readBytes(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) {
      throw new CollectRefused('TOO_LARGE', `A body takes at most ${mostBytes} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The object that a body is. Throws CollectRefused INVALID_INPUT. */
export function parseObject(bytes: Buffer): Record<string, unknown> {
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new CollectRefused('INVALID_INPUT', 'The body is no JSON.');
  }
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
    return body as Record<string, unknown>;
  }
  throw new CollectRefused('INVALID_INPUT', 'The body is a JSON object.');
}

/** Answers what was thrown while a request of a page was taken. */
export function refusePage(
  log: Log,
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
    // the owner of a domain that was forgotten reads in the browser what is wrong; it tells of nobody
    if (code === 'FOREIGN_ORIGIN') response.setHeader('access-control-allow-origin', '*');
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
