// The debug overlay: what the script knows, on the page itself. Shown by ?__switchboard_debug=1. Without innerHTML and
// inline styles, so that it also shows under a strict content security policy.
import type { Inside } from './start-site.ts';
import type { Swap } from './telephone-text.ts';

const STYLE = `:host{all:initial}section{position:fixed;right:16px;bottom:16px;z-index:999999;box-sizing:border-box;width:360px;max-width:calc(100% - 32px);max-height:60%;overflow:auto;padding:12px 16px;border-radius:10px;background:#0d1117;color:#e6edf3;font:13px/1.6 monospace;white-space:pre-wrap;overflow-wrap:anywhere}button{position:absolute;top:4px;right:4px;width:32px;height:32px;border:0;background:none;color:inherit;font:18px sans-serif;cursor:pointer}`;
const EVERY_MS = 500;

/** Puts the overlay over the page and keeps it fresh until it is closed. */
export function start({ api, guard, state }: Inside): void {
  const host = document.createElement('switchboard-debug');
  host.setAttribute('data-switchboard-noswap', '');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const section = document.createElement('section');
  const text = document.createElement('div');
  const close = document.createElement('button');
  close.textContent = '×';
  close.ariaLabel = 'Close';
  close.onclick = () => host.remove();
  section.append(text, close);
  root.append(section);
  const show = guard(() => {
    const { swaps, targets, ...rest } = state() as { swaps: Swap[]; targets: string[] };
    const shown = (target: string) => swaps.find((swap) => swap.target === target);
    const now = [
      `Switchboard ${api.key}`,
      ...Object.entries(rest).map(([name, value]) => `${name}: ${value || '–'}`),
      ...swaps.map(({ target, number, sms }) => `${target}: ${number}${sms ? ', texts' : ''}`),
      ...targets.filter((target) => !shown(target)).map((target) => `${target}: not swapped`),
    ].join('\n');
    if (text.textContent !== now) text.textContent = now;
  });
  document.documentElement.append(host);
  show();
  const timer = setInterval(() => (host.isConnected ? show() : clearInterval(timer)), EVERY_MS);
}
