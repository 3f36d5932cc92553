// Sends to the chat's door. A text in CORS mode has no preflight before it.
import { guard, request } from '../swap/host-page.ts';
import type { Place } from './words.ts';

const STATUS_OF_LOST = 0;

/** What came back: status 0 when nothing did; `wait` is how long the server asks us to, in milliseconds. */
export interface Answer {
  status: number;
  body: Record<string, unknown> | null;
  wait: number;
}

/** The request as it goes out; for the stream, which reads its answer itself. */
export const open = (
  { server, key }: Pick<Place, 'server' | 'key'>,
  path: string,
  body: object,
  signal?: AbortSignal,
): Promise<Response> =>
  request(`${server}/collect/${path}`, {
    method: 'POST',
    body: JSON.stringify({ key, ...body }),
    credentials: 'omit',
    ...(signal ? { signal } : {}),
  });

/** Sends it and reads the answer. Never rejects. */
export async function post(place: Place, path: string, body: object): Promise<Answer> {
  try {
    const response = await open(place, path, body);
    const text = await response.text();
    const wait = Number(response.headers.get('retry-after') ?? 0) * 1_000;
    return { status: response.status, body: text ? JSON.parse(text) : null, wait };
  } catch {
    return { status: STATUS_OF_LOST, body: null, wait: 0 };
  }
}

/**
 * Sends a file behind a line that says what it is. Never rejects.
 * @param onPart how much of it is sent, 0 to 1
 */
export const upload = (
  { server, key }: Pick<Place, 'server' | 'key'>,
  head: object,
  file: Blob,
  onPart: (part: number) => void,
): Promise<Answer> =>
  new Promise((resolve) => {
    // fetch tells of no progress
    const sender = new XMLHttpRequest();
    const answer = () => {
      const wait = Number(sender.getResponseHeader('retry-after') ?? 0) * 1_000;
      const body = sender.responseText ? JSON.parse(sender.responseText) : null;
      return { status: sender.status, body, wait };
    };
    sender.onloadend = () => {
      resolve(guard(answer)() ?? { status: STATUS_OF_LOST, body: null, wait: 0 });
    };
    sender.upload.onprogress = ({ loaded, total }) => onPart(loaded / total);
    sender.open('POST', `${server}/collect/chat/file`);
    const line = `${JSON.stringify({ key, ...head })}\n`;
    sender.send(new Blob([line, file], { type: 'text/plain' }));
  });

/** Whether the same may be taken later. */
export const isPassing = (status: number): boolean =>
  status === STATUS_OF_LOST || status === 429 || status > 499;
