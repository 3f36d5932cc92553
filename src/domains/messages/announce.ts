// Says what became of a message, with the version of its conversation.
import { bumpVersion } from '#domains/interactions/index.ts';
import { type SqlTx, unawaited } from '#platform/db/index.ts';
import type { NewEvent } from '#platform/events/index.ts';
import type { Platform } from '#platform/platform.ts';
import { conversationSubject } from './events.ts';

/** What happened to which message. */
export interface Happened {
  definition: NewEvent['definition'];
  messageId: string;
  /** of the payload, besides the ids */
  more?: object;
}

/**
 * Appends events of one conversation. The caller holds its lock.
 * @param of.version the version of a conversation that has just been stored; else it is raised by each event
 */
export async function announce(
  tx: SqlTx,
  { events }: Pick<Platform, 'events'>,
  of: { accountId: string; companyId: string; conversationId: string; at: Date; version?: number },
  happened: readonly Happened[],
): Promise<void> {
  const { accountId, companyId, conversationId, at } = of;
  const told: NewEvent[] = [];
  for (const { definition, messageId, more } of happened) {
    const isNew = of.version !== undefined && told.length === 0;
    told.push({
      definition,
      companyId,
      subject: conversationSubject(conversationId),
      subjectVersion: isNew ? (of.version ?? 1) : await bumpVersion(tx, accountId, conversationId),
      occurredAt: at,
      payload: { conversationId, messageId, ...more },
    });
  }
  await unawaited(tx, () => events.append(tx, accountId, told));
}
