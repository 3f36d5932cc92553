// Draws what was said, message by message: what stands there already is left alone, so that a screen reader is told of what is
// new and of nothing else.
import type { Conversation } from './conversation.ts';
import { element } from './element.ts';
import type { Face, SentFile } from './words.ts';

/** Makes the function that draws a conversation as it is now. */
export function drawThread(
  thread: HTMLElement,
  face: Face,
  server: string,
): (talk: Conversation) => void {
  const drawn = new Map<string, HTMLElement>();
  const greeting = face.greeting && element('p', { class: 'other' }, [face.greeting]);
  if (greeting) thread.append(greeting);

  const drawFile = ({ name, path, sizeBytes = 0 }: SentFile): HTMLElement => {
    const size = ` (${Math.max(1, Math.round(sizeBytes / 1_000))} KB)`;
    if (!path) return element('span', {}, [name]);
    const to = { href: server + path, target: '_blank', rel: 'noopener', download: '' };
    return element('a', to, [name + size]);
  };

  /** The bubble of an id, made when it is not there. */
  const bubbleOf = (
    id: string,
    text: string,
    side: string,
    by: string,
    files: readonly SentFile[] = [],
  ): HTMLElement => {
    const known = drawn.get(id);
    if (known) return known;
    const bubble = element('p', { class: side }, [
      element('span', { class: 'by' }, [by]),
      element('span', { class: 'text' }, [text]),
      element('span', { class: 'files' }, files.map(drawFile)),
      element('small', {}),
    ]);
    drawn.set(id, bubble);
    thread.append(bubble);
    return bubble;
  };
  /** A numbered message stands before all that still wait, also when it was drawn as one of them. */
  const settle = (bubble: HTMLElement) => {
    bubble.removeAttribute('data-waits');
    const waits = thread.querySelector('[data-waits]');
    const isBehind =
      waits && waits.compareDocumentPosition(bubble) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (isBehind) waits.before(bubble);
  };
  /** Files that were named while they waited are led to, now that they are there. */
  const link = (bubble: HTMLElement, files: readonly SentFile[]) => {
    const place = bubble.querySelector('.files');
    if (files.length > 0 && !place?.querySelector('a'))
      place?.replaceChildren(...files.map(drawFile));
  };
  const note = (bubble: HTMLElement, text: string) => {
    const place = bubble.querySelector('small');
    if (place && place.textContent !== text) place.textContent = text;
  };

  return ({ messages, waiting, agentReadSeq }) => {
    const isAtEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 60;
    const before = drawn.size;
    const stays = new Set([...messages, ...waiting].map(({ id }) => id));
    for (const [id, bubble] of drawn) {
      if (stays.has(id)) continue;
      bubble.remove();
      drawn.delete(id);
    }
    // the company's words of today stand there until the chat has its own
    if (greeting) greeting.hidden = messages.length > 0;
    const last = messages.filter(({ author }) => author === 'VISITOR').pop();
    for (const message of messages) {
      const { id, seq, author, name, text, files, at } = message;
      const isOurs = author === 'VISITOR';
      const by = isOurs ? 'You: ' : `${name ?? face.company}: `;
      const bubble = bubbleOf(id, text, isOurs ? 'mine' : 'other', by, files);
      link(bubble, files);
      const time = new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
      const isRead = message === last && seq <= agentReadSeq;
      note(bubble, isRead ? `${time} · Read` : time);
      settle(bubble);
    }
    for (const { id, text, files, isRefused } of waiting) {
      const bubble = bubbleOf(id, text, 'mine', 'You: ', files);
      bubble.setAttribute('data-waits', '');
      note(bubble, isRefused ? 'Not sent' : 'Sending…');
    }
    if (isAtEnd || drawn.size > before) thread.scrollTop = thread.scrollHeight;
  };
}
