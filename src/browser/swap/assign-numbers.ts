// For servers that render pages: asks for a visitor's numbers before the page is sent, so that it is right from the first
// byte. Needs nothing but fetch; runs in Node, Deno, Bun and at the edge.

import { SCRIPT_VERSION } from '#values/script-version.ts';
import { replacerOf, type Swap } from '#values/telephone-text.ts';
import { cookieOf, isSwap, readAssignment, writeAssignment } from './assignment.ts';

const DAYS = 90;
const SECONDS_A_DAY = 86_400;

/** Headers of a request: as fetch has them, or as Node and its frameworks do. */
export type PageHeaders =
  | Headers
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** What the page's server knows of the request. */
export interface PageRequest {
  /** origin of the Switchboard server */
  server: string;
  /** the site's publishable key, sb_site_… */
  key: string;
  /** the page's full address */
  url: string;
  /**
   * the request's headers: User-Agent (without it the server takes the request for a robot's, which is given nothing),
   * Cookie, Referer, and Sec-GPC and DNT, each of which says no for the visitor
   */
  headers: PageHeaders;
  /** E.164 targets that the page shows */
  numbers: readonly string[];
  /** 'denied': no id, nothing is stored; default granted, unless the headers say no */
  consent?: 'granted' | 'denied';
  /**
   * a key of the API with the scope VISITORS_WRITE. Without it all visitors count as one household, since they come from
   * this server's address. Never send it to a browser
   */
  apiKey?: string;
  /** the visitor's IP address: with apiKey, the limits of one household are the visitor's own */
  address?: string;
  /**
   * the domain whose pages are all to know the visitor, such as bluebird.example for www.bluebird.example: that which
   * swap.js keeps its own cookie for. Without it, or where the host of url is not of it (browsers refuse such a cookie), the
   * cookie is of this host alone, and stands beside that of swap.js
   */
  domain?: string;
  /** after so many milliseconds the page is sent as it is; default 300 */
  timeoutMs?: number;
}

export interface AssignedNumbers {
  /** target → number; a target without number is missing */
  numbers: Record<string, string>;
  /** a text or a tel: address with the numbers in place of their targets, in the same dress */
  swap(text: string): string;
  /** for a Set-Cookie header, by which swap.js goes on with the same visitor; null without consent or answer */
  setCookie: string | null;
}

/**
 * Asks the server for this visitor's numbers. Never throws: a server that is slow, away or refuses leaves the page as it is.
 */
export async function assignNumbers(page: PageRequest): Promise<AssignedNumbers> {
  try {
    return await ask(page);
  } catch {
    return answerOf([], null);
  }
}

async function ask(page: PageRequest): Promise<AssignedNumbers> {
  const { server, key, url, apiKey, address } = page;
  const header = readerOf(page.headers);
  const granted = page.consent !== 'denied' && header('sec-gpc') !== '1' && header('dnt') !== '1';
  const kept = granted ? readAssignment(cookieOf(header('cookie'), key) ?? '') : null;
  const visitor = kept?.visitor ?? crypto.randomUUID();
  // no id: the page view is told by swap.js, once the page is there
  const body = {
    key,
    ...(granted ? { visitor } : {}),
    at: Date.now(),
    url,
    referrer: header('referer'),
    consent: granted ? 'granted' : 'denied',
    script: SCRIPT_VERSION,
    numbers: page.numbers.slice(0, 50),
  };
  const mobile = header('sec-ch-ua-mobile');
  const response = await fetch(`${server}/collect/visit`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: new URL(url).origin,
      'user-agent': header('user-agent'),
      ...(mobile ? { 'sec-ch-ua-mobile': mobile } : {}),
      ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
      ...(apiKey && address ? { 'visitor-address': address } : {}),
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(page.timeoutMs ?? 300),
  });
  if (response.status !== 200) return answerOf([], null);
  const answer = await response.json();
  const swaps = (answer.swaps as Swap[]).filter(isSwap);
  if (!granted) return answerOf(swaps, null);
  const until = Math.floor(Date.now() / 1_000) + Number(answer.keepSeconds);
  const text = writeAssignment({ visitor, session: String(answer.session ?? ''), until, swaps });
  const days = Number(answer.cookieDays) || DAYS;
  const secure = url.startsWith('https:') ? '; Secure' : '';
  return answerOf(
    swaps,
    `${key}=${text}; Path=/; SameSite=Lax; Max-Age=${days * SECONDS_A_DAY}${secure}${domainOf(page)}`,
  );
}

/** The attribute for the page's domain; empty where its host is not of it. */
function domainOf({ url, domain = '' }: PageRequest): string {
  const name = domain.toLowerCase().replace(/^\./, '');
  return name && `.${new URL(url).hostname}`.endsWith(`.${name}`) ? `; Domain=${name}` : '';
}

/** Reads a header by its name in small letters; empty when it is not there. */
function readerOf(headers: PageHeaders): (name: string) => string {
  const pairs = Symbol.iterator in headers ? [...(headers as Headers)] : Object.entries(headers);
  const byName = new Map(pairs.map(([name, value]) => [name.toLowerCase(), String(value ?? '')]));
  return (name) => byName.get(name) ?? '';
}

function answerOf(swaps: readonly Swap[], setCookie: string | null): AssignedNumbers {
  const numbers = Object.fromEntries(swaps.map(({ target, number }) => [target, number]));
  return { numbers, swap: replacerOf(swaps), setCookie };
}
