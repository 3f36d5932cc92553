// Files in the chat: chosen or dropped, sent with their progress shown; one that is not taken is named, with the reason.
import { guard, later, randomId } from '../swap/host-page.ts';
import type { Conversation } from './conversation.ts';
import { element, iconOf } from './element.ts';
import { isPassing, upload } from './post.ts';
import type { Place, SentFile } from './words.ts';

/** the server's own limits, so that nobody waits for what is refused */
const MOST_BYTES = 5_000_000;
const MOST_FILES = 10;
const MOST_TRIES = 8;
const FIRST_RETRY_MS = 1_000;

interface Files {
  button: HTMLElement;
  /** what is shown while files are on their way, and what is said of them */
  progress: HTMLElement;
  told: HTMLElement;
  /** sends them as one message */
  take(files: Iterable<File>): void;
}

/** Makes the button and what it does. */
export function fileSender(place: Place, talk: Pick<Conversation, 'token' | 'write'>): Files {
  // in no page: it only opens the browser's own choice of files
  const input = element('input', {
    ...{ type: 'file', multiple: '' },
    accept: 'image/jpeg,image/png,image/gif,application/pdf,text/plain,.txt,.csv,.md,.log',
  });
  const button = element(
    'button',
    { class: 'attach', type: 'button', 'aria-label': 'Send a file' },
    [iconOf('clip')],
  );
  const progress = element('progress', { max: '1', 'aria-label': 'Sending files', hidden: '' });
  const told = element('p', { class: 'status', role: 'status' });

  async function send(file: File, onPart: (part: number) => void): Promise<SentFile | string> {
    if (file.size > MOST_BYTES) return `A file takes at most ${MOST_BYTES / 1_000_000} MB.`;
    const head = { token: talk.token(), id: randomId(), name: file.name };
    for (let tries = 1; ; tries += 1) {
      const { status, body, wait } = await upload(place, head, file, onPart);
      if (status === 200) return { id: head.id, name: String(body?.name) };
      if (!isPassing(status) || tries === MOST_TRIES) {
        return String(body?.message ?? 'The connection was lost. Please try again.');
      }
      const ms = Math.max(wait, FIRST_RETRY_MS * 2 ** (tries - 1));
      await new Promise<void>((go) => later(go, ms));
    }
  }

  async function take(given: Iterable<File>): Promise<void> {
    const files = [...given];
    if (files.length === 0 || !progress.hidden || !talk.token()) return;
    if (files.length > MOST_FILES) {
      told.textContent = `At most ${MOST_FILES} files are sent at once.`;
      return;
    }
    progress.hidden = false;
    const sent: SentFile[] = [];
    const refused: string[] = [];
    for (const [n, file] of files.entries()) {
      told.textContent = `Sending ${file.name}…`;
      const answer = await send(file, (part) => {
        progress.value = (n + part) / files.length;
      });
      if (typeof answer === 'string') refused.push(`${file.name} was not sent: ${answer}`);
      else sent.push(answer);
    }
    progress.hidden = true;
    progress.value = 0;
    told.textContent = refused.join('\n');
    if (sent.length > 0) talk.write('', sent);
  }

  button.addEventListener(
    'click',
    guard(() => input.click()),
  );
  input.addEventListener(
    'change',
    guard(() => {
      take(input.files ?? []);
      input.value = '';
    }),
  );
  return { button, progress, told, take };
}
