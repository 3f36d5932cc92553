// When a past transcript whose redaction was given up is tried again: columns of the table transcript.
import type { Tx } from '#platform/db/index.ts';

interface Place {
  accountId: string;
  transcriptId: string;
}

/** each try may write a whole copy of the sound */
const FIRST_PAUSE_MS = 10 * 60_000;
const LONGEST_PAUSE_MS = 24 * 3_600_000;

/** Notes that redacting it again was given up at `now`: after 10 min it is due again, each time later, up to a day. Returns how often. */
export async function noteGivenUp(
  tx: Tx,
  { accountId, transcriptId: id }: Place,
  now: Date,
): Promise<number> {
  const known = await tx.transcript.findFirst({
    where: { accountId, id },
    select: { redactionTries: true },
  });
  const before = known?.redactionTries ?? 0;
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** before, LONGEST_PAUSE_MS);
  await tx.transcript.updateMany({
    where: { accountId, id },
    data: {
      redactionTries: before + 1,
      redactionRetryAt: new Date(now.getTime() + pauseMs),
    },
  });
  return before + 1;
}

/** Forgets that it was given up: nothing is left to be hidden. */
export async function forgetTries(tx: Tx, { accountId, transcriptId: id }: Place): Promise<void> {
  await tx.transcript.updateMany({
    where: { accountId, id, redactionRetryAt: { not: null } },
    data: { redactionTries: 0, redactionRetryAt: null },
  });
}

/** Those whose next try is due by `now`, the longest due first, over all accounts, at most `limit`. */
export async function dueAgain(tx: Tx, now: Date, limit: number): Promise<Place[]> {
  const rows = await tx.transcript.findMany({
    where: { redactionRetryAt: { lte: now }, state: 'READY' },
    orderBy: { redactionRetryAt: 'asc' },
    take: limit,
    select: { accountId: true, id: true },
  });
  return rows.map(({ accountId, id: transcriptId }) => ({ accountId, transcriptId }));
}
