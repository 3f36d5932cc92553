// What a statement costs, as the database counts it: the rows that its plan took up from tables and their indexes.
import type pg from 'pg';

interface Plan {
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Join Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
}

function rowsOf(plan: Plan, table: string): number {
  const own =
    plan['Relation Name'] === table
      ? plan['Actual Rows'] +
        (plan['Rows Removed by Filter'] ?? 0) +
        (plan['Rows Removed by Index Recheck'] ?? 0)
      : 0;
  const below = (plan.Plans ?? []).reduce((sum, one) => sum + rowsOf(one, table), 0);
  return own * plan['Actual Loops'] + below;
}

/**
 * A pool that runs each statement twice: once to count.
 * @returns the pool, and how many rows of a table were taken up by all that ran since it was made; statements = their number
 */
export function countingRows(pool: pg.Pool) {
  const plans: Plan[] = [];
  const query = async (asked: { text: string; values: unknown[] }) => {
    const { rows } = await pool.query(
      `explain (analyze, timing off, format json) ${asked.text}`,
      asked.values,
    );
    plans.push(rows[0]['QUERY PLAN'][0].Plan);
    return pool.query(asked);
  };
  return {
    pool: { query } as unknown as pg.Pool,
    rowsOf: (table: string) => plans.reduce((sum, plan) => sum + rowsOf(plan, table), 0),
    statements: () => plans.length,
  };
}
