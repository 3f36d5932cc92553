// A text in the marked account, as the carrier tells of it.
import { randomUUID } from 'node:crypto';
import { receiveMessageEvents } from '#domains/messages/index.ts';
import { readHead } from '#platform/carrier/index.ts';
import type { Town } from '#tests/support/town.ts';

const PICTURE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Receives a text that carries the mark and a picture, by a webhook that waits in the inbox. */
export async function receiveMarkedText(
  { accountId, server, until }: Town,
  to: string,
  from: string,
  mark: string,
): Promise<void> {
  const { platform } = server;
  const now = platform.clock.now(accountId);
  const payload = {
    id: mark,
    text: mark,
    from: { phone_number: from },
    to: [{ phone_number: to }],
    media: [{ url: PICTURE }],
  };
  const event = { id: randomUUID(), event_type: 'message.received', occurred_at: now };
  const body = JSON.stringify({ data: { ...event, payload } });
  const head = readHead(JSON.parse(body));
  if (!head) throw new Error('The webhook has no head.');
  await platform.inbox.store(accountId, head, body, now);
  await receiveMessageEvents(platform, accountId, mark);
  await until('the picture is here', () =>
    platform.db.prisma.messageMedia.findFirst({ where: { accountId, state: 'READY' } }),
  );
}
