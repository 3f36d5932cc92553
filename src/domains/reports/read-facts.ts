// Reads interactions as they are to be counted now, out of the tables of the earlier domains.
import { type JourneyRow, journeyOf, journeysOf, shareCredit } from '#domains/attribution/index.ts';
import { isSpamForm, MOST_LOOKED_THROUGH, SPAM_SCORE } from '#domains/forms/index.ts';
import { SOURCE_SESSION } from '#domains/visitors/index.ts';
import type { CallOutcome, InteractionKind, LeadStatus } from '#generated/prisma/enums.ts';
import { type SqlPart, sqlPart, type TenantSql, type Tx, tenantSql } from '#platform/db/index.ts';
import { type CountedTouch, CREDIT_CUTS, type CreditCut, type Fact, NONE } from './fact.ts';
import { hostOf, pageOf, wordOf } from './words.ts';

/** An interaction that is to be counted. */
export interface CountableFact {
  id: string;
  leadId: string | null;
  /** false while it may yet be put down to a visit; what the company began never is */
  isJudged: boolean;
  /** the call is over; of the other channels always */
  isOver: boolean;
  /** touchpoints of the lead up to it */
  touches: number;
  fact: Fact;
}

/** Whether the interaction i was the first of its lead's, or of a kind: what came before is looked at from both its ends. */
const isFirst = (sql: TenantSql, kind?: SqlPart): SqlPart => {
  const hasNone = (order: SqlPart) => sqlPart`not exists (
    select 1 from (select e.id, e.kind, e.lead_status from interaction e
                    where e.account_id = ${sql.account} and e.lead_id = i.lead_id
                      and (e.occurred_at, e.id) < (i.occurred_at, i.id)${kind ? sqlPart` and e.kind = ${kind}` : sqlPart``}
                    order by ${order} limit ${MOST_LOOKED_THROUGH}::int) e
     where not ${isSpamForm(sql)})`;
  const oldest = hasNone(sqlPart`e.occurred_at, e.id`);
  const newest = hasNone(sqlPart`e.occurred_at desc, e.id desc`);
  return sqlPart`(i.lead_id is not null and ${oldest} and ${newest})`;
};

interface Row {
  id: string;
  kind: InteractionKind;
  companyId: string;
  leadId: string | null;
  sourceId: string | null;
  occurredAt: Date;
  valueCents: string | null;
  leadStatus: LeadStatus;
  isFirstOfLead: boolean;
  trackerId: string | null;
  outcome: CallOutcome | null;
  endedAt: Date | null;
  isOurs: boolean;
  firstTime: boolean;
  sessionId: string | null;
  term: string | null;
  landingUrl: string | null;
  referrer: string | null;
  form: string | null;
  spamScore: number | null;
  touches: number;
}

/**
 * What these interactions are to be counted with; those that are gone or marked as spam are left out.
 * @param before what they were counted with: words of visits that have been purged since stay as they were counted
 */
export async function readFacts(
  tx: Tx,
  accountId: string,
  ids: readonly string[],
  before: ReadonlyMap<string, Fact>,
): Promise<CountableFact[]> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select i.id, i.kind, i.company_id as "companyId", i.lead_id as "leadId",
           i.source_id as "sourceId", i.occurred_at as "occurredAt",
           i.value_cents::text as "valueCents", i.lead_status as "leadStatus",
           ${isFirst(sql)} as "isFirstOfLead",
           coalesce(c.tracker_id, t.first_tracker_id) as "trackerId", c.outcome,
           c.ended_at as "endedAt", coalesce(t.started_by = 'OUTBOUND', false) as "isOurs",
           case i.kind when 'CALL' then c.first_call
                       -- a number has one conversation with a company
                       when 'CONVERSATION' then t.started_by = 'INBOUND'
                       else ${isFirst(sql, sqlPart`i.kind`)}
                       end as "firstTime",
           coalesce(a.session_id, f.session_id, h.session_id) as "sessionId",
           -- of the visit that the source was taken from; of a form without a visit: as it was told
           coalesce(g.term, told.term) as term, coalesce(g.landing_url, told.landing_url) as "landingUrl",
           coalesce(g.referrer, told.referrer) as referrer,
           coalesce(nullif(f.form_name, ''), f.form_id) as form, f.spam_score as "spamScore",
           (select count(distinct t.id)::int from touchpoint t
             where t.account_id = ${sql.account} and t.lead_id = i.lead_id
               and t.at <= i.occurred_at) as touches
      from interaction i
      left join call c on c.account_id = i.account_id and c.id = i.id
      left join form_submission f on f.account_id = i.account_id and f.id = i.id
      left join conversation t on t.account_id = i.account_id and t.id = i.id
      left join chat h on h.account_id = i.account_id and h.id = i.id
      left join attribution a on a.account_id = i.account_id and a.id = i.id
      left join visitor_session s
             on s.account_id = i.account_id
            and s.id = coalesce(a.session_id, f.session_id, h.session_id)
      left join visitor_session g on g.account_id = i.account_id and g.id = ${SOURCE_SESSION}
      left join form_submission told
             on told.account_id = f.account_id and told.id = f.id
            and coalesce(a.session_id, f.session_id) is null
     where i.account_id = ${sql.account} and i.id = any(${ids}::uuid[])
       and c.spam is not true`.rows<Row>(tx);
  const journeys = new Map(
    (
      await journeysOf(
        tx,
        accountId,
        rows.map(({ id }) => id),
      )
    ).map((one) => [one.id, one]),
  );
  const visits = [...journeys.values()].flatMap(({ touchpoints }) =>
    touchpoints.filter(({ isVisit }) => isVisit).map(({ id }) => id),
  );
  const terms = await termsOf(tx, accountId, visits);
  return rows.flatMap((row) => {
    const journey = journeys.get(row.id);
    if (!journey) return [];
    const { id, leadId, touches } = row;
    const fact = toFact(row, journey, terms, before.get(id));
    const isOver = row.kind !== 'CALL' || row.endedAt !== null;
    const isJudged = journey.isJudged || row.isOurs;
    return [{ id, leadId, isJudged, isOver, touches, fact }];
  });
}

/** What was searched for in these visits; visits that are no longer kept are left out. */
async function termsOf(
  tx: Tx,
  accountId: string,
  sessionIds: readonly string[],
): Promise<Map<string, string>> {
  if (sessionIds.length === 0) return new Map();
  const rows = await tx.visitorSession.findMany({
    where: { accountId, id: { in: [...new Set(sessionIds)] } },
    select: { id: true, term: true },
  });
  return new Map(rows.map(({ id, term }) => [id, wordOf(term)]));
}

function toFact(
  row: Row,
  journey: JourneyRow,
  terms: ReadonlyMap<string, string>,
  before: Fact | undefined,
): Fact {
  const { kind, companyId, trackerId, sourceId, sessionId, outcome } = row;
  const kept = before && before.sessionId === sessionId ? before : undefined;
  // a visit that was purged tells nothing any more: then what it told before goes on being counted
  const keyword = row.term === null ? (kept?.keyword ?? '') : wordOf(row.term);
  const known = new Map(before?.touches.map((touch) => [touch.id, touch.keyword]));
  const way = addOwn(row, journey);
  const touches: CountedTouch[] = way.touchpoints.map((touch) => ({
    id: touch.id,
    sourceId: touch.sourceId,
    // a visit has words of its own, also where the source is that of one before
    keyword: touch.id === row.id ? keyword : (terms.get(touch.id) ?? known.get(touch.id) ?? ''),
  }));
  const shared = journeyOf(way);
  const credits = Object.fromEntries(
    CREDIT_CUTS.map((model) => [model, shareCredit(model, shared)]),
  ) as Record<CreditCut, number[]>;
  const isOutcome = (...ones: CallOutcome[]) => (outcome && ones.includes(outcome) ? 1 : 0);
  const isSpam = (row.spamScore ?? 0) >= SPAM_SCORE && row.leadStatus !== 'GOOD_LEAD';
  const lasted = row.endedAt ? row.endedAt.getTime() - row.occurredAt.getTime() : 0;
  return {
    ...{ kind, companyId, trackerId, sourceId, sessionId, keyword, touches, credits },
    occurredAt: row.occurredAt.toISOString(),
    landingPage: row.landingUrl === null ? (kept?.landingPage ?? '') : pageOf(row.landingUrl),
    referrer: row.referrer === null ? (kept?.referrer ?? '') : hostOf(row.referrer),
    ...(row.form === null ? {} : { form: wordOf(row.form) }),
    adds: {
      interactions: 1,
      answered: isOutcome('ANSWERED'),
      missed: isOutcome('MISSED', 'ABANDONED', 'BUSY', 'FAILED'),
      abandoned: isOutcome('ABANDONED'),
      voicemails: isOutcome('VOICEMAIL'),
      firstTime: row.firstTime && !isSpam ? 1 : 0,
      leads: row.isFirstOfLead && !isSpam ? 1 : 0,
      goodLeads: row.leadStatus === 'GOOD_LEAD' ? 1 : 0,
      durationSeconds: Math.max(0, Math.round(lasted / 1_000)),
      valueCents: Number(row.valueCents ?? 0),
    },
  };
}

/** The journey with the interaction's own source as its one step, where it has none: whoever left no number and no name. */
function addOwn(row: Row, journey: JourneyRow): JourneyRow {
  if (journey.touchpoints.length > 0) return journey;
  const { id, sourceId } = row;
  const own = { id, at: row.occurredAt, sourceId: sourceId ?? NONE, isVisit: false };
  // who has no lead was made one by this, as far as can be said
  const createdAt = journey.createdAt ?? row.occurredAt;
  return { ...journey, createdAt, touchpoints: [own] };
}
