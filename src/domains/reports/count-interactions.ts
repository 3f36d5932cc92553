// Counting: interactions are read as they are now, what they were counted with is taken off the sums, and what they are to
// be counted with is added. So it does not matter how often, how late or in which order somebody tells of a change.

import { isSpamForm, MOST_LOOKED_THROUGH } from '#domains/forms/index.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { endExports } from './exports/purge-exports.ts';
import { awaitAttributionJob, recountLeadJob } from './jobs.ts';
import { type CountableFact, readFacts } from './read-facts.ts';
import {
  addShares,
  deleteFacts,
  type FactRow,
  holdCount,
  readCounted,
  writeFacts,
} from './store.ts';
import { tally } from './tally.ts';

type Jobs = Pick<Platform, 'jobs'>;

/**
 * Counts these interactions anew, those that are gone no longer. The first two interactions of their leads, forms of spam
 * aside, are counted with them, and of chats and forms the first two of these: which one came first may have changed.
 * Holds the interactions against deletion, then the account's counting, until the transaction ends.
 */
export async function countInteractions(
  tx: Tx,
  { jobs }: Jobs,
  accountId: string,
  interactionIds: readonly string[],
): Promise<void> {
  if (interactionIds.length === 0) return;
  const ids = await withFirstOfLeads(tx, accountId, interactionIds);
  // who deletes one waits here before the sums, or we wait for them and find it gone
  await holdInteractions(tx, accountId, ids);
  await holdCount(tx, accountId);
  const before = await readCounted(tx, accountId, ids);
  const factsBefore = new Map(before.map(({ id, fact }) => [id, fact]));
  const now = await readFacts(tx, accountId, ids, factsBefore);
  const factsNow = new Map(now.map(({ id, fact }) => [id, fact]));
  const changes = ids.map((id) => ({
    before: factsBefore.get(id) ?? null,
    after: factsNow.get(id) ?? null,
  }));
  await addShares(tx, accountId, tally(changes));
  await deleteFacts(
    tx,
    accountId,
    ids.filter((id) => factsBefore.has(id) && !factsNow.has(id)),
  );
  await writeFacts(
    tx,
    accountId,
    now.filter((row) => isNews(row, before)),
  );
  await enqueueFollowing(tx, jobs, accountId, now);
}

/**
 * Takes an interaction that was deleted in this transaction off the sums, has its lead counted anew, and ends the exports
 * that may tell of it.
 * @param gone.leadId the lead when it stays
 */
export async function forgetInteraction(
  tx: Tx,
  { jobs, clock }: Pick<Platform, 'jobs' | 'clock'>,
  accountId: string,
  { id, companyId, leadId }: { id: string; companyId: string; leadId: string | null },
): Promise<void> {
  await holdCount(tx, accountId);
  await endExports(tx, { jobs, clock }, accountId, companyId);
  const [counted] = await readCounted(tx, accountId, [id]);
  if (counted) {
    await addShares(tx, accountId, tally([{ before: counted.fact, after: null }]));
    await deleteFacts(tx, accountId, [id]);
  }
  if (leadId) await recountLead(tx, jobs, accountId, leadId);
}

/** Has a lead's interactions counted anew. */
export function recountLead(
  tx: Tx,
  jobs: Platform['jobs'],
  accountId: string,
  leadId: string,
): Promise<void> {
  return jobs.enqueue(tx, recountLeadJob, { accountId, leadId });
}

function isNews(row: CountableFact, before: readonly FactRow[]): boolean {
  const counted = before.find(({ id }) => id === row.id);
  return (
    !counted ||
    counted.leadId !== row.leadId ||
    counted.touches !== row.touches ||
    JSON.stringify(sorted(counted.fact)) !== JSON.stringify(sorted(row.fact))
  );
}

/** jsonb keeps its keys in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}

async function withFirstOfLeads(
  tx: Tx,
  accountId: string,
  ids: readonly string[],
): Promise<string[]> {
  const where = { accountId, id: { in: [...ids] }, leadId: { not: null } };
  const there = await tx.interaction.findMany({ where, select: { leadId: true, kind: true } });
  // an interaction that is gone had one, too
  const counted = await tx.reportFact.findMany({ where, select: { leadId: true } });
  const leadIds = [...new Set([...there, ...counted].map(({ leadId }) => leadId))];
  // of these the first of a kind is told apart from the first of all
  const ofKind = ['CHAT', 'FORM'] as const;
  const firsts = ofKind.flatMap((kind) =>
    [...new Set(there.filter((one) => one.kind === kind).map(({ leadId }) => leadId))].map(
      (leadId) => ({ leadId, kind }),
    ),
  );
  const sql = tenantSql(accountId);
  const leads = [...leadIds, ...firsts.map(({ leadId }) => leadId)];
  const kinds = [...leadIds.map(() => null), ...firsts.map(({ kind }) => kind)];
  const firstOnes = await sql`
    select first.id
      from unnest(${leads}::uuid[], ${kinds}::interaction_kind[]) as wanted(lead_id, kind)
     cross join lateral (
       select e.id
         from (select * from interaction e
                where e.account_id = ${sql.account} and e.lead_id = wanted.lead_id
                  and (wanted.kind is null or e.kind = wanted.kind)
                order by e.occurred_at, e.id limit ${MOST_LOOKED_THROUGH}::int) e
        where not ${isSpamForm(sql)}
        order by e.occurred_at, e.id limit 2) first`.rows<{ id: string }>(tx);
  return [...new Set([...ids, ...firstOnes.map(({ id }) => id)])].sort();
}

async function holdInteractions(tx: Tx, accountId: string, ids: readonly string[]): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    select id from interaction where account_id = ${sql.account} and id = any(${ids}::uuid[])
     order by id for key share`.rows(tx);
}

/** What these interactions show of others that were counted already, and of what is still to come. */
async function enqueueFollowing(
  tx: Tx,
  jobs: Platform['jobs'],
  accountId: string,
  now: readonly CountableFact[],
): Promise<void> {
  // some are put down without a word
  const waiting = now.filter(({ isOver, isJudged }) => isOver && !isJudged);
  await jobs.enqueueAll(
    tx,
    awaitAttributionJob,
    waiting.map(({ id }) => ({ accountId, interactionId: id })),
    ({ interactionId }) => interactionId,
  );
  const leads = await leadsWithOtherTouches(tx, accountId, leadsOf(now));
  await jobs.enqueueAll(
    tx,
    recountLeadJob,
    leads.map((leadId) => ({ accountId, leadId })),
  );
}

function leadsOf(rows: readonly CountableFact[]): string[] {
  return [...new Set(rows.flatMap(({ leadId }) => (leadId ? [leadId] : [])))];
}

/**
 * The leads whose touchpoints changed below what their newest interaction was counted with: a browser was found to be
 * theirs, with visits of before.
 */
async function leadsWithOtherTouches(
  tx: Tx,
  accountId: string,
  leadIds: readonly string[],
): Promise<string[]> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select wanted.lead_id as "leadId"
      from unnest(${leadIds}::uuid[]) as wanted(lead_id)
     cross join lateral (
       select r.occurred_at, r.touches, r.id from report_fact r
        where r.account_id = ${sql.account} and r.lead_id = wanted.lead_id
        order by r.occurred_at desc, r.touches limit 2) counted
     where counted.touches <> (
       select count(distinct t.id) from touchpoint t
        where t.account_id = ${sql.account} and t.lead_id = wanted.lead_id
          and t.at <= counted.occurred_at)
     group by wanted.lead_id`.rows<{ leadId: string }>(tx);
  return rows.map(({ leadId }) => leadId);
}
