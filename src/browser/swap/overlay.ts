// The debug overlay: what the script knows, on the page itself. Shown by ?__switchboard_debug=1; a click takes it away.
// A popover in the browser's own style: it lies over everything, also under a strict content security policy.
import type { Inside } from './start-site.ts';

/** Puts the overlay over the page and keeps it fresh until it is closed. */
export function start({ api, guard, state }: Inside): void {
  const pre = document.createElement('pre');
  pre.setAttribute('data-switchboard-noswap', 'debug');
  pre.popover = 'manual';
  pre.onclick = () => pre.remove();
  document.documentElement.append(pre);
  pre.showPopover();
  const show = guard(() => {
    pre.textContent = JSON.stringify([api.key, state()], null, 1);
    if (pre.isConnected) setTimeout(show, 500);
  });
  show();
}
