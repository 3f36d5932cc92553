// Page views and heartbeats of sessions under way, many in one transaction: stored, the session kept alive, and with it
// the numbers that it holds.
import type { LimitFunction } from 'p-limit';
import type { Platform } from '#platform/platform.ts';
import { extendLeases, pinLease } from './store-leases.ts';
import { type SessionSign, takeSigns } from './store-sessions.ts';

/** What a page tells of a session under way. */
export interface SignOfLife extends SessionSign {
  /** the visitor pressed a link to dial this number, E.164 */
  dialled: string | null;
  /** false: its page shows no telephone number, and has none to lose */
  shows: boolean;
}

/** What came of a sign. LOST: the session lives, but a number that its page shows may no longer be its own. */
export type SignOutcome = 'KEPT' | 'LOST' | 'OVER';

/**
 * Writes signs of any accounts, each account's in one transaction.
 * @param inTurn bounds the transactions of the process that are under way at once
 * @returns for each what came of it, in their order. A page view of a session that lives is stored whatever else
 */
export async function writeSigns(
  platform: Pick<Platform, 'db' | 'clock'>,
  signs: readonly SignOfLife[],
  inTurn: LimitFunction,
): Promise<SignOutcome[]> {
  const accounts = [...Map.groupBy(signs, ({ accountId }) => accountId)];
  const written = await Promise.all(
    accounts.map(([accountId, own]) => inTurn(() => writeOfAccount(platform, accountId, own))),
  );
  const outcomes = new Map(written.flatMap((one) => [...one]));
  return signs.map((sign) => outcomes.get(sign) ?? 'OVER');
}

function writeOfAccount(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  accountId: string,
  signs: readonly SignOfLife[],
): Promise<Map<SignOfLife, SignOutcome>> {
  const now = clock.now(accountId);
  return db.transaction(async (tx) => {
    const taken = (await takeSigns(tx, accountId, signs, now)).map(({ n, leases }) => ({
      sign: signs[n] as SignOfLife,
      leases,
    }));
    const leases = new Map(taken.map((one) => [one.sign.sessionId, one.leases]));
    const holders = [...leases.keys()].filter((id) => leases.get(id));
    // a statement of its own: it sees the numbers that were given until the sessions were held
    const extended = await extendLeases(tx, accountId, holders, now);
    for (const { sign } of taken) {
      const { sessionId, dialled } = sign;
      if (dialled !== null) await pinLease(tx, accountId, { sessionId, number: dialled }, now);
    }
    const lost = new Set(holders.filter((id) => (extended.get(id) ?? 0) < (leases.get(id) ?? 0)));
    return new Map(
      taken.map(({ sign }) => {
        const isLost = sign.shows && lost.has(sign.sessionId);
        return [sign, isLost ? 'LOST' : 'KEPT'] as const;
      }),
    );
  });
}
