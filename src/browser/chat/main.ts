// The script of the chat's tag: <script async src="https://<server>/chat.js" data-key="sb_site_…"></script>. Asks whether
// the company has a chat, and puts its button on the page. The conversation itself is loaded when the button is pressed, or
// at once when one is under way.
import { guard } from '../swap/host-page.ts';
import { readKept } from '../swap/kept-cookie.ts';
import { element, iconOf } from './element.ts';
import { post } from './post.ts';
import { readStored } from './stored.ts';
import { STYLES } from './styles.ts';
import type { Face, Mount, Panel, Place } from './words.ts';

/** The folder of the part under the server; the build fills it in. */
declare const PARTS: string;

const script = (document.currentScript ??
  document.querySelector('script[src*="/chat.js"]')) as HTMLScriptElement | null;

interface Part {
  openPanel(mount: Mount, face: Face): Panel;
}

async function start(place: Place): Promise<void> {
  const answer = await post(place, 'chat/face', {});
  const face = answer.body as Face | null;
  if (answer.status !== 200 || !face || face.state === 'OFF') return;
  const host = document.createElement('div');
  host.setAttribute('data-switchboard-chat', '');
  const root = host.attachShadow({ mode: 'open' });
  // a sheet that is made by script needs no leave of the page's style-src
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  root.adoptedStyleSheets = [sheet];
  const badge = element('span', { class: 'badge', 'aria-hidden': 'true', hidden: '' });
  const button = element(
    'button',
    { class: 'launcher', type: 'button', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' },
    [iconOf('chat'), badge],
  );
  root.append(button);
  (document.body ?? document.documentElement).append(host);

  let panel: Promise<Panel> | undefined;
  const load = () => {
    panel ??= (import(`${place.server + PARTS}panel.js`) as Promise<Part>).then((part) =>
      part.openPanel({ ...place, root, button, onUnread: tellUnread }, face),
    );
    // a network that was away: the next press tries again
    panel.catch(() => {
      panel = undefined;
    });
    return panel;
  };
  function tellUnread(count: number): void {
    const name = face?.company ? `Chat with ${face.company}` : 'Chat';
    const unread = count === 1 ? '1 new message' : `${count} new messages`;
    button.setAttribute('aria-label', count > 0 ? `${name}: ${unread}` : name);
    badge.textContent = String(count);
    badge.hidden = count === 0;
  }
  tellUnread(0);
  button.addEventListener(
    'click',
    guard(() => {
      load().then(
        (opened) => opened.toggle(),
        () => {},
      );
    }),
  );
  if (place.who() && readStored(place.key)) load().catch(() => {});
}

guard(() => {
  const key = script?.getAttribute('data-key');
  if (!script || !key) return;
  const mark = `switchboard-chat:${key}`;
  const page = window as unknown as Record<string, unknown>;
  // the same tag twice
  if (page[mark]) return;
  page[mark] = true;
  // the visitor's choice, as swap.js keeps it
  const country = script.getAttribute('data-country') ?? undefined;
  const server = new URL(script.src).origin;
  start({ key, server, country, who: () => readKept(key) }).catch(() => {});
})();
