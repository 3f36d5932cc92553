// Rights that outlive the request in which they were handed down: what is done later in somebody's name is done with
// what they gave then and still have now, never with more.
import type { Clock } from '#platform/clock/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Actor, Viewer } from '#values/viewer.ts';
import { recheck } from './authenticate-key.ts';
import { Unauthenticated } from './errors.ts';
import { findSuccessors, readAccount } from './store.ts';
import { systemViewer } from './viewers.ts';

/** What was handed down. */
export interface Grant {
  accountId: string;
  /** as rows name it: key:<id>, user:<id>, system:<name> */
  actor: string;
  scopes: readonly string[];
  /** null = every company */
  companyIds: readonly string[] | null;
}

/**
 * The viewer that a grant makes now: its scopes and companies, as far as the actor still has them. A key that was rotated
 * is followed to its successor, which is then the viewer's actor.
 * @param accounts.db where it is read: what a transaction sees, too
 * @returns null when nothing is left: the key has ended, the member was removed, or no scope or company is in both
 * @throws DatabaseUnavailable, which says nothing about the rights
 */
export async function currentRights(
  accounts: { db: { prisma: Tx }; clock: Clock },
  grant: Grant,
): Promise<Viewer | null> {
  const actor = readActor(grant.actor);
  const viewer =
    actor.kind === 'system'
      ? await serverItself(accounts, grant.accountId, actor.id)
      : await findLive(accounts, grant.accountId, actor);
  if (!viewer) return null;
  const scopes = viewer.scopes.filter((scope) => grant.scopes.includes(scope));
  const companyIds = common(viewer.companyIds, grant.companyIds);
  return scopes.length === 0 || companyIds?.length === 0 ? null : { ...viewer, scopes, companyIds };
}

function readActor(name: string): Actor {
  const colon = name.indexOf(':');
  return { kind: name.slice(0, colon) as Actor['kind'], id: name.slice(colon + 1) };
}

async function serverItself(
  { db }: { db: { prisma: Tx } },
  accountId: string,
  part: string,
): Promise<Viewer> {
  const { mode } = await readAccount(db.prisma, accountId);
  return systemViewer(accountId, mode, part);
}

/** The actor as it stands, or of a key's successors the newest that is good. */
async function findLive(
  accounts: { db: { prisma: Tx }; clock: Clock },
  accountId: string,
  actor: Actor,
): Promise<Viewer | null> {
  const asked: Viewer = {
    accountId,
    actor,
    mode: 'TEST',
    role: 'NOTIFICATION',
    scopes: [],
    companyIds: [],
  };
  try {
    return await recheck(accounts, asked);
  } catch (thrown) {
    if (!(thrown instanceof Unauthenticated)) throw thrown;
  }
  if (actor.kind !== 'key') return null;
  for (const { id } of await findSuccessors(accounts.db.prisma, accountId, actor.id)) {
    const found = await findLive(accounts, accountId, { kind: 'key', id });
    if (found) return found;
  }
  return null;
}

function common(
  one: readonly string[] | null,
  other: readonly string[] | null,
): readonly string[] | null {
  if (one === null || other === null) return one ?? other;
  return one.filter((id) => other.includes(id));
}
