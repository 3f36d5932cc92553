// Puts the parts of one site's script together and gives the page its API. Two sites on one page share nothing.
import { listNumbers, type Replace, replacerOf, type Swap } from '#values/telephone-text.ts';
import { bare, guard, later, listen, trouble } from './host-page.ts';
import { openOutbox } from './outbox.ts';
import { whenParsed } from './page-life.ts';
import { openPageNumbers } from './page-numbers.ts';
import type { Numbers, Site, Switchboard, Told } from './switchboard.ts';
import { MOST_NUMBERS, openVisits, type Visits } from './visits.ts';
import { openPageWatch } from './watch-page.ts';

type Command = (...values: unknown[]) => void;

/** What pages may call before the part that does it is there. */
type Later = Record<string, (...values: unknown[]) => unknown> | undefined;

type Parts = Record<PartName, (inside: Inside, site: Site) => unknown>;

/** What the parts that are loaded later see. */
export interface Inside {
  api: Switchboard;
  guard: typeof guard;
  bare: typeof bare;
  later: typeof later;
  listen: typeof listen;
  tell: Visits['tell'];
  state(): Record<string, unknown>;
}

/** Where the parts are under the server; the build fills it in. */
declare const PARTS: string;
type PartName = 'consent' | 'forms' | 'overlay';

const CALLING_CODES = 'GB44IE353AU61NZ64DE49FR33ES34NL31MX52';

/**
 * Starts the script for one site. Never throws. `printed` tells what is known at once, dressed as the targets are given.
 * @param offer gives the API to the page; what is decided there of consent counts before anything is kept or told
 */
export function startSite(
  site: Site,
  offer?: (api: Switchboard) => void,
): {
  api: Switchboard;
  printed: (targets: Told) => Numbers;
} {
  const { key, server, country = 'US', attributes = [], cookies = [] } = site;
  let { consent = 'granted' } = site;
  const callingCode = /\d+/.exec(country + CALLING_CODES.split(country)[1])?.[0] ?? '1';
  const read = (text: string) => listNumbers(text, callingCode);
  /** target → what is shown for it; what is not swapped stands for itself */
  let shown = new Map<string, Swap>();
  /** number that was shown once → its target */
  const copies = new Map<string, string>();
  let replace: Replace = (text) => text;
  /** the numbers on this page: all that it shows until the server has told which are targets, those afterwards */
  const seen = new Set<string>();
  let isAnswered = false;
  const asked = new Set<string>();
  const wanted: string[] = [];
  const listeners: ((numbers: Numbers) => void)[] = [];

  const watch = openPageWatch();
  const page = openPageNumbers({
    attributes,
    replace: (text, instead) => {
      if (!isAnswered) for (const number of read(text)) seen.add(number);
      return replace(text, (swap) => {
        const target = copies.get(swap.target) ?? swap.target;
        seen.add(target);
        if (swap.number === target) want(target);
        return instead?.({ ...swap, target });
      });
    },
  });
  const visits = openVisits({
    key,
    cookies,
    outbox: openOutbox({ server, key }),
    seen,
    show,
  });

  /** A target came into the page for which no number has been asked. */
  function want(target: string): void {
    if (asked.has(target)) return;
    asked.add(target);
    if (wanted.push(target) % MOST_NUMBERS === 1) {
      later(() => visits.ask(wanted.splice(0, MOST_NUMBERS)), 200);
    }
  }

  function show(
    swaps: readonly Swap[],
    targets: readonly string[],
    carried: readonly string[] = [],
  ): void {
    for (const target of carried) asked.add(target);
    isAnswered = targets.length > 0;
    shown = new Map();
    for (const target of targets) shown.set(target, { target, number: target, sms: false });
    for (const swap of swaps) {
      shown.set(swap.target, swap);
      copies.set(swap.number, swap.target);
    }
    const all = [...shown.values()];
    // a page that keeps copies of itself (back buttons of htmx and Turbo) brings back what it was shown before, and one that
    // its server has made for this visitor shows their number from the start
    for (const [number, target] of copies) {
      const now = shown.get(target);
      if (now && !shown.has(number)) all.push({ ...now, target: number });
    }
    replace = replacerOf(all);
    if (isAnswered) seen.clear();
    watch.writeAll();
    for (const listener of listeners) guard(listener)(known());
  }

  const listOf = (targets: Told) => (targets ? [targets].flat().map(String) : undefined);

  /** The numbers that are known for these, or all; dressed as these are, or E.164. */
  function known(targets?: Told, isDressed?: boolean): Numbers {
    const numbers: Numbers = {};
    for (const as of listOf(targets) ?? shown.keys()) {
      const swap = shown.get(read(as)[0] ?? '');
      if (swap && swap.number !== swap.target) numbers[as] = isDressed ? replace(as) : swap.number;
    }
    return numbers;
  }

  let forms: Promise<Later> | undefined;
  const needForms = () => {
    forms ??= load('forms');
    return forms;
  };
  const ofForms =
    (name: string) =>
    (...values: unknown[]) => {
      needForms().then(guard((part) => part?.[name]?.(...values)));
    };

  const api: Switchboard = {
    key,
    swap: guard((place = document) => {
      const nodes = typeof place === 'string' ? document.querySelectorAll(place) : [place];
      for (const node of nodes) watch.writeAll(node);
    }),
    getNumbers: (targets) =>
      new Promise(
        guard((resolve) => {
          const answer = () => resolve(known(targets));
          const isAsked = (target: string) => !shown.size || shown.get(target)?.number === target;
          const missing = listOf(targets)?.flatMap(read).filter(isAsked);
          if (missing ? missing[0] : !shown.size) visits.ask(missing, answer);
          else answer();
        }),
      ),
    consent: guard((asked) => {
      consent = asked;
      visits.consent(asked);
    }),
    captureForm: ofForms('captureForm'),
    identify: ofForms('identify'),
    onAssignment: guard((listener) => {
      listeners.push(listener);
      if (shown.size) listener(known());
    }),
    // one that is wrong does not keep those behind it from being heard
    push: (...commands) =>
      commands.forEach(guard(([name, ...values]) => (api[name as 'push'] as Command)(...values))),
  };

  function load(part: PartName): Promise<Later> {
    const inside: Inside = {
      ...{ api, guard, bare, later, listen },
      tell: visits.tell,
      state: () => ({ ...visits.state(), server, trouble: trouble.last && `${trouble.last}` }),
    };
    return import(server + PARTS)
      .then((parts: Parts) => parts[part](inside, site) as Later)
      .catch((error) => {
        trouble.last = error;
        forms = undefined;
        return undefined;
      });
  }

  guard(() => {
    watch.start(page, visits.followAddress);
    watch.writeAll();
    listen(window, 'click', (event) => {
      // around its first element, also where that stands in a shadow root
      const link = (event.composedPath() as Element[]).find((one) =>
        one.matches?.('a[href^="tel:"]'),
      );
      const [number] = read(link?.getAttribute('href')?.replace(/%20/g, ' ') ?? '');
      if (number) visits.clicked(number);
    });
    // a form that comes later is filled before it is sent
    listen(document, 'focusin', (event) => {
      if ((event.composedPath()[0] as HTMLInputElement).form) needForms();
    });
    whenParsed(() => {
      if (document.forms[0]) needForms();
    });
    if (consent === 'tcf' || consent === 'google') {
      load('consent');
      consent = 'pending';
    }
    offer?.(api);
    visits.consent(consent);
    if (/[?&]__switchboard_debug=1/.test(location.search)) load('overlay');
  })();
  return { api, printed: (targets) => known(targets, true) };
}
