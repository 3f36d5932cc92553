// One request to a stranger: resolve the name, judge every address, connect to exactly those that were judged, follow no
// redirect, read a bounded answer, and be done within the time whatever the other side does.
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { converse, joined } from './converse.ts';
import { judgeAddress, readNetworks } from './judge-address.ts';
import { readAnswer, readText } from './read-answer.ts';
import { PACKINGS, type ReadBody, readBody } from './read-body.ts';
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

/** What became of the fetching of a page: an answer with its status, or a failure. */
export interface Fetched extends ReadBody {
  status: number | null;
  failure: ExchangeFailure | null;
  /** by their names in lower case; several of one name are joined by commas */
  headers: Readonly<Record<string, string>>;
}

export interface Outbound {
  /** Sends one POST. Never rejects but when `signal` aborts. */
  post(letter: {
    url: string;
    headers: Record<string, string>;
    body: string | Buffer;
    signal?: AbortSignal;
  }): Promise<Exchange>;
  /**
   * Fetches one page, unpacked. A redirect is an answer like any other: whoever follows it asks again. Never rejects but
   * when `signal` aborts.
   */
  get(letter: {
    url: string;
    headers: Record<string, string>;
    mostBytes: number;
    signal?: AbortSignal | undefined;
    /** an origin that we are configured with: it is no stranger, and may be on our own network */
    known?: string | null;
  }): Promise<Fetched>;
  /**
   * Sends a body that is made while it goes, to a server that we are configured with: it is no stranger, and may be on our
   * own network. Never rejects but when `signal` aborts; a body that cannot be made is a failed connection.
   */
  upload(letter: {
    url: string;
    headers: Record<string, string>;
    body: AsyncIterable<Uint8Array>;
    /** how long the body is */
    bytes: number;
    /** of the answer */
    mostBytes: number;
    /** over the whole exchange */
    seconds: number;
    signal?: AbortSignal | undefined;
  }): Promise<Fetched>;
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
    return range && notPublic(host, range);
  }

  /** The addresses that may be connected to: all of the name's, or none. */
  async function judge(url: URL, isKnown: boolean) {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const family = isIP(host);
    const addresses = family
      ? [{ address: host, family }]
      : await resolve(host).catch((error: Error) => {
          throw new Unresolved(error.message);
        });
    if (addresses.length === 0) throw new Unresolved(`${host} has no address.`);
    for (const { address } of isKnown ? [] : addresses) {
      const range = judgeAddress(address, networks);
      if (range) throw new Refused(`${notPublic(address, range)}.`);
    }
    return addresses;
  }

  async function connect(
    text: string,
    method: 'GET' | 'POST',
    headers: Record<string, string>,
    signal: AbortSignal,
    known: string | null = null,
  ): Promise<ClientRequest> {
    const isKnown = known !== null && URL.parse(text)?.origin === known;
    const refusal = isKnown ? null : refusalOf(text);
    if (refusal) throw new Refused(refusal);
    const url = new URL(text);
    const addresses = await orAbort(judge(url, isKnown), signal);
    // the connection asks for the name a second time: it gets what was judged, so the DNS cannot change its mind
    const lookup: LookupFunction = (_name, { all }, answer) => {
      const [first] = addresses;
      if (all) answer(null, addresses);
      else answer(null, first?.address ?? '', first?.family ?? 0);
    };
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    // an agent of its own: no proxy, no connection kept for another time
    return send(url, { method, headers, lookup, agent: false });
  }

  /** Does it within the time; what goes wrong is told to `failed`. */
  async function inTime<T>(
    given: AbortSignal | undefined,
    exchange: (signal: AbortSignal) => Promise<T>,
    failed: (failure: ExchangeFailure, error: unknown) => T,
    ms = exchangeMs,
  ): Promise<T> {
    const late = AbortSignal.timeout(ms);
    const signal = given ? AbortSignal.any([late, given]) : late;
    return exchange(signal).catch((error: unknown) => {
      given?.throwIfAborted();
      return failed(late.aborted ? 'TIMEOUT' : failureOf(error), error);
    });
  }

  return {
    refusalOf,
    async post({ url, headers, body, signal: given }) {
      const startedMs = performance.now();
      const exchange = async (signal: AbortSignal) => {
        const sending = await connect(url, 'POST', headersOf(headers, body), signal);
        return { ...(await converse(sending, body, readAnswer, signal)), failure: null };
      };
      const told = await inTime<Omit<Exchange, 'durationMs'>>(given, exchange, failed);
      return { ...told, durationMs: Math.round(performance.now() - startedMs) };
    },
    get({ url, headers, mostBytes, signal: given, known = null }) {
      const exchange = async (signal: AbortSignal) => {
        const asked = { 'accept-encoding': PACKINGS, ...headers };
        const sending = await connect(url, 'GET', asked, signal, known);
        const read = (answer: IncomingMessage) => readFetched(answer, mostBytes);
        return { ...(await converse(sending, '', read, signal)), failure: null };
      };
      return inTime<Fetched>(given, exchange, unfetched);
    },
    upload({ url, headers, body, bytes, mostBytes, seconds, signal: given }) {
      const exchange = async (signal: AbortSignal) => {
        const asked = { ...headers, 'accept-encoding': PACKINGS, 'content-length': String(bytes) };
        const known = URL.parse(url)?.origin ?? null;
        const sending = await connect(url, 'POST', asked, signal, known);
        const read = (answer: IncomingMessage) => readFetched(answer, mostBytes);
        return { ...(await converse(sending, body, read, signal)), failure: null };
      };
      return inTime<Fetched>(given, exchange, unfetched, seconds * 1_000);
    },
  };
}

/** Developers have partners and pages on their own machine or network: only they are told how these are let in. */
const notPublic = (address: string, range: string) =>
  `${address} is not a public address (${range})${
    /^(loopback|private|uniqueLocal)$/.test(range)
      ? `; for development start the server with WEBHOOK_ALLOW_HOSTS=${address}`
      : ''
  }`;

const readFetched = async (answer: IncomingMessage, mostBytes: number) => ({
  status: answer.statusCode ?? 0,
  headers: joined(answer.headers),
  ...(await readBody(answer, mostBytes)),
});

const unfetched = (failure: ExchangeFailure): Fetched => ({
  ...{ status: null, failure, headers: {} },
  ...{ body: Buffer.of(), isCut: false },
});

function headersOf(headers: Record<string, string>, body: string | Buffer): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'Switchboard-Webhooks/1',
    ...headers,
    'content-length': String(Buffer.byteLength(body)),
  };
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
