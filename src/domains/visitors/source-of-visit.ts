// The source row behind a visit's words. Campaigns come from addresses that anybody can write, so a company gets only so
// many new sources a day, and of one address fewer; the session keeps its own words in any case.
import { createHash } from 'node:crypto';
import { ensureSource } from '#domains/numbers/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { Words } from './machine.ts';

const NEW_SOURCES = { name: 'new-sources', tries: 1_000, seconds: 86_400 };
/** or who invents campaigns could use up the day's for all */
const NEW_SOURCES_OF_SENDER = { name: 'new-sources-of-sender', tries: 100, seconds: 86_400 };
const MOST_REMEMBERED = 10_000;
/** as many characters as people may give a source's words */
const MAX_WORD = 200;

/** ids never change, so what is known stays true; "Other" is never kept: tomorrow the words get a source of their own */
const known = new WeakMap<Db, Map<string, Promise<string>>>();

/**
 * The id of the source with a visit's name, medium and campaign; of "Other" once too many new ones came.
 * @param senderId the MAC of the address that a browser's visit came from; absent or empty when the company itself tells of it
 */
export function sourceOfVisit(
  platform: Pick<Platform, 'db' | 'events' | 'limits'>,
  { accountId, companyId }: { accountId: string; companyId: string },
  words: Words,
  senderId?: string,
): Promise<string> {
  const ids = known.get(platform.db) ?? new Map<string, Promise<string>>();
  known.set(platform.db, ids);
  const [name, medium, campaign] = [words.name, words.medium, words.campaign].map((word) =>
    word.slice(0, MAX_WORD).toWellFormed(),
  ) as [string, string, string];
  const key = JSON.stringify([companyId, name, medium, campaign]);
  const found = ids.get(key);
  if (found) return found;
  const forget = () => ids.delete(key);
  const takes = () => mayMake(platform, companyId, senderId);
  const id = provide(platform, accountId, { companyId, name, medium, campaign }, takes, forget);
  ids.set(key, id);
  id.catch(forget);
  for (const oldest of ids.keys()) {
    if (ids.size <= MOST_REMEMBERED) break;
    ids.delete(oldest);
  }
  return id;
}

async function provide(
  platform: Pick<Platform, 'db' | 'events'>,
  accountId: string,
  words: { companyId: string; name: string; medium: string; campaign: string },
  takes: () => Promise<boolean>,
  forget: () => void,
): Promise<string> {
  const { companyId } = words;
  const where = { accountId, ...words };
  const found = await platform.db.prisma.source.findFirst({ where, select: { id: true } });
  if (found) return found.id;
  if (await takes()) return ensureSource(platform, accountId, words);
  forget();
  return ensureSource(platform, accountId, { companyId, name: 'Other', medium: '', campaign: '' });
}

/** Whether the company may have one more, and this sender may bring it. */
async function mayMake(
  { limits }: Pick<Platform, 'limits'>,
  companyId: string,
  senderId: string | undefined,
): Promise<boolean> {
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
  if (senderId && (await limits.take(NEW_SOURCES_OF_SENDER, hash(companyId + senderId)))) {
    return false;
  }
  return !(await limits.take(NEW_SOURCES, hash(companyId)));
}
