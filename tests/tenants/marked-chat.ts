// The marked account's chat, as a page of its company opens it: with a message that carries the mark, and a file.
import { randomUUID } from 'node:crypto';

/** Opens it. */
export async function openMarkedChat(
  server: string,
  { key, origin, session }: { key: string; origin: string; session: string },
  mark: string,
): Promise<void> {
  const post = async (path: string, body: object, file = ''): Promise<{ token: string }> => {
    const text = JSON.stringify({ key, ...body });
    const response = await fetch(`${server}/collect/chat/${path}`, {
      method: 'POST',
      headers: { origin },
      body: file ? `${text}\n${file}` : text,
    });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as { token: string };
  };
  const [chat, file] = [randomUUID(), randomUUID()];
  const { token } = await post('open', {
    ...{ id: chat, session, url: `${origin}/?utm_campaign=${mark}` },
    message: { id: randomUUID(), text: mark },
    person: { name: mark, email: `${mark.toLowerCase()}@example.com` },
  });
  await post('file', { token, id: file, name: `${mark}.txt` }, mark);
  await post('send', { token, message: { id: randomUUID(), text: mark, files: [file] } });
}
