// The debug overlay: what the script knows, on the page itself. Shown by ?__switchboard_debug=1. Without innerHTML and
// inline styles, so that it also shows under a strict content security policy.
import { guard } from './host-page.ts';
import type { Inside } from './start-site.ts';
import type { Swap } from './telephone-text.ts';

const STYLE = `
:host { all: initial; }
section { position: fixed; right: 16px; bottom: 16px; z-index: 999999; box-sizing: border-box; width: 340px; max-width: calc(100vw - 32px); max-height: 60vh; overflow: auto; padding: 14px 16px; border: 1px solid #3d444d; border-radius: 10px; background: #0d1117; color: #e6edf3; font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; box-shadow: 0 8px 30px rgb(0 0 0 / .35); }
h2 { margin: 0 0 8px; font: 600 14px/1.4 system-ui, sans-serif; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; margin: 0; }
dt { color: #9198a1; }
dd { margin: 0; overflow-wrap: anywhere; }
button { position: absolute; top: 8px; right: 8px; border: 0; background: none; color: inherit; font: 18px/1 system-ui, sans-serif; cursor: pointer; }
`;
const EVERY_MS = 500;

/** Puts the overlay over the page and keeps it fresh until it is closed. */
export function start({ api, state }: Inside): void {
  const host = document.createElement('switchboard-debug');
  host.setAttribute('data-switchboard-noswap', '');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const add = (parent: Node, name: string, text = '') => {
    const element = document.createElement(name);
    element.textContent = text;
    parent.appendChild(element);
    return element;
  };
  const box = add(root, 'section');
  box.setAttribute('aria-label', 'Switchboard debug');
  add(box, 'h2', 'Switchboard');
  const close = add(box, 'button', '×');
  close.setAttribute('aria-label', 'Close');
  close.addEventListener('click', () => host.remove());
  const list = add(box, 'dl');
  let told = '';
  const show = guard(() => {
    const { swaps, targets, trouble, ...rest } = state() as {
      swaps: Swap[];
      targets: string[];
      trouble: unknown;
    };
    const rows: [string, string][] = [
      ['key', api.key],
      ...Object.entries(rest).map(([name, value]): [string, string] => [
        name,
        String(value || '–'),
      ]),
      ...swaps.map(({ target, number, sms }): [string, string] => [
        target,
        `${number}${sms ? ', texts' : ''}`,
      ]),
      ...targets
        .filter((target) => !swaps.some((swap) => swap.target === target))
        .map((target): [string, string] => [target, 'not swapped']),
      ['error', trouble ? String(trouble) : '–'],
    ];
    const text = rows.join('\n');
    if (text === told) return;
    told = text;
    list.textContent = '';
    for (const [name, value] of rows) {
      add(list, 'dt', name);
      add(list, 'dd', value);
    }
  });
  document.documentElement.appendChild(host);
  show();
  const timer = setInterval(() => (host.isConnected ? show() : clearInterval(timer)), EVERY_MS);
}
