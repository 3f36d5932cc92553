// What websites allow this scanner by their robots.txt (RFC 9309), remembered for as long as a scan is worked at.
import robotsParser from 'robots-parser';
import type { Outbound } from '#platform/outbound/index.ts';
import type { PageProblem } from './page-problems.ts';
import { robotsForUs } from './robots-for-us.ts';

/** How a scan names itself to websites. */
export const USER_AGENT = 'Switchboard-Scanner';

/** What a website says of a page. */
export interface RobotsWord {
  /** why the page must be left; null when it may be read */
  problem: PageProblem | null;
  /** how long to wait between pages, at least */
  delayMs: number;
}

/** RFC 9309, 2.5 */
const MOST_BYTES = 500 * 1_024;
/** RFC 9309, 2.3.1.2 */
const MOST_HOPS = 5;
const MOST_DELAY_MS = 5_000;

// its types are those of an ES module, which it is not
const parseRobots = robotsParser as unknown as typeof robotsParser.default;
type Rules = ReturnType<typeof parseRobots> | PageProblem | null;

/**
 * Opens the reading of robots.txt.
 * @param mayGo whether a redirect may be followed to this address
 */
export function openRobots(
  outbound: Pick<Outbound, 'get'>,
  mayGo: (url: URL) => boolean,
  headers: Record<string, string>,
): { ask(url: string, signal?: AbortSignal): Promise<RobotsWord> } {
  const remembered = new Map<string, Rules>();

  async function read(origin: string, signal?: AbortSignal): Promise<Rules> {
    const home = `${origin}/robots.txt`;
    let url = home;
    for (let hop = 0; hop <= MOST_HOPS; hop += 1) {
      const got = await outbound.get({ url, headers, mostBytes: MOST_BYTES, signal });
      const { status, failure } = got;
      if (failure !== null) return failure === 'TIMEOUT' ? 'ROBOTS_UNREADABLE' : failure;
      if (status === null || status >= 500) return 'ROBOTS_UNREADABLE';
      const next =
        status >= 300 && status < 400 ? URL.parse(got.headers.location ?? '', url) : null;
      if (!next) {
        if (status >= 300) return null;
        const rules = robotsForUs(got.body.toString('utf8'), USER_AGENT);
        return rules === null ? 'ROBOTS_UNREADABLE' : parseRobots(home, rules);
      }
      // rules that stand elsewhere are none, as if they were not there (2.3.1.3)
      if (!mayGo(next)) return null;
      url = next.href;
    }
    return null;
  }

  return {
    async ask(url, signal) {
      const { origin } = new URL(url);
      let rules = remembered.get(origin);
      if (rules === undefined) {
        rules = await read(origin, signal);
        remembered.set(origin, rules);
      }
      if (typeof rules === 'string') return { problem: rules, delayMs: 0 };
      const isAllowed = rules?.isAllowed(url, USER_AGENT) ?? true;
      const seconds = rules?.getCrawlDelay(USER_AGENT) ?? 0;
      return {
        problem: isAllowed ? null : 'ROBOTS_DISALLOW',
        delayMs: Math.min(Math.max(0, seconds * 1_000 || 0), MOST_DELAY_MS),
      };
    },
  };
}
