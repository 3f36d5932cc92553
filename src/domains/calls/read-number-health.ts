// How tracking numbers do: their calls of the last 30 days, counted in one statement for all numbers of a request.
import type { CarrierProblem } from '#domains/numbers/index.ts';
import { tenantSql } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import {
  type NumberFacts,
  type NumberProblemKind,
  problemsOf,
  SHORT_SECONDS,
  SPAM_REPEATS,
  WINDOW_DAYS,
} from './number-health.ts';

/** What of a number's row its health is judged by. */
export interface HealthyNumber {
  id: string;
  /** E.164 */
  number: string;
  status: string;
  failure: string | null;
  carrierStatus: string | null;
  problems: string[];
  checkedAt: Date | null;
  createdAt: Date;
}

export interface NumberHealth extends Pick<NumberFacts, 'calls' | 'answered' | 'short' | 'spam'> {
  lastCallAt: Date | null;
  lastDialledAt: Date | null;
  carrierStatus: string | null;
  checkedAt: Date | null;
  problems: NumberProblemKind[];
}

interface CountedRow {
  id: string;
  last_call_at: Date | null;
  calls: number;
  answered: number;
  short: number;
  spam: number;
}

const WINDOW_MS = WINDOW_DAYS * 86_400_000;

/**
 * The health of numbers, in their order. A number that was bought anew counts its calls from then on.
 *
 * A call looks like spam when it is marked so, or when it was short and its caller withheld the number or made three or
 * more short calls to this number within the 30 days.
 */
export async function readNumberHealth(
  { db, inbox, clock }: Pick<Platform, 'db' | 'inbox' | 'clock'>,
  accountId: string,
  numbers: readonly HealthyNumber[],
): Promise<NumberHealth[]> {
  const now = clock.now(accountId);
  const counted = await count(db, accountId, numbers, new Date(now.getTime() - WINDOW_MS));
  const dialled = await inbox.lastDialled(
    accountId,
    numbers.map(({ number, createdAt }) => ({ number, since: createdAt })),
  );
  return numbers.map((number, n) => {
    const row = counted.get(number.id);
    const { calls = 0, answered = 0, short = 0, spam = 0 } = row ?? {};
    const { checkedAt, carrierStatus, createdAt } = number;
    const facts: NumberFacts = {
      createdAt,
      checkedAt,
      problems: number.problems as CarrierProblem[],
      releaseRefused: number.status === 'ACTIVE' && number.failure !== null,
      calls,
      answered,
      short,
      spam,
    };
    return {
      calls,
      answered,
      short,
      spam,
      lastCallAt: row?.last_call_at ?? null,
      lastDialledAt: dialled[n] ?? null,
      carrierStatus,
      checkedAt,
      problems: problemsOf(facts, now),
    };
  });
}

async function count(
  { pool }: Platform['db'],
  accountId: string,
  numbers: readonly HealthyNumber[],
  windowFrom: Date,
): Promise<Map<string, CountedRow>> {
  const sql = tenantSql(accountId);
  const ids = numbers.map(({ id }) => id);
  const e164s = numbers.map(({ number }) => number);
  const sinces = numbers.map(({ createdAt }) => createdAt.toISOString());
  const rows = await sql`
    with wanted as (
      select * from unnest(${ids}::uuid[], ${e164s}::text[], ${sinces}::timestamptz[])
        as one(id, number, since)
    ), recent as (
      select w.id, c.from_number, c.spam, c.answered_at is not null as answered,
             c.ended_at - c.started_at < ${SHORT_SECONDS} * interval '1 second' as short
        from wanted w
        join call c on c.to_number = w.number
                   and c.started_at >= greatest(w.since, ${windowFrom}::timestamptz)
       where c.account_id = ${sql.account} and c.direction = 'INBOUND' and c.state = 'ENDED'
    ), judged as (
      select r.*, count(*) filter (where short) over (partition by id, from_number) as repeats
        from recent r
    ), totals as (
      select id, count(*)::int as calls, (count(*) filter (where answered))::int as answered,
             (count(*) filter (where short))::int as short,
             (count(*) filter (where spam
                or (short and (from_number is null or repeats >= ${SPAM_REPEATS}))))::int as spam
        from judged group by id
    )
    select w.id, coalesce(t.calls, 0) as calls, coalesce(t.answered, 0) as answered,
           coalesce(t.short, 0) as short, coalesce(t.spam, 0) as spam,
           (select max(c.started_at) from call c
             where c.account_id = ${sql.account} and c.to_number = w.number
               and c.started_at >= w.since) as last_call_at
      from wanted w left join totals t on t.id = w.id`.rows<CountedRow>(pool);
  return new Map(rows.map((row) => [row.id, row]));
}
