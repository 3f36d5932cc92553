// Sends what is to be told to the server, in order, again and again until it is taken; what a lost network or a left
// page holds back waits in first-party storage for the next page. Repeats are harmless: each body has its own id.
import { guard, later, listen, request, toJson } from './host-page.ts';

// JSON leaves U+2028 and U+2029 as they are: ends of lines to a pattern without s. Scripts of before, which other tabs
// still run, read and keep lines with a word in front alone
const LETTER = /(\S+) (\{.*\})$/s;
const VISITOR = '"visitor":';
/** in a letter with consent: visitor and session, and what stands behind them until it says so */
const OF_VISITOR = /"visitor":.*?("at":.*?"consent":)"granted"/s;
const MOST = 20;
const FIRST_RETRY_MS = 2e3;
const LONGEST_RETRY_MS = 3e5;

export interface Outbox {
  /**
   * `onAnswer` is told the status, and the body of an answer that has one. A form does not wait for what was sent before:
   * the page may be left now. It may so be sent twice.
   */
  send(
    path: string,
    body: Record<string, unknown>,
    onAnswer?: (status: number, answer: unknown) => void,
  ): void;
  /** once, now, past what waits: for what is worth nothing later. It survives the page. Rejects without network. */
  beacon(path: string, body: Record<string, unknown>): Promise<Response>;
  /** tries at once what waits */
  flush(): void;
  /** from now on: keep what waits in storage, or nothing anywhere */
  remember(may: boolean): void;
}

interface Letter {
  /** a word, path, and body, which is JSON and holds no line end */
  line: string;
  onAnswer?: ((status: number, answer: unknown) => void) | undefined;
}

const isForm = ({ line }: Letter) => line.includes('form {"');

/** @param options.server the origin of the script @param options.key names the storage too */
export function openOutbox({ server, key }: { server: string; key: string }): Outbox {
  let letters: Letter[] = [];
  /** as they were kept last: what else is kept there another tab waits for */
  let written: string[] = [];
  let sending = false;
  /** absent before the visitor's decision: what other pages keep stays */
  let stores: boolean | undefined;
  let retryMs = FIRST_RETRY_MS;

  // in CORS mode with text/plain there is no preflight, and the Origin is sent whatever the page's referrer policy is;
  // sendBeacon would send it as null under no-referrer
  const post = (path: string, body: string) =>
    request(`${server}/collect/${path}`, {
      method: 'POST',
      body,
      credentials: 'omit',
      // what browsers let outlive a page is 64 KB
      keepalive: body.length < 6e4,
    });

  const others = () =>
    `${localStorage.getItem(key)}`
      .split('\n')
      .filter((line) => LETTER.test(line) && !written.includes(line));

  const save = guard(() => {
    if (stores == null) return;
    const lines = others();
    written = letters.map(({ line }) => line);
    lines.push(...written);
    if (stores && lines[0]) localStorage.setItem(key, lines.join('\n'));
    else localStorage.removeItem(key);
  });

  function flush(): void {
    const [letter] = letters;
    if (sending || !letter) return;
    sending = true;
    const done = (status: number, answer?: unknown) => {
      sending = false;
      if (!status || status === 429 || status > 499) {
        later(flush, retryMs * (1 + Math.random()));
        retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
        return;
      }
      retryMs = FIRST_RETRY_MS;
      letters = letters.filter((other) => other !== letter);
      save();
      guard(() => letter.onAnswer?.(status, answer))();
      flush();
    };
    const [, path = '', text = ''] = LETTER.exec(letter.line) ?? [];
    post(path, text)
      .then(async (response) =>
        done(response.status, response.status === 200 && (await response.json())),
      )
      .catch(() => done(0));
  }

  listen(window, 'online', flush);

  return {
    send: (path, body, onAnswer) => {
      const text = toJson(body);
      // what rests may be the visit that a form belongs to: it goes first
      flush();
      if (path === 'form' && sending) post(path, text).catch(() => {});
      letters.push({ line: `- ${path} ${text}`, onAnswer });
      // a form is a lead: page views and visits make room before it
      let spare = letters.length - MOST;
      letters = letters.filter((one) => isForm(one) || --spare < 0).slice(-MOST);
      save();
      flush();
    },
    beacon: (path, body) => post(path, toJson(body)),
    flush,
    remember: (may) => {
      stores = may;
      guard(() => {
        written = others();
        letters = [...written.map((line) => ({ line })), ...letters];
      })();
      if (!may) {
        // a form is told all the same, as one without consent: it says nothing of the browser
        letters = letters.filter((one) => isForm(one) || !one.line.includes(VISITOR));
        for (const one of letters) one.line = one.line.replace(OF_VISITOR, '$1"denied"');
      }
      save();
      // it is kept nowhere any more
      if (!may) flush();
    },
  };
}
