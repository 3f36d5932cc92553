// The only writer of passwords, sessions and links. They belong to people, who may be in several accounts, so they are
// no tenant's rows. They are ours because a session, its audit entry and the membership that it rests on change in one
// transaction: better-auth keeps session tokens in plain text, writes outside our transactions and goes by its own clock.
import type { Prisma } from '#generated/prisma/client.ts';
import type { SignInLinkPurpose } from '#generated/prisma/enums.ts';
import type { Tx } from '#platform/db/index.ts';

type Reader = Tx;

const ACCOUNT = { select: { id: true, name: true, mode: true } } as const;

/** A membership through which a person can sign in, with its account. */
export type OwnMembership = Awaited<ReturnType<typeof readMemberships>>[number];

/** Where a person can sign in, first joined first; NOTIFICATION members cannot (product.md 2.14). */
export function readMemberships(prisma: Reader, userId: string) {
  return prisma.membership.findMany({
    where: { userId, role: { not: 'NOTIFICATION' } },
    include: { account: ACCOUNT },
    orderBy: [{ createdAt: 'asc' }, { accountId: 'asc' }],
  });
}

/** The person of an address, with the hash of their password where they have one. */
export function findPerson(prisma: Reader, email: string) {
  return prisma.user.findUnique({
    where: { email },
    select: { id: true, password: { select: { hash: true } } },
  });
}

export function findPersonById(prisma: Reader, userId: string) {
  return prisma.user.findUnique({
    where: { id: userId },
    select: { id: true, email: true, name: true, password: { select: { hash: true } } },
  });
}

export async function writePassword(
  tx: Tx,
  userId: string,
  data: { hash: string; changedAt: Date },
): Promise<void> {
  await tx.userPassword.upsert({
    where: { userId },
    create: { userId, ...data },
    update: data,
  });
}

export async function writeName(tx: Tx, userId: string, name: string): Promise<void> {
  await tx.user.update({ where: { id: userId }, data: { name } });
}

/** A session without its hash; `membership` is that of its account. */
export type SessionRow = NonNullable<Awaited<ReturnType<typeof findSession>>>;

const SESSION = {
  id: true,
  userId: true,
  accountId: true,
  userAgent: true,
  createdAt: true,
  lastUsedAt: true,
  expiresAt: true,
  membership: { include: { account: ACCOUNT } },
} as const satisfies Prisma.SessionSelect;

export function insertSession(tx: Tx, data: Prisma.SessionUncheckedCreateInput) {
  return tx.session.create({ data, select: SESSION });
}

/** One session, of whichever person: by its token's hash or its id. */
export function findSession(
  prisma: Reader,
  where: { tokenHash: Buffer<ArrayBuffer> } | { id: string },
) {
  return prisma.session.findUnique({ where, select: SESSION });
}

export function readSessions(
  prisma: Reader,
  query: Pick<Prisma.SessionFindManyArgs, 'where' | 'orderBy' | 'skip' | 'take'>,
) {
  return prisma.session.findMany({ ...query, select: SESSION } as const);
}

export function writeSession(
  tx: Tx,
  id: string,
  data: { tokenHash: Buffer<ArrayBuffer>; accountId?: string },
) {
  return tx.session.update({ where: { id }, data, select: SESSION });
}

/** Notes a use at `at`, unless one after `before` is noted already. */
export async function touchSession(
  prisma: Reader,
  id: string,
  at: Date,
  before: Date,
): Promise<void> {
  const where = { id, lastUsedAt: { lte: before } };
  await prisma.session.updateMany({ where, data: { lastUsedAt: at } });
}

/** Ends sessions; returns how many. */
export async function deleteSessions(
  tx: Tx,
  where: Prisma.SessionWhereInput & ({ userId: string } | { tokenHash: Buffer<ArrayBuffer> }),
): Promise<number> {
  return (await tx.session.deleteMany({ where })).count;
}

export async function insertLink(tx: Tx, data: Prisma.SignInLinkUncheckedCreateInput) {
  await tx.signInLink.create({ data });
}

export function findLink(
  prisma: Reader,
  hash: Buffer<ArrayBuffer>,
  purpose: SignInLinkPurpose,
  now: Date,
) {
  return prisma.signInLink.findUnique({
    where: { hash, purpose, expiresAt: { gt: now } },
    select: { userId: true, accountId: true, user: { select: { email: true } } },
  });
}

/** Ends all links that a person has. */
export async function deleteLinks(tx: Tx, userId: string): Promise<void> {
  await tx.signInLink.deleteMany({ where: { userId } });
}

/** Deletes up to `limit` sessions that match; returns how many. */
export async function purgeSessions(
  prisma: Reader,
  where: Prisma.SessionWhereInput,
  limit: number,
): Promise<number> {
  const { count } = await prisma.session.deleteMany({ where, limit });
  return count;
}

/** Deletes up to `limit` links that ended before a moment; returns how many. */
export async function purgeLinks(prisma: Reader, before: Date, limit: number): Promise<number> {
  const { count } = await prisma.signInLink.deleteMany({
    where: { expiresAt: { lte: before } },
    limit,
  });
  return count;
}
