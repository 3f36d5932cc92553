// One POST to a stranger: resolve the name, judge every address, connect to exactly those that were judged, follow no
// redirect, read a bounded answer, and be done within the time whatever the other side does.
import { type ClientRequest, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { judgeAddress, readNetworks } from './judge-address.ts';
import { readAnswer, readText } from './read-answer.ts';
import { type Resolve, resolveName } from './resolve.ts';

/** Why there was no answer. */
export type ExchangeFailure =
  | 'ADDRESS_REFUSED'
  | 'NAME_NOT_RESOLVED'
  | 'CONNECTION_FAILED'
  | 'TLS_FAILED'
  | 'TIMEOUT';

/** What became of a request: an answer with its status, or a failure. */
export interface Exchange {
  status: number | null;
  failure: ExchangeFailure | null;
  /** the beginning of the answer's body, or what went wrong; at most 1,000 characters */
  response: string;
  /** how long the answer asks us to wait (Retry-After) */
  retryAfterMs: number | null;
  durationMs: number;
}

export interface Outbound {
  /** Sends one POST. Never rejects but when `signal` aborts. */
  post(letter: {
    url: string;
    headers: Record<string, string>;
    body: string;
    signal?: AbortSignal;
  }): Promise<Exchange>;
  /** Why a URL will never be sent to, as far as its text tells; null when it may be tried. */
  refusalOf(url: string): string | null;
}

/** over the whole exchange: name, connection, TLS, request and answer to its last byte */
const EXCHANGE_MS = 15_000;
const TLS_CODES = /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO|EPROTO|HOSTNAME_MISMATCH/;

class Refused extends Error {}
class Unresolved extends Error {}

/**
 * Opens the way out.
 * @param options.allowed addresses and networks that may be reached although they are not public; none in production
 * @param options.resolve how names become addresses; for tests
 * @param options.exchangeMs how long one exchange may take; for tests
 * @throws when an entry of `allowed` is no address and no network
 */
export function openOutbound(options: {
  allowed: readonly string[];
  resolve?: Resolve;
  exchangeMs?: number;
}): Outbound {
  const { resolve = resolveName, exchangeMs = EXCHANGE_MS } = options;
  const networks = readNetworks(options.allowed);

  function refusalOf(text: string): string | null {
    const url = URL.parse(text);
    if (!url || !/^https?:$/.test(url.protocol)) return 'it is not an http or https address';
    if (url.username || url.password) return 'it carries a user name or password';
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const range = isIP(host) ? judgeAddress(host, networks) : null;
    return range && `${host} is not a public address (${range})`;
  }

  /** The addresses that may be connected to: all of the name's, or none. */
  async function judge(url: URL) {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const family = isIP(host);
    const addresses = family
      ? [{ address: host, family }]
      : await resolve(host).catch((error: Error) => {
          throw new Unresolved(error.message);
        });
    if (addresses.length === 0) throw new Unresolved(`${host} has no address.`);
    for (const { address } of addresses) {
      const range = judgeAddress(address, networks);
      if (range) throw new Refused(`${address} is not a public address (${range}).`);
    }
    return addresses;
  }

  async function exchange(
    letter: Parameters<Outbound['post']>[0],
    signal: AbortSignal,
  ): Promise<Omit<Exchange, 'durationMs'>> {
    const refusal = refusalOf(letter.url);
    if (refusal) throw new Refused(refusal);
    const url = new URL(letter.url);
    const addresses = await orAbort(judge(url), signal);
    // the connection asks for the name a second time: it gets what was judged, so the DNS cannot change its mind
    const lookup: LookupFunction = (_name, { all }, answer) => {
      const [first] = addresses;
      if (all) answer(null, addresses);
      else answer(null, first?.address ?? '', first?.family ?? 0);
    };
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    // an agent of its own: no proxy, no connection kept for another time
    const sending = send(url, { method: 'POST', headers: headersOf(letter), lookup, agent: false });
    return converse(sending, letter.body, signal);
  }

  return {
    refusalOf,
    async post(letter) {
      const startedMs = performance.now();
      const late = AbortSignal.timeout(exchangeMs);
      const signal = letter.signal ? AbortSignal.any([late, letter.signal]) : late;
      const told = await exchange(letter, signal).catch((error: unknown) => {
        letter.signal?.throwIfAborted();
        return failed(late.aborted ? 'TIMEOUT' : failureOf(error), error);
      });
      return { ...told, durationMs: Math.round(performance.now() - startedMs) };
    },
  };
}

function headersOf({ headers, body }: { headers: Record<string, string>; body: string }) {
  return {
    'content-type': 'application/json',
    'user-agent': 'Switchboard-Webhooks/1',
    ...headers,
    'content-length': String(Buffer.byteLength(body)),
  };
}

/** Sends the body and reads the answer. Rejects when there is none, or when the signal aborts before its end. */
function converse(
  sending: ClientRequest,
  body: string,
  signal: AbortSignal,
): Promise<Omit<Exchange, 'durationMs'>> {
  return new Promise((resolve, reject) => {
    const abort = () => sending.destroy(new Error('The exchange was cut off.'));
    // an answer that switches protocols ends without an error
    const close = () => reject(new Error('The connection was closed without an answer.'));
    signal.addEventListener('abort', abort, { once: true });
    sending.on('close', () => signal.removeEventListener('abort', abort));
    sending.once('close', close);
    sending.on('error', reject);
    sending.on('response', (answer) => {
      sending.off('close', close);
      readAnswer(answer).then((read) => {
        answer.destroy();
        // an answer that dribbles until the time is up is no answer
        if (signal.aborted) reject(signal.reason);
        else resolve({ ...read, failure: null });
      }, reject);
    });
    if (signal.aborted) abort();
    else sending.end(body);
  });
}

function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

function failureOf(error: unknown): ExchangeFailure {
  if (error instanceof Refused) return 'ADDRESS_REFUSED';
  if (error instanceof Unresolved) return 'NAME_NOT_RESOLVED';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && TLS_CODES.test(code) ? 'TLS_FAILED' : 'CONNECTION_FAILED';
}

function failed(failure: ExchangeFailure, error: unknown): Omit<Exchange, 'durationMs'> {
  const response =
    failure === 'TIMEOUT'
      ? 'There was no complete answer in time.'
      : String((error as Error).message);
  return { status: null, failure, response: readText(Buffer.from(response)), retryAfterMs: null };
}
