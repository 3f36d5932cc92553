// The source of a visit: found, or made, by those who hold no other subject of the account.
import type { Platform } from '#platform/platform.ts';
import { NUMBERS_SUBJECT } from './events.ts';
import { provideSource, type SourceRow } from './store.ts';

/** The id of a company's source of these words; made when it is new. Ids of sources never change. */
export async function ensureSource(
  { db, events }: Pick<Platform, 'db' | 'events'>,
  accountId: string,
  words: Omit<SourceRow, 'id'>,
): Promise<string> {
  const where = { accountId, ...words };
  const found = await db.prisma.source.findFirst({ where, select: { id: true } });
  if (found) return found.id;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [NUMBERS_SUBJECT]);
    return provideSource(tx, accountId, words);
  });
}
