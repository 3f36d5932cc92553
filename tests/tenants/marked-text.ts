// A text in the marked account, as the carrier tells of it.
import { randomUUID } from 'node:crypto';
import { receiveMessageEvents } from '#domains/messages/receive.ts';
import { readHead } from '#platform/carrier/index.ts';
import type { Town } from '#tests/support/town.ts';

/** Receives a text that carries the mark, by a webhook that waits in the inbox. */
export async function receiveMarkedText(
  { accountId, server }: Town,
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
  };
  const event = { id: randomUUID(), event_type: 'message.received', occurred_at: now };
  const body = JSON.stringify({ data: { ...event, payload } });
  const head = readHead(JSON.parse(body));
  if (!head) throw new Error('The webhook has no head.');
  await platform.inbox.store(accountId, head, body, now);
  await receiveMessageEvents(platform, accountId, mark);
}
