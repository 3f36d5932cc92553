// Makers for the tests of accounts: an account with one company, and viewers of every kind.
import { createAccount } from '#domains/accounts/create-account.ts';
import { createCompany } from '#domains/accounts/create-company.ts';
import { systemViewer } from '#domains/accounts/viewers.ts';
import { turnedClock } from '#platform/clock/index.ts';
import type { Db } from '#platform/db/index.ts';
import { Refused } from '#values/refusals.ts';
import { type Role, SCOPES, type Scope } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';

export const START = new Date('2026-03-02T15:00:00.000Z');

/** For verbs whose jobs are another test's matter (tests/journeys/people.test.ts). */
export const noJobs = { enqueue: async () => {} };

/** For verbs that lock subjects, of which none is anybody else's here. */
export const noEvents = { lock: async () => {} };

/** An account with one active company, its clock, and the server's own viewer. */
export async function foundAccount(db: Db, mode: 'LIVE' | 'TEST' = 'TEST') {
  const clock = turnedClock(START);
  const account = await createAccount({ db, clock }, { name: 'Harbour Agency', mode });
  const admin = systemViewer(account.id, mode, 'tests');
  const company = await createCompany({ db, clock }, admin, { name: 'Garage Doors' });
  return { db, clock, jobs: noJobs, account, admin, company };
}

/** A person with this role; all scopes unless told otherwise. */
export function person(
  accountId: string,
  role: Role,
  more: { scopes?: readonly Scope[]; companyIds?: readonly string[] | null; id?: string } = {},
): Viewer {
  return {
    accountId,
    mode: 'TEST',
    actor: { kind: 'user', id: more.id ?? 'a-person' },
    role,
    scopes: more.scopes ?? SCOPES,
    companyIds: more.companyIds ?? null,
  };
}

/** What a verb refused with, without its text; null when it did not refuse. */
export async function refusalOf(work: Promise<unknown>) {
  try {
    await work;
    return null;
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    return { code: thrown.code, field: thrown.field.join('.') };
  }
}

/** Opens so many connections of the pool, so that what runs at once after this really does. */
export async function openConnections(db: Db, count: number): Promise<void> {
  let waiting = 0;
  const { promise: allOpen, resolve } = Promise.withResolvers<void>();
  const hold = () =>
    db.transaction(async (tx) => {
      await tx.$executeRaw`select 1`;
      waiting += 1;
      if (waiting === count) resolve();
      await allOpen;
    });
  await Promise.all(Array.from({ length: count }, hold));
}
