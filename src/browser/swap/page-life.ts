// What happens to a page as a whole: it is parsed, seen, left, put aside and taken up again, and its address changes.
import { later, listen } from './host-page.ts';

/** Runs it when all nodes of the page are there. */
export function whenParsed(run: () => void): void {
  if (document.readyState === 'loading') listen(document, 'DOMContentLoaded', run);
  else run();
}

/**
 * Follows the page until it is gone.
 * @param life.everyMs how often a page that is seen tells so
 * @param life.onAddress the address may have changed
 * @param life.onSeen it is seen again, or still
 * @param life.onLeft perhaps for good. No listener of unload: that would keep the page out of the back/forward cache
 * @param life.onRestored out of the back/forward cache
 */
export function followPageLife(life: {
  everyMs: () => number;
  onAddress: () => void;
  onSeen: () => void;
  onLeft: () => void;
  onRestored: () => void;
}): void {
  const look = () => {
    if (document.visibilityState === 'visible') life.onSeen();
  };
  const tick = () => {
    later(() => {
      tick();
      look();
    }, life.everyMs());
  };
  tick();
  listen(document, 'visibilitychange', look);
  listen(window, 'pagehide', life.onLeft);
  listen(window, 'pageshow', (event) => {
    if ((event as PageTransitionEvent).persisted) life.onRestored();
  });
  // the page's own history is not wrapped: where there is no Navigation API, its next change of nodes tells
  const { navigation } = window as { navigation?: EventTarget };
  listen(navigation, 'currententrychange', life.onAddress);
  listen(window, 'popstate', life.onAddress);
  listen(window, 'hashchange', life.onAddress);
}
