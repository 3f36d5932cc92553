// Says what happened in a chat, with the version that its interaction has then.
import { bumpVersion } from '#domains/interactions/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { NewEvent } from '#platform/events/index.ts';
import type { Platform } from '#platform/platform.ts';
import { chatSubject } from './events.ts';
import type { ChatRow } from './store.ts';

/** Appends events of one chat, in their order; each raises its version. The caller holds its lock. */
export async function announce(
  tx: Tx,
  { events }: Pick<Platform, 'events'>,
  { accountId, companyId, id }: Pick<ChatRow, 'accountId' | 'companyId' | 'id'>,
  at: Date,
  happened: readonly Pick<NewEvent, 'definition' | 'payload'>[],
): Promise<void> {
  const told: NewEvent[] = [];
  for (const one of happened) {
    told.push({
      definition: one.definition,
      payload: { chatId: id, ...one.payload },
      companyId,
      subject: chatSubject(id),
      subjectVersion: await bumpVersion(tx, accountId, id),
      occurredAt: at,
    });
  }
  await events.append(tx, accountId, told);
}
