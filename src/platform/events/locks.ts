// Causal order: the locks of the subjects that a transaction is about to change, taken before it has a transaction id.
// Who takes them in several calls does so in one order, or two transactions wait for each other: the carrier's session,
// then the consent of numbers, then subjects (call, conversation, chat, form) with leads and what those are known by,
// then the search index.
import { prepare, runSql, type SqlTx } from '#platform/db/index.ts';

// One statement, in the order of the lock numbers, so that two transactions never wait for each other. Neither the locks
// nor the question whether an id is assigned assigns one.
const LOCK = prepare(`
  select pg_current_xact_id_if_assigned() is not null as late,
         count(*) filter (where pg_advisory_xact_lock(key) is not null)
    from (select distinct hashtextextended(name, 0) as key
            from unnest($1::text[]) as name order by key) as sorted`);

const held = new WeakMap<SqlTx, Set<string>>();

/**
 * Waits for the locks of these subjects and holds them until the transaction ends. Must run before the transaction's
 * first write: one that already has its id could wait here, and its events would then stand before those of the
 * transaction it waited for.
 * @param subjects as events name them: `call:<uuid>`; any order, repetitions allowed
 * @throws when the transaction has already written and does not hold the locks.
 */
export async function lockSubjects(
  tx: SqlTx,
  accountId: string,
  subjects: readonly string[],
): Promise<void> {
  const names = held.get(tx) ?? new Set();
  const wanted = subjects
    .map((subject) => `${accountId}:${subject}`)
    .filter((name) => !names.has(name));
  if (wanted.length === 0) return;
  const [row] = (await runSql(tx, LOCK, [wanted])) as { late: boolean }[];
  if (row?.late) {
    throw new Error(
      `The transaction has written before it locked ${subjects.join(', ')}: call events.lock before its first write.`,
    );
  }
  held.set(tx, new Set([...names, ...wanted]));
}
