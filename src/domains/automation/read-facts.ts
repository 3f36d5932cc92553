// Reads what conditions ask about interactions, many at once.
import { type VisitThen, visitsThen } from '#domains/attribution/index.ts';
import { IS_LAST_RUN } from '#domains/intelligence/index.ts';
import type { Interaction } from '#generated/prisma/client.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';
import type { RuleFacts } from './match-conditions.ts';

/** Where no message is asked about, what they wrote is looked through no further back. */
const MOST_TEXTS = 50;

/** An interaction with what conditions ask about it. */
export interface InteractionFacts
  extends Pick<Interaction, 'id' | 'leadStatus' | 'valueCents' | 'assigneeId' | 'occurredAt'> {
  kind: Interaction['kind'];
  companyId: string;
  /** a call or chat that is over, and everything else */
  isOver: boolean;
  /** of a call: insights were drawn of it */
  isRead: boolean;
  facts: RuleFacts;
}

/**
 * Reads interactions of the account.
 * @param of.messageId the one text, or message in a chat, that is asked about; null = the newest 50 that they sent
 * @returns by id; those that are gone are left out
 */
export async function readFacts(
  tx: Tx,
  accountId: string,
  ids: readonly string[],
  of: { messageId: string | null },
): Promise<Map<string, InteractionFacts>> {
  const rows = await readRows(tx, accountId, ids, of.messageId);
  const calls = rows.filter(({ kind }) => kind === 'CALL').map(({ id }) => id);
  const said = calls.length > 0 ? await readSaid(tx, accountId, calls) : new Map<string, Said>();
  const visits = await visitsThen(tx, accountId, ids);
  return new Map(rows.map((row) => [row.id, factsOf(row, said.get(row.id), visits.get(row.id))]));
}

type Row = Awaited<ReturnType<typeof readRows>>[number];

function readRows(tx: Tx, accountId: string, ids: readonly string[], messageId: string | null) {
  const one = messageId && { id: messageId };
  return tx.interaction.findMany({
    where: { accountId, id: { in: [...ids] } },
    select: {
      ...{ id: true, kind: true, companyId: true, leadStatus: true, valueCents: true },
      ...{ assigneeId: true, occurredAt: true },
      source: { select: { name: true, medium: true, campaign: true } },
      tags: { select: { tag: { select: { name: true } } }, orderBy: { tag: { name: 'asc' } } },
      call: {
        select: {
          ...{ state: true, direction: true, outcome: true, trackerId: true, firstCall: true },
          ...{ startedAt: true, endedAt: true },
        },
      },
      form: { select: { fields: true, isFirst: true, pageUrl: true } },
      conversation: {
        select: {
          currentTrackerId: true,
          messages: {
            where: one || { direction: 'INBOUND' },
            orderBy: { at: 'desc' },
            take: MOST_TEXTS,
            select: { text: true },
          },
        },
      },
      chat: {
        select: {
          state: true,
          pageUrl: true,
          messages: {
            where: one || { author: 'VISITOR' },
            orderBy: { seq: 'desc' },
            take: MOST_TEXTS,
            select: { text: true },
          },
        },
      },
    },
  });
}

function factsOf(row: Row, said?: Said, visit?: VisitThen): InteractionFacts {
  const { source, tags, call, form, conversation, chat, ...interaction } = row;
  const { kind, companyId, leadStatus } = interaction;
  const lastedMs = call?.endedAt ? call.endedAt.getTime() - call.startedAt.getTime() : null;
  return {
    ...interaction,
    isOver: call ? call.state === 'ENDED' : chat?.state !== 'OPEN',
    isRead: said?.isRead ?? false,
    facts: {
      ...{ kind, companyId, leadStatus },
      source: source?.name ?? null,
      medium: source?.medium || null,
      campaign: source?.campaign || null,
      landingPage: visit?.landingUrl || null,
      referrer: visit?.referrer || null,
      searchKeyword: visit?.term || null,
      activePage: (form ?? chat ?? visit)?.pageUrl || null,
      tags: tags.map(({ tag }) => tag.name),
      trackerId: call?.trackerId ?? conversation?.currentTrackerId ?? null,
      isFirst: call?.firstCall ?? form?.isFirst ?? null,
      direction: call?.direction ?? null,
      outcome: call?.outcome ?? null,
      durationSeconds: lastedMs === null ? null : Math.max(0, Math.round(lastedMs / 1_000)),
      hits: said?.hits ?? [],
      leadScore: said?.leadScore ?? null,
      signals: said?.signals ?? [],
      fields: (form?.fields ?? []) as { name: string; value: string }[],
      texts: (conversation ?? chat)?.messages.map(({ text }) => text) ?? [],
    },
  };
}

type Said = Pick<RuleFacts, 'hits' | 'leadScore' | 'signals'> & { isRead: boolean };

/** What was found in the transcripts of calls: keywords, and what the last reading came to unless somebody hid it. */
async function readSaid(
  tx: Tx,
  accountId: string,
  callIds: readonly string[],
): Promise<Map<string, Said>> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select c.id,
           (select coalesce(jsonb_agg(jsonb_build_object('setId', f.set_id, 'keyword', f.keyword, 'count', f.count)), '[]')
              from (select h.set_id, h.keyword, count(*)::int as count
                      from transcript t
                      join keyword_hit h on h.account_id = t.account_id and h.transcript_id = t.id
                     where t.account_id = c.account_id and t.call_id = c.id
                     group by h.set_id, h.keyword) f) as hits,
           (select coalesce(jsonb_agg(jsonb_build_object('leadScore', i.lead_score, 'items', i.items,
                              'removed', i.removed_signals)
                            order by r.at, r.id), '[]')
              from transcript t
              join insight_run r on r.account_id = t.account_id and r.transcript_id = t.id
              join insight i on i.account_id = r.account_id and i.run_id = r.id
             where t.account_id = c.account_id and t.call_id = c.id
               and not i.hidden and ${IS_LAST_RUN}) as insights
      from call c
     where c.account_id = ${sql.account} and c.id = any(${callIds}::uuid[])`.rows<{
    id: string;
    hits: Said['hits'];
    insights: { leadScore: string | null; items: { signal?: string }[]; removed: string[] }[];
  }>(tx);
  return new Map(
    rows.map(({ id, hits, insights }) => {
      const signals = insights.flatMap(({ items, removed }) =>
        items.flatMap(({ signal }) => (signal && !removed.includes(signal) ? [signal] : [])),
      );
      const leadScore = insights.findLast((one) => one.leadScore !== null)?.leadScore ?? null;
      const isRead = insights.length > 0;
      return [id, { hits, leadScore, signals: [...new Set(signals)], isRead }];
    }),
  );
}
