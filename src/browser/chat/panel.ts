// The panel of the chat: what was said, and a place to write; while nobody answers, a form instead. Loaded when it is needed.
import { guard, listen } from '../swap/host-page.ts';
import { openConversation } from './conversation.ts';
import { drawThread } from './draw-thread.ts';
import { element, iconOf } from './element.ts';
import { fileSender } from './files.ts';
import { offlineForm } from './offline-form.ts';
import { personForm } from './person-form.ts';
import { transcriptForm } from './transcript-form.ts';
import type { Face, Mount, Panel } from './words.ts';

const MOST_CHARACTERS = 4_000;
const FOCUSABLE = 'button:not([disabled]),textarea,input,summary,a[href],[tabindex="0"]';

/** Puts the panel into the chat's own part of the page, closed. */
export function openPanel(place: Mount, face: Face): Panel {
  const { root, button } = place;
  let isOpen = false;
  const thread = element('div', {
    ...{ class: 'thread', role: 'log', 'aria-live': 'polite', tabindex: '0' },
    'aria-label': 'Messages',
  });
  const status = element('p', { class: 'status', role: 'status' });
  const box = element('textarea', {
    ...{ rows: '1', maxlength: String(MOST_CHARACTERS), placeholder: 'Write a message' },
    ...{ 'aria-label': 'Message', enterkeyhint: 'send' },
  });
  const send = element('button', { class: 'send', type: 'button', 'aria-label': 'Send' }, [
    iconOf('send'),
  ]);
  const close = element('button', { class: 'close', type: 'button', 'aria-label': 'Close chat' }, [
    iconOf('close'),
  ]);
  const title = element('h2', { id: 'title' }, [face.company]);
  const head = element('div', { class: 'head' }, [title, close]);
  const panel = element('div', {
    ...{ class: 'panel', role: 'dialog', 'aria-modal': 'true', 'aria-labelledby': 'title' },
    hidden: '',
  });
  const talk = openConversation(place, () => guard(draw)());
  const person = personForm(talk, place.country);
  const copy = transcriptForm(place, talk);
  const files = fileSender(place, talk);
  const writing = element('div', { class: 'writing' }, [files.button, box, send]);
  const draw = drawer();
  // who has begun goes on, whatever the hour; an answer may come later
  const isTalk = face.state === 'OPEN' || talk.hasBegun();
  panel.append(head);
  if (isTalk) panel.append(thread, status, files.told, files.progress, person, copy, writing);
  else panel.append(offlineForm(place, face));
  root.append(panel);

  function drawer() {
    const drawMessages = drawThread(thread, face, place.server);
    return () => {
      drawMessages(talk);
      person.hidden = talk.messages.length === 0;
      copy.hidden = person.hidden || !face.transcripts;
      files.button.hidden = !talk.token();
      const { agentIsTyping, isConnected, isEnded } = talk;
      const told = !isConnected
        ? 'Connecting again…'
        : agentIsTyping
          ? 'Somebody is writing…'
          : isEnded
            ? 'This chat was ended. Write to take it up again.'
            : '';
      if (status.textContent !== told) status.textContent = told;
      if (isOpen && document.visibilityState === 'visible') talk.seen();
      place.onUnread(talk.unread());
    };
  }

  function toggle(): void {
    isOpen = !isOpen;
    panel.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
    root.host.toggleAttribute('data-open', isOpen);
    if (!isOpen) {
      button.focus();
      return;
    }
    draw();
    thread.scrollTop = thread.scrollHeight;
    (isTalk ? box : (panel.querySelector<HTMLElement>('input') ?? close)).focus();
  }

  function write(): void {
    const text = box.value.trim();
    if (!text) return;
    box.value = '';
    grow();
    talk.write(text);
    box.focus();
  }
  function grow(): void {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 120)}px`;
  }

  /** Tab stays within, Escape closes. */
  function keepFocus(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation();
      toggle();
    }
    if (event.key !== 'Tab') return;
    const stops = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
      (one) => one.offsetParent !== null,
    );
    const [first, last] = [stops[0], stops[stops.length - 1]];
    const leaves = root.activeElement === (event.shiftKey ? first : last);
    if (!leaves) return;
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }

  panel.addEventListener('keydown', guard(keepFocus));
  panel.addEventListener('dragover', (event) => event.preventDefault());
  panel.addEventListener(
    'drop',
    guard((event: DragEvent) => {
      event.preventDefault();
      files.take(event.dataTransfer?.files ?? []);
    }),
  );
  close.addEventListener('click', guard(toggle));
  send.addEventListener('click', guard(write));
  box.addEventListener(
    'input',
    guard(() => {
      grow();
      talk.typing();
    }),
  );
  box.addEventListener(
    'keydown',
    guard((event: KeyboardEvent) => {
      // while a word is being composed, Enter takes it
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      write();
    }),
  );
  listen(document, 'visibilitychange', draw);
  draw();
  return { toggle };
}
