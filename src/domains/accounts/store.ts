// The only writer of this domain's tables. Every function but the two that find a key or a person names its account.
import type { AuditEntry, Prisma } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';

/** Prisma, inside or outside a transaction. */
type Reader = Tx;

/**
 * Waits for, and holds until the end of the transaction, a lock on a name. It gives the transaction no xid, so it may
 * stand before the locks of event subjects.
 */
export async function lockInTransaction(tx: Tx, name: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}

/** The lock of an account's settings, companies, members and keys: changes to them are rare and go one by one. */
export function lockSettings(tx: Tx, accountId: string): Promise<void> {
  return lockInTransaction(tx, `settings:${accountId}`);
}

/** The lock of a person, who may belong to several accounts; taken after that of the settings. */
export function lockPerson(tx: Tx, email: string): Promise<void> {
  return lockInTransaction(tx, `person:${email}`);
}

export async function insertAuditEntry(
  tx: Tx,
  entry: Omit<AuditEntry, 'before' | 'after'> & { before?: object; after?: object },
): Promise<void> {
  await tx.auditEntry.create({ data: entry as Prisma.AuditEntryUncheckedCreateInput });
}

export function readIdempotencyKey(tx: Pick<Tx, 'idempotencyKey'>, accountId: string, key: string) {
  return tx.idempotencyKey.findUnique({ where: { accountId_key: { accountId, key } } });
}

/** Writes the answer of a request, over one that has outlived its 24 hours. */
export async function replaceIdempotencyKey(
  tx: Tx,
  row: Prisma.IdempotencyKeyUncheckedCreateInput,
): Promise<void> {
  const { accountId, key, ...data } = row;
  await tx.idempotencyKey.upsert({
    where: { accountId_key: { accountId, key } },
    create: row,
    update: data,
  });
}

/** Deletes up to `limit` answers that were stored before a moment; returns how many. */
export async function deleteIdempotencyKeys(
  prisma: Reader,
  accountId: string,
  before: Date,
  limit: number,
): Promise<number> {
  const old = await prisma.idempotencyKey.findMany({
    where: { accountId, createdAt: { lte: before } },
    select: { key: true },
    take: limit,
  });
  if (old.length === 0) return 0;
  const { count } = await prisma.idempotencyKey.deleteMany({
    where: { accountId, createdAt: { lte: before }, key: { in: old.map((row) => row.key) } },
  });
  return count;
}

/** Every account of this server; asked by the server itself, so there is no viewer. */
export function listAccounts(prisma: Reader) {
  return prisma.account.findMany({ orderBy: { id: 'asc' } });
}

export function countAccounts(prisma: Reader): Promise<number> {
  return prisma.account.count();
}

export function insertAccount(tx: Tx, row: Prisma.AccountUncheckedCreateInput) {
  return tx.account.create({ data: row });
}

/** The account of a viewer; it exists as long as the viewer does. */
export function readAccount(prisma: Reader, id: string) {
  return prisma.account.findUniqueOrThrow({ where: { id } });
}

export function writeAccount(tx: Tx, id: string, data: Prisma.AccountUncheckedUpdateInput) {
  return tx.account.update({ where: { id }, data: { ...data, version: { increment: 1 } } });
}

export function findCarrierSettings(prisma: Reader, accountId: string) {
  return prisma.carrierSettings.findUnique({ where: { accountId } });
}

export function writeCarrierSettings(
  tx: Tx,
  accountId: string,
  fields: { baseUrl: string; sealedApiKey: string; publicKey: string; connectionId: string | null },
) {
  return tx.carrierSettings.upsert({
    where: { accountId },
    create: { accountId, ...fields },
    update: { ...fields, version: { increment: 1 } },
  });
}

export function insertCompany(tx: Tx, row: Prisma.CompanyUncheckedCreateInput) {
  return tx.company.create({ data: row });
}

export function findCompany(prisma: Reader, accountId: string, id: string) {
  return prisma.company.findUnique({ where: { accountId_id: { accountId, id } } });
}

export function writeCompany(
  tx: Tx,
  accountId: string,
  id: string,
  data: Prisma.CompanyUncheckedUpdateInput,
) {
  return tx.company.update({
    where: { accountId_id: { accountId, id } },
    data: { ...data, version: { increment: 1 } },
  });
}

/** Notes that nothing is left of what a company had kept before `since`, unless it has changed its mind again. */
export async function noteRawDropped(
  tx: Tx,
  { accountId, companyId: id }: { accountId: string; companyId: string },
  since: Date,
): Promise<void> {
  await tx.company.updateMany({
    where: { accountId, id, rawKeptSince: since },
    data: { rawKeptSince: null },
  });
}

export function countActiveCompanies(tx: Tx, accountId: string): Promise<number> {
  return tx.company.count({ where: { accountId, status: 'ACTIVE' } });
}

/** How many of these ids are companies of the account. */
export function countCompanies(tx: Tx, accountId: string, ids: readonly string[]): Promise<number> {
  return tx.company.count({ where: { accountId, id: { in: [...ids] } } });
}

/** An API key with the mode of its account. */
export type KeyRow = NonNullable<Awaited<ReturnType<typeof findKeyByHash>>>;

const WITH_MODE = { account: { select: { mode: true, name: true } } } as const;

/** The key with this hash, of whichever account: the lookup that tells whose request it is. */
export function findKeyByHash(prisma: Reader, hash: Buffer<ArrayBuffer>) {
  return prisma.apiKey.findUnique({ where: { hash }, include: WITH_MODE });
}

export function findKeyById(prisma: Reader, accountId: string, id: string) {
  return prisma.apiKey.findUnique({
    where: { accountId_id: { accountId, id } },
    include: WITH_MODE,
  });
}

/** Notes that a key was used at `at`, unless a use after `before` is noted already. */
export async function touchKey(
  prisma: Reader,
  accountId: string,
  id: string,
  at: Date,
  before: Date,
): Promise<void> {
  await prisma.apiKey.updateMany({
    where: { accountId, id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: before } }] },
    data: { lastUsedAt: at },
  });
}

export function insertKey(tx: Tx, row: Prisma.ApiKeyUncheckedCreateInput) {
  return tx.apiKey.create({ data: row, include: WITH_MODE });
}

export function writeKey(
  tx: Tx,
  accountId: string,
  id: string,
  data: { expiresAt?: Date; revokedAt?: Date },
) {
  return tx.apiKey.update({
    where: { accountId_id: { accountId, id } },
    data: { ...data, version: { increment: 1 } },
    include: WITH_MODE,
  });
}

/** A key that this viewer may see: any of the account, or, kept to some companies, those it made and itself. */
export function findVisibleKey(prisma: Reader, viewer: Viewer, id: string) {
  return prisma.apiKey.findFirst({
    where: { AND: [visibleKeys(viewer), { id }] },
    include: WITH_MODE,
  });
}

/** The `where` of the keys that a viewer may see. */
export function visibleKeys({ accountId, actor, companyIds }: Viewer): Prisma.ApiKeyWhereInput {
  if (companyIds === null) return { accountId };
  const own = actor.kind === 'key' ? [{ id: actor.id }] : [];
  return { accountId, OR: [{ createdBy: nameActor(actor) }, ...own] };
}

export function readKeys(
  prisma: Reader,
  query: Pick<Prisma.ApiKeyFindManyArgs, 'where' | 'orderBy' | 'take'>,
) {
  return prisma.apiKey.findMany({ ...query, include: WITH_MODE } as const);
}

/** The key that replaces this one and is still good, if any. */
export function findLiveSuccessor(tx: Tx, key: { accountId: string; id: string }, now: Date) {
  return tx.apiKey.findFirst({
    where: {
      accountId: key.accountId,
      replacesId: key.id,
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
    },
  });
}

/** The keys that were made from this one by rotation, newest first. */
export function findSuccessors(prisma: Reader, accountId: string, id: string) {
  return prisma.apiKey.findMany({
    where: { accountId, replacesId: id },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { id: true },
  });
}

/** A person in an account; `id` is the person's. */
export type Member = NonNullable<Awaited<ReturnType<typeof findMember>>>;

const WITH_USER = { user: true, ...WITH_MODE } as const;

function withId<Row extends { userId: string }>(row: Row): Row & { id: string } {
  return { ...row, id: row.userId };
}

export async function findMember(prisma: Reader, accountId: string, userId: string) {
  const where = { accountId_userId: { accountId, userId } };
  const row = await prisma.membership.findUnique({ where, include: WITH_USER });
  return row && withId(row);
}

export async function readMembers(
  prisma: Reader,
  query: Pick<Prisma.MembershipFindManyArgs, 'where' | 'orderBy' | 'take'>,
) {
  const rows = await prisma.membership.findMany({ ...query, include: WITH_USER } as const);
  return rows.map(withId);
}

export async function findOrInsertUser(
  tx: Tx,
  row: { id: string; email: string; name: string; createdAt: Date },
) {
  const known = await tx.user.findUnique({ where: { email: row.email } });
  return known ?? tx.user.create({ data: row });
}

export async function insertMember(tx: Tx, row: Prisma.MembershipUncheckedCreateInput) {
  return withId(await tx.membership.create({ data: row, include: WITH_USER }));
}

export async function writeMember(
  tx: Tx,
  accountId: string,
  userId: string,
  data: Pick<Member, 'role' | 'allCompanies' | 'companyIds'>,
) {
  return withId(
    await tx.membership.update({
      where: { accountId_userId: { accountId, userId } },
      data: { ...data, version: { increment: 1 } },
      include: WITH_USER,
    }),
  );
}

/** Ends a membership, and forgets a person who has no other one. Hold the person's lock. */
export async function deleteMember(tx: Tx, accountId: string, userId: string): Promise<void> {
  await tx.membership.delete({ where: { accountId_userId: { accountId, userId } } });
  await tx.user.deleteMany({ where: { id: userId, memberships: { none: {} } } });
}

export function countAdmins(tx: Tx, accountId: string): Promise<number> {
  return tx.membership.count({ where: { accountId, role: 'ADMIN' } });
}
