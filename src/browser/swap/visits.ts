// The conversation with the server: visits, page views, heartbeats; what consent allows of it; what is kept for the next
// page. Landing address and referrer are held in memory until a granted visit has told them.

import { SCRIPT_VERSION } from '#values/script-version.ts';
import type { Swap } from '#values/telephone-text.ts';
import { type Assignment, cookieOf } from './assignment.ts';
import { bare, guard, later, nowMs, randomId } from './host-page.ts';
import { keep, readKept } from './kept-cookie.ts';
import type { Outbox } from './outbox.ts';
import { followPageLife, whenParsed } from './page-life.ts';
import type { VisitAnswer } from './visit-answer.ts';

export type Consent = 'granted' | 'denied' | 'pending';

export interface Visits {
  /** another decision of the visitor; a browser that asks not to be tracked stays denied */
  consent(mode: Consent): void;
  /** asks for the numbers that the page shows, and these. `then` runs when an answer came, or after ten seconds without */
  ask(numbers?: string[], then?: () => void): void;
  /** tells of a page view when the address has changed */
  followAddress(): void;
  /** tells at once of something that must not be lost, with who the visitor is as far as consent allows */
  tell(path: string, fields: Record<string, unknown>): void;
  /** a telephone link was clicked */
  clicked(number: string): void;
  /** what is known: of this browser, and of the company's pages (ignoredFields: of forms, in small letters) */
  state(): Assignment & { mode: Consent } & Record<'targets' | 'ignoredFields', readonly string[]>;
}

interface View {
  id: string;
  url: string;
  referrer: string;
}

const NOBODY: Assignment = { visitor: '', session: '', until: 0, swaps: [] };
const ANSWER_WITHIN_MS = 10_000;
const MOST_URL = 8_000;
const MOST_TEXT = 4_000;
/** what the server keeps of it */
const MOST_COOKIE = 1_000;
/** that the server takes with one visit */
export const MOST_NUMBERS = 50;
/** of other pages' numbers: with 50 of its own they fit a cookie */
const MOST_OTHERS = 99;

/**
 * @param options.cookies names of the page's cookies that go along with a visit
 * @param options.seen the numbers on the page, as E.164
 * @param options.show puts the numbers into the page; `targets` are all of the company's, `asked` those that the server was
 *   asked for
 */
export function openVisits(options: {
  key: string;
  cookies: readonly string[];
  outbox: Outbox;
  seen: ReadonlySet<string>;
  show: (swaps: readonly Swap[], targets: readonly string[], asked?: readonly string[]) => void;
}): Visits {
  const { key, outbox } = options;
  let mode: Consent = 'pending';
  let mine = NOBODY;
  let targets: string[] = [];
  let ignoredFields: string[] = [];
  let view: View;
  /** not told yet with consent */
  let landing: View | undefined = newView(document.referrer);
  /** page views that wait for their session */
  const early: View[] = [];
  let cookieDays = 90;
  let keepSeconds = 1_200;
  let heartbeatSeconds = 30;
  let beatAt = 0;

  const ids = () => ({
    key,
    visitor: mine.visitor || undefined,
    session: mine.session || undefined,
    at: nowMs(),
  });
  // cut to what the server takes: a letter that it refuses is lost
  const letterOf = ({ id, url, referrer }: View) => ({
    ...ids(),
    id,
    url: url.slice(0, MOST_URL),
    referrer: referrer.slice(0, MOST_TEXT),
    title: document.title.slice(0, MOST_TEXT / 10),
  });
  const isLive = () => mode === 'granted' && mine.session !== '';
  const seconds = () => Math.floor(nowMs() / 1_000);

  function hold(next: Partial<Assignment>): void {
    mine = { ...mine, ...next };
    if (mode === 'granted') keep(key, mine, cookieDays);
  }

  function ask(extra: string[] = [], then: () => void = () => {}): void {
    later(then, ANSWER_WITHIN_MS);
    if (mode === 'pending') {
      then();
      return;
    }
    const granted = mode === 'granted';
    const told = (granted && landing) || view;
    // those that do not fit are asked for when the answer has told which are targets
    const numbers = [...new Set([...extra, ...options.seen])].slice(0, MOST_NUMBERS);
    const cookies: Record<string, string | undefined> = {};
    for (const name of granted ? options.cookies : []) {
      cookies[name] = cookieOf(document.cookie, name)?.slice(0, MOST_COOKIE);
    }
    if (granted) {
      if (told !== view) early.push(view);
      landing = undefined;
    }
    const asked = mode;
    const body = {
      ...letterOf(told),
      consent: mode,
      script: SCRIPT_VERSION,
      numbers: Object.setPrototypeOf([...numbers], null),
      cookies: bare(cookies),
    };
    outbox.send('visit', body, (_, answer) => {
      if (answer && asked === mode) take(answer as VisitAnswer, numbers);
      then();
    });
  }

  function take(answer: VisitAnswer, numbers: string[]): void {
    ({ keepSeconds, heartbeatSeconds, cookieDays } = answer);
    targets = answer.targets;
    ignoredFields = answer.ignoredFields ?? [];
    const session = answer.session ?? '';
    // all pages share what is kept: what this one did not ask for is still another's
    const kept = session === mine.session ? mine.swaps : [];
    const others = kept.filter(({ target }) => !numbers.includes(target)).slice(-MOST_OTHERS);
    hold({
      session,
      until: seconds() + keepSeconds,
      swaps: [...others, ...answer.swaps],
    });
    beatAt = seconds();
    for (const one of early.splice(0)) tellView(one);
    options.show(mine.swaps, targets, numbers);
  }

  function tellView(one: View): void {
    if (isLive()) {
      outbox.send('page-view', letterOf(one), (status) => {
        if (status === 410) begin(one);
      });
    } else if (mode === 'granted') early.push(one);
  }

  function newView(referrer: string): View {
    view = { id: randomId(), url: location.href, referrer };
    return view;
  }

  /** The anchor of a page is no page; the route of a single-page application is. */
  const pageOf = (url: string) => url.replace(/#(?![/!]).*/, '');

  function followAddress(): void {
    const before = view.url;
    if (pageOf(location.href) !== pageOf(before)) tellView(newView(before));
  }

  function beat(event?: { event: string; number: string }): void {
    if (!isLive()) return;
    beatAt = seconds();
    outbox.beacon('heartbeat', { ...ids(), shows: options.seen.size > 0, ...event }).then(
      guard(({ status }) => {
        if (status === 204) hold({ until: seconds() + keepSeconds });
        else if (status === 410) begin();
      }),
      () => {},
    );
  }

  /** A session that is over: another one begins with this view; a page that wakes comes from itself. */
  function begin(first = newView(location.href)): void {
    hold({ session: '' });
    landing = first;
    ask();
  }

  function comeBack(): void {
    outbox.flush();
    followAddress();
    if (!isLive()) return;
    if (seconds() > mine.until) begin();
    else if (seconds() - beatAt >= heartbeatSeconds) beat();
  }

  function decide(asked: Consent): void {
    const { globalPrivacyControl, doNotTrack } = navigator as Navigator & {
      globalPrivacyControl?: boolean;
      doNotTrack?: string;
    };
    const next = globalPrivacyControl || doNotTrack === '1' ? 'denied' : asked;
    if (next === mode) return;
    mode = next;
    outbox.remember(mode === 'granted');
    if (mode === 'pending') return;
    if (mode === 'denied') {
      keep(key, null, 0);
      mine = NOBODY;
      options.show([], targets);
    } else {
      hold({ visitor: randomId(), ...readKept(key) });
      if (mine.until > seconds()) options.show(mine.swaps, targets);
      else hold({ swaps: [] });
    }
    whenParsed(() => {
      if (mode === next) ask();
    });
  }

  followPageLife({
    everyMs: () => heartbeatSeconds * 500,
    onAddress: followAddress,
    onSeen: comeBack,
    onLeft: () => beat(),
    onRestored: () => {
      if (mode !== 'granted') return;
      // other pages have gone on since this one was put aside, and may have had no use for its numbers
      mine = readKept(key) ?? mine;
      newView(location.href);
      ask();
      options.show(mine.swaps, targets);
    },
  });

  return {
    consent: decide,
    ask,
    followAddress,
    tell: (path, fields) => {
      const body = { ...letterOf(view), consent: mode, id: randomId(), ...fields };
      outbox.send(path, body);
    },
    clicked: (number) => beat({ event: 'tel_click', number }),
    state: () => ({ mode, ...mine, targets, ignoredFields }),
  };
}
