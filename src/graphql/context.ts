// What every resolver is handed: the platform, who is asking, and the name of the request in the log.
import type { Platform } from '#platform/platform.ts';
import type { Browser } from '#values/browser.ts';
import type { Refused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import type { Throttle } from './throttle.ts';

/** A browser whose cookie an answer can set. */
export interface CookieBrowser extends Browser {
  keepSession(token: string): void;
  dropSession(): void;
}

export interface Context {
  platform: Platform;
  /**
   * always set where a resolver runs, but for the mutations of signing in: a request without a key or session reaches
   * nothing else but `__typename` and introspection
   */
  viewer: Viewer;
  requestId: string;
  /** the buckets of query points */
  throttle: Throttle;
  /** asks again whether the key still holds; throws when it does not. Subscriptions call it while they are open */
  recheck(): Promise<Viewer>;
  /** how often an open subscription calls `recheck` */
  recheckEveryMs: number;
  /** Tells the log that a rule refused a mutation; never throws. */
  tellRefusal(mutation: string, refusal: Refused): Promise<void>;
  /** the SSE client's Last-Event-ID: an events subscription resumes behind it, whatever its variables say */
  resumeAfter: string | null;
  /** whom the limits of those without a viewer count; null in sockets, which all have one */
  address?: string | null;
  /** the browser of a request that proved to come from our own pages; absent in sockets, which cannot set a cookie */
  browser?: CookieBrowser;
}

/** A context for the next event of a subscription: same rights, but nothing remembered by the dataloaders. */
export function freshContext(context: Context): Context {
  return { ...context };
}
