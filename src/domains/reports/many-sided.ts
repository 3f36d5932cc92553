// Credit by weights of one's own. What every model gives to the same source and keyword stands in the sums of EVERY_MODEL,
// which are right for weights, too; the interactions that are left, the many-sided ones, are read themselves: found by an
// index that has them alone, read some thousands at a time, and alike journeys together.
import { type PlaceWeights, shareCredit } from '#domains/attribution/index.ts';
import { type Db, type SqlPart, sqlPart, type TenantSql, tenantSql } from '#platform/db/index.ts';
import { invalidInput } from '#values/refusals.ts';
import { NONE, WHOLE } from './fact.ts';
import { addMeasures, type Measures, NOTHING } from './measures.ts';
import { readInTurn } from './read-in-turn.ts';
import type { SumWish } from './read-sums.ts';
import { ADDS, ADDS_OF_FACT, SUMS, toMeasures } from './sums-in-sql.ts';

/** In a range. */
export const MOST_MANY_SIDED = 200_000;
/** Read by one statement, which may take 5 s. */
const CHUNK = 10_000;

/** What the many-sided interactions are credited to: by the source's id or by the keyword, '' for none; in millionths. */
export type SharedCredits = ReadonlyMap<string, Measures>;

/** What isOneSided of fact.ts denies, and the condition of the index report_fact_many_sided. */
const IS_MANY_SIDED = sqlPart`(r.fact @@ '$.touches[*].sourceId != $.touches[0].sourceId || $.touches[*].keyword != $.touches[0].keyword'::jsonpath
  or not r.fact -> 'credits' -> 'LEAD_CREATION' @> '[1000000]'::jsonb)`;

/**
 * Shares the credit of the range's many-sided interactions.
 * @param wish the companies and the moments; of these the first and the last count
 * @param by what is asked for of the touchpoints
 * @param most interactions
 * @throws ReportTimedOut; Refused INVALID_INPUT when there are more
 */
export async function shareManySided(
  db: Pick<Db, 'pool'>,
  wish: SumWish,
  weights: PlaceWeights,
  by: 'sourceId' | 'keyword',
  most = MOST_MANY_SIDED,
): Promise<SharedCredits> {
  const inTurn = readInTurn(db);
  const ids = await inTurn(() => findManySided(db, wish, most));
  const credited = new Map<string, Measures>();
  const shares = new Map<string, number[]>();
  for (let n = 0; n < ids.length; n += CHUNK) {
    const chunk = ids.slice(n, n + CHUNK);
    for (const journey of await inTurn(() => readJourneys(db, wish, chunk, by))) {
      const { places, created, qualified } = journey;
      const shape = `${created}/${qualified}`;
      const credits = shares.get(shape) ?? shareShape(weights, created, qualified);
      shares.set(shape, credits);
      const sums = toMeasures(journey.sums);
      for (const [place, credit] of credits.entries()) {
        if (credit === 0) continue;
        const key = places[place] ?? (by === 'sourceId' ? NONE : '');
        credited.set(key, addMeasures(credited.get(key) ?? NOTHING, sums, BigInt(credit)));
      }
    }
  }
  return credited;
}

async function findManySided(
  { pool }: Pick<Db, 'pool'>,
  { accountId, companyIds, moments }: SumWish,
  most: number,
): Promise<string[]> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select r.id from report_fact r
     where r.account_id = ${sql.account} and r.company_id = any(${companyIds}::uuid[])
       and r.occurred_at >= ${new Date(moments[0] as number)}::timestamptz
       and r.occurred_at < ${new Date(moments.at(-1) as number)}::timestamptz
       and ${IS_MANY_SIDED}
     limit ${most + 1}::int`.rows<{ id: string }>(pool);
  if (rows.length <= most) return rows.map(({ id }) => id);
  throw invalidInput(
    'weights',
    `Weights of your own are shared out over at most ${most} interactions that more than one source or keyword brought, and this range has more. Ask for fewer days or companies, or take a model.`,
  );
}

/** Journeys that are alike in all that counts, and what their interactions add together. */
interface JourneySums {
  /** the source's id or the keyword of each touchpoint */
  places: string[];
  /** the credits of the model LEAD_CREATION, which gives all to one place or nothing */
  created: number[];
  /** likewise of QUALIFIED */
  qualified: number[];
  sums: Record<string, string>;
}

async function readJourneys(
  { pool }: Pick<Db, 'pool'>,
  { accountId }: SumWish,
  ids: readonly string[],
  by: 'sourceId' | 'keyword',
): Promise<JourneySums[]> {
  const sql = tenantSql(accountId);
  const path = `$.touches[*].${by}`;
  const rows = await sql`
    select b.places, b.created, b.qualified, ${SUMS}
      from (select 1 as sign, jsonb_path_query_array(r.fact, ${path}::jsonpath) as places,
                   f.credits -> 'LEAD_CREATION' as created, f.credits -> 'QUALIFIED' as qualified,
                   ${ADDS}
              from report_fact r
             cross join lateral jsonb_to_record(r.fact) as f(credits jsonb, adds jsonb)
             cross join lateral ${ADDS_OF_FACT}
             where r.account_id = ${sql.account} and r.id = any(${ids}::uuid[])) b
     group by 1, 2, 3`.rows<Omit<JourneySums, 'sums'> & Record<string, string>>(pool);
  return rows.map(({ places, created, qualified, ...sums }) => ({
    ...{ places, created, qualified },
    sums: sums as Record<string, string>,
  }));
}

/** @returns the credit of each touchpoint in their order, and at last what none of them gets */
function shareShape(weights: PlaceWeights, created: number[], qualified: number[]): number[] {
  const placeOf = (credits: number[]) => {
    const place = credits.indexOf(Number(WHOLE));
    return place < 0 ? null : place;
  };
  const credits = shareCredit(weights, {
    // weights ask for places, not for moments
    at: created.map(() => 0),
    leadCreated: placeOf(created),
    qualified: placeOf(qualified),
  });
  return [...credits, credits.reduce((rest, credit) => rest - credit, Number(WHOLE))];
}

/** Shared credits as rows of sums. */
export function sharedSums(
  sql: TenantSql,
  { accountId }: SumWish,
  by: 'sourceId' | 'keyword',
  credited: SharedCredits,
): SqlPart {
  const rows = [...credited].map(([key, sums]) => ({
    ...{ account_id: accountId, key },
    ...Object.fromEntries(Object.entries(sums).map(([name, value]) => [name, `${value}`])),
  }));
  return sqlPart`
    select 0 as n, 1 as sign, a.account_id, null::uuid as company_id,
           null::interaction_kind as kind, ${NONE}::uuid as tracker_id,
           ${by === 'sourceId' ? sqlPart`a.key::uuid` : sqlPart`${NONE}::uuid`} as source_id,
           ${by === 'keyword' ? sqlPart`a.key` : sqlPart`''`} as word, ${ADDS}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as a(
             account_id uuid, key text, interactions bigint, answered bigint, missed bigint,
             abandoned bigint, voicemails bigint, "firstTime" bigint, leads bigint,
             "goodLeads" bigint, "durationSeconds" bigint, "valueCents" numeric)
     where a.account_id = ${sql.account}`;
}
