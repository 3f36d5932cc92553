// For servers that render pages: asks for a visitor's numbers before the page is sent, so that it is right from the first
// byte. Needs nothing but fetch; runs in Node, Deno, Bun and at the edge.

import { SCRIPT_VERSION } from '#values/script-version.ts';
import { replacerOf, type Swap } from '#values/telephone-text.ts';
import { cookieOf, isSwap, readAssignment, writeAssignment } from './assignment.ts';

const DAYS = 90;
const SECONDS_A_DAY = 86_400;

/** What the page's server knows of the request. */
export interface PageRequest {
  /** origin of the Switchboard server */
  server: string;
  /** the site's publishable key, sb_site_… */
  key: string;
  /** the page's full address */
  url: string;
  /** the Referer header */
  referrer?: string;
  /** the User-Agent header: without it the server takes the request for a robot's, which is given nothing */
  userAgent: string;
  /** the Cookie header */
  cookie?: string;
  /** E.164 targets that the page shows */
  numbers: readonly string[];
  /** 'denied': no id, nothing is stored; default granted */
  consent?: 'granted' | 'denied';
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
  const granted = page.consent !== 'denied';
  const kept = granted ? readAssignment(cookieOf(page.cookie ?? '', page.key) ?? '') : null;
  const visitor = kept?.visitor ?? crypto.randomUUID();
  // no id: the page view is told by swap.js, once the page is there
  const body = {
    key: page.key,
    ...(granted ? { visitor } : {}),
    at: Date.now(),
    url: page.url,
    referrer: page.referrer ?? '',
    consent: granted ? 'granted' : 'denied',
    script: SCRIPT_VERSION,
    numbers: page.numbers.slice(0, 50),
  };
  try {
    const response = await fetch(`${page.server}/collect/visit`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: new URL(page.url).origin,
        'user-agent': page.userAgent,
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
    const secure = page.url.startsWith('https:') ? '; Secure' : '';
    return answerOf(
      swaps,
      `${page.key}=${text}; Path=/; SameSite=Lax; Max-Age=${days * SECONDS_A_DAY}${secure}`,
    );
  } catch {
    return answerOf([], null);
  }
}

function answerOf(swaps: readonly Swap[], setCookie: string | null): AssignedNumbers {
  const numbers = Object.fromEntries(swaps.map(({ target, number }) => [target, number]));
  return { numbers, swap: replacerOf(swaps), setCookie };
}
