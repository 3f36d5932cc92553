// From the bearer of a request to a viewer, and the check, repeated while a subscription is open, that the viewer's
// rights still stand. Rows are remembered for two seconds: a busy partner costs one query, a revocation is seen at once
// in the process that made it and within two seconds in every other.
import type { Clock } from '#platform/clock/index.ts';
import {
  DatabaseUnavailable,
  type Db,
  isDatabaseUnavailable,
  openShortMemory,
  type ShortMemory,
  type Tx,
} from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import { Unauthenticated } from './errors.ts';
import { hashKey, isWellFormedKey } from './key-format.ts';
import { recheckSession } from './sign-in/authenticate-session.ts';
import { findKeyByHash, findKeyById, findMember, type KeyRow, touchKey } from './store.ts';
import { keyViewer, memberViewer } from './viewers.ts';

interface Accounts {
  db: { prisma: Tx };
  clock: Clock;
}

/** last_used_at is written at most this often per key. */
const TOUCH_EVERY_MS = 60_000;

/**
 * Finds the viewer behind an API key.
 * @param bearer the key, with or without "Bearer " before it; empty or absent when the request carried none
 * @throws Unauthenticated with the reason; a malformed key is refused without a query. DatabaseUnavailable
 */
export async function authenticateKey(
  { db, clock }: Accounts,
  bearer: string | null | undefined,
): Promise<Viewer> {
  const key = (bearer ?? '').replace(/^Bearer\s+/i, '').trim();
  if (key === '') throw new Unauthenticated('MISSING');
  if (!isWellFormedKey(key)) throw new Unauthenticated('MALFORMED');
  const hash = hashKey(key);
  const memory = memoryOf(db);
  const row = await reaching(
    memory.keys.read(hash.toString('hex'), () => findKeyByHash(db.prisma, hash)),
  );
  const viewer = viewerOfKey(row, clock);
  noteUse(db, clock, row as KeyRow, memory.touchedAt);
  return viewer;
}

/**
 * Asks again whether a viewer may still act; for subscriptions, which live longer than rights.
 * @returns the viewer as it is now: scopes, role and companies may have become fewer
 * @throws Unauthenticated when the key or session has expired or was revoked, the session was moved to another account,
 *   or the member was removed. DatabaseUnavailable, which says nothing about the rights
 */
export async function recheck({ db, clock }: Accounts, viewer: Viewer): Promise<Viewer> {
  const { accountId, actor } = viewer;
  if (actor.kind === 'system') return viewer;
  if (actor.kind === 'user' && actor.sessionId) {
    return recheckSession({ db, clock }, viewer, actor.sessionId);
  }
  const memory = memoryOf(db);
  const name = `${accountId}:${actor.id}`;
  if (actor.kind === 'key') {
    const row = await reaching(
      memory.keys.read(name, () => findKeyById(db.prisma, accountId, actor.id)),
    );
    return viewerOfKey(row, clock);
  }
  const member = await reaching(
    memory.members.read(name, () => findMember(db.prisma, accountId, actor.id)),
  );
  if (!member) throw new Unauthenticated('REVOKED');
  return memberViewer(member);
}

/** Drops what this process remembers of a key; for afterCommit of a change. */
export function forgetKey(db: Db, key: { accountId: string; id: string; hash: Uint8Array }): void {
  const { keys } = memoryOf(db);
  keys.forget(Buffer.from(key.hash).toString('hex'));
  keys.forget(`${key.accountId}:${key.id}`);
}

/** Drops what this process remembers of a member; for afterCommit of a change. */
export function forgetMember(db: Db, accountId: string, userId: string): void {
  memoryOf(db).members.forget(`${accountId}:${userId}`);
}

/** A database that is down must not look like a key that is bad. */
async function reaching<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw isDatabaseUnavailable(error) ? new DatabaseUnavailable(error) : error;
  }
}

function viewerOfKey(row: KeyRow | null, clock: Clock): Viewer {
  if (!row) throw new Unauthenticated('UNKNOWN');
  if (row.revokedAt) throw new Unauthenticated('REVOKED');
  if (row.expiresAt && row.expiresAt <= clock.now(row.accountId)) {
    throw new Unauthenticated('EXPIRED');
  }
  return keyViewer(row);
}

interface Memory {
  keys: ShortMemory<KeyRow | null>;
  members: ShortMemory<Awaited<ReturnType<typeof findMember>>>;
  /** key id → when its use was last written, on the business clock */
  touchedAt: Map<string, number>;
}

const memories = new WeakMap<Accounts['db'], Memory>();

function memoryOf(db: Accounts['db']): Memory {
  const known = memories.get(db);
  if (known) return known;
  const memory: Memory = {
    keys: openShortMemory(),
    members: openShortMemory(),
    touchedAt: new Map(),
  };
  memories.set(db, memory);
  return memory;
}

/** Beside the request, never in its way: a use that could not be noted harms nobody, and the next minute notes it. */
function noteUse(
  db: Accounts['db'],
  clock: Clock,
  key: KeyRow,
  touchedAt: Map<string, number>,
): void {
  const now = clock.now(key.accountId);
  const last = touchedAt.get(key.id) ?? key.lastUsedAt?.getTime() ?? 0;
  if (now.getTime() - last < TOUCH_EVERY_MS) return;
  touchedAt.set(key.id, now.getTime());
  const before = new Date(now.getTime() - TOUCH_EVERY_MS);
  touchKey(db.prisma, key.accountId, key.id, now, before).catch(() => touchedAt.delete(key.id));
}
