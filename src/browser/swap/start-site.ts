// Puts the parts of one site's script together and gives the page its API. Two sites on one page share nothing.
import { guard, later, listen, trouble } from './host-page.ts';
import { openOutbox } from './outbox.ts';
import { openPageNumbers } from './page-numbers.ts';
import { listNumbers, type Replace, replacerOf, type Swap } from './telephone-text.ts';
import { type Consent, openVisits } from './visits.ts';
import { openPageWatch } from './watch-page.ts';

/** What the tag says. */
export interface Site {
  /** publishable: sb_site_… */
  key: string;
  /** the origin of the script */
  server: string;
  /** the page's country: calling code ("44"), or ISO code of one of the countries in CALLING_CODES; US without */
  country?: string | undefined;
  /** what the visitor has decided; google and tcf: those platforms tell it */
  consent?: Consent | 'google' | 'tcf' | undefined;
  /** further attributes that hold numbers */
  attributes?: readonly string[] | undefined;
  /** names of the page's cookies that go along with a visit */
  cookies?: readonly string[] | undefined;
  /** selector of parts to leave alone, beside [data-switchboard-noswap] */
  noSwap?: string | undefined;
}

/** target → number, as E.164 or as the page has written the target. */
export type Numbers = Record<string, string>;

/** window.Switchboard */
export interface Switchboard {
  key: string;
  /** looks again at the page, a node, or what a selector finds */
  swap(place?: Node | string): void;
  /** the numbers for these targets (all without): those that are unknown or not free are missing */
  getNumbers(targets?: readonly string[]): Promise<Numbers>;
  /** the visitor has said who they are: name, email, phone, externalId */
  identify(person: Record<string, unknown>): void;
  consent(mode: Consent): void;
  /** told now, if there is one, and at each new one */
  onAssignment(listener: (numbers: Numbers) => void): void;
  /** ['swap', …]: what pages queue before the script is there */
  push(...commands: unknown[][]): void;
}

/** What the parts that are loaded later see. */
export interface Inside {
  api: Switchboard;
  /** what is known at once */
  known(targets?: readonly string[]): Numbers;
  state(): Record<string, unknown>;
}

/** name → address under the server; the build fills it in. */
declare const PARTS: Record<'call-trk' | 'consent-signals' | 'overlay', string>;

const CALLING_CODES =
  'US1CA1GB44IE353AU61NZ64DE49AT43CH41FR33BE32NL31ES34PT351IT39DK45SE46NO47FI358PL48MX52BR55IN91ZA27';

/** Starts the script for one site. Never throws. */
export function startSite(site: Site): {
  api: Switchboard;
  load: (part: keyof typeof PARTS) => void;
} {
  const { key, server } = site;
  const callingCode =
    /\d+/.exec(site.country ?? '')?.[0] ??
    new RegExp(`${site.country}(\\d+)`).exec(CALLING_CODES)?.[1] ??
    '1';
  let current: Replace = (text) => text;
  let shown: Swap[] = [];
  const asked = new Set<string>();
  const wanted: string[] = [];
  const listeners: ((numbers: Numbers) => void)[] = [];

  const watch = openPageWatch();
  const page = openPageNumbers({
    noSwap: site.noSwap ? `[data-switchboard-noswap],${site.noSwap}` : '[data-switchboard-noswap]',
    attributes: [...(site.attributes ?? [])],
    replace: (text, instead) =>
      current(text, (swap) => {
        if (swap.number === swap.target) want(swap.target);
        return instead?.(swap);
      }),
    mayWrite: watch.mayWrite,
  });
  const visits = openVisits({
    key,
    callingCode,
    cookies: [...(site.cookies ?? [])],
    outbox: openOutbox({ server, key }),
    read: () => page.read(document),
    show,
  });

  /** A target came into the page for which no number has been asked. */
  function want(target: string): void {
    if (asked.has(target)) return;
    asked.add(target);
    if (wanted.push(target) === 1) later(() => visits.ask(wanted.splice(0)), 200);
  }

  function show(swaps: readonly Swap[], targets: readonly string[]): void {
    const isTarget = (number: string) =>
      targets.includes(number) || swaps.some(({ target }) => target === number);
    // a page that keeps copies of itself (back buttons of htmx and Turbo) brings back what it was shown before
    const copies = shown.flatMap(({ target, number }) => {
      const now = swaps.find((swap) => swap.target === target);
      return isTarget(number) || number === now?.number
        ? []
        : [{ target: number, number: now?.number ?? target, sms: now?.sms ?? false }];
    });
    const unknown = targets.filter((target) => !swaps.some((swap) => swap.target === target));
    current = replacerOf([
      ...swaps,
      ...copies,
      ...unknown.map((target) => ({ target, number: target, sms: false })),
    ]);
    shown = [...swaps, ...shown].slice(0, 100);
    watch.writeAll();
    for (const listener of listeners) guard(listener)(known());
  }

  function known(targets?: readonly string[]): Numbers {
    const { swaps } = visits.state();
    const numbers: Numbers = {};
    for (const as of targets ?? swaps.map(({ target }) => target)) {
      const target = listNumbers(as, callingCode)[0];
      const swap = swaps.find((one) => one.target === target);
      if (swap) numbers[as] = swap.number;
    }
    return numbers;
  }

  const api: Switchboard = {
    key,
    swap: (place = document) => {
      const nodes = typeof place === 'string' ? document.querySelectorAll(place) : [place];
      for (const node of nodes) watch.writeAll(node);
    },
    getNumbers: (targets) =>
      new Promise((resolve) => {
        const { swaps, targets: all } = visits.state();
        const missing = (targets ?? [])
          .flatMap((as) => listNumbers(as, callingCode))
          .filter((one) => !swaps.some(({ target }) => target === one))
          .filter((one) => all.length === 0 || all.includes(one));
        const answer = () => resolve(known(targets));
        if (all.length > 0 && missing.length === 0) answer();
        else visits.ask(missing, answer);
      }),
    identify: visits.identify,
    consent: visits.consent,
    onAssignment: (listener) => {
      listeners.push(listener);
      if (visits.state().swaps.length > 0) listener(known());
    },
    push: (...commands) => {
      for (const [name, ...values] of commands) {
        const method = api[name as 'swap'] as unknown;
        if (typeof method === 'function') method(...values);
      }
    },
  };
  for (const name of ['swap', 'identify', 'consent', 'onAssignment', 'push'] as const) {
    (api as unknown as Record<string, unknown>)[name] = guard(
      api[name] as (...args: unknown[]) => void,
    );
  }

  const inside: Inside = {
    api,
    known,
    state: () => ({ ...visits.state(), server, places: page.count(), trouble: trouble.last }),
  };
  const load = (part: keyof typeof PARTS) => {
    import(`${server}${PARTS[part]}`).then(
      guard((loaded: { start: (inside: Inside, site: Site) => void }) =>
        loaded.start(inside, site),
      ),
      (error) => {
        trouble.last = error;
      },
    );
  };

  guard(() => {
    watch.start(page, guard(visits.followAddress));
    listen(window, 'click', (event) => {
      const link = (event.composedPath()[0] as Element).closest?.('a[href^="tel:"]');
      const href = link?.getAttribute('href')?.replace(/%20/g, ' ') ?? '';
      const [number] = listNumbers(href, callingCode);
      if (number) visits.clicked(number);
    });
    const { consent = 'granted' } = site;
    if (consent === 'google' || consent === 'tcf') load('consent-signals');
    else visits.consent(consent);
    if (/[?&]__switchboard_debug=1/.test(location.search)) load('overlay');
  })();
  return { api, load };
}
