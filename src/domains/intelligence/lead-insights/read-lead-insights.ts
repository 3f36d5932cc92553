// Reads what was drawn from the histories of leads: of each item only what it rests on may be read by whoever reads it.
import { may } from '#domains/accounts/index.ts';
import type {
  InteractionKind,
  LeadClaim,
  LeadInsight,
  LeadReading,
  Prisma,
} from '#generated/prisma/client.ts';
import { RULES_ENGINE } from '#platform/ai/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import type { StoredItem } from '../insights/store-insights.ts';
import { tellInsight } from '../insights/tell-insight.ts';
import { mayQuote } from './may-quote.ts';

export type LeadClaimRow = LeadClaim & {
  interaction: { kind: InteractionKind; occurredAt: Date };
};

/** One kind of what was drawn from a history, as its viewer may read it. */
export interface LeadInsightRow extends Omit<LeadInsight, 'text' | 'parts'> {
  companyId: string;
  text: string;
  /** better words of a person, also those that rest on more than the viewer may read; null = none */
  typed: string | null;
  /** whether the viewer may read all that it rests on */
  isWhole: boolean;
  /** whether the text is those words */
  edited: boolean;
  drawnLeadScore: LeadInsight['leadScore'];
  /** null = as drawn */
  correctedScore: LeadInsight['leadScore'];
  reading: LeadReading;
  claims: LeadClaimRow[];
}

/** What was drawn last from each of these leads and is not hidden, by kind. The caller has seen that the viewer may see the leads. */
export async function insightsOfLeads(
  tx: Tx,
  viewer: Viewer,
  leadIds: readonly string[],
): Promise<Map<string, LeadInsightRow[]>> {
  const rows = await readInsights(tx, viewer, { leadId: { in: [...leadIds] }, hidden: false });
  return Map.groupBy(rows, ({ leadId }) => leadId);
}

/**
 * Why the last reading of each of these leads came to nothing, as a code; those where it did not are left out. It is the language
 * model's, or that of this server's rules where they alone read it since: no model is shown what redaction does not know.
 */
export async function failuresOfLeads(
  tx: Tx,
  { accountId }: Viewer,
  leadIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.leadReading.findMany({
    where: { accountId, leadId: { in: [...leadIds] } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    distinct: ['leadId', 'engine'],
    select: { leadId: true, engine: true, failure: true, at: true },
  });
  const failures = new Map<string, string>();
  for (const [leadId, readings] of Map.groupBy(rows, (row) => row.leadId)) {
    const byRules = readings.find(({ engine }) => engine === RULES_ENGINE);
    const byModel = readings.find(({ engine }) => engine !== RULES_ENGINE);
    // they also read what a model has failed to, as of the same moment
    const areLast = byRules && (!byModel || byRules.at > byModel.at);
    const failure = (areLast ? byRules.failure : null) ?? byModel?.failure;
    if (failure != null) failures.set(leadId, failure);
  }
  return failures;
}

/** The insights with these ids of which the viewer may read something, hidden ones too, in any order. */
export async function findLeadInsights(
  tx: Tx,
  viewer: Viewer,
  ids: readonly string[],
): Promise<LeadInsightRow[]> {
  if (!may(viewer, 'transcripts.read') || !may(viewer, 'leads.read')) return [];
  const rows = await readInsights(tx, viewer, { id: { in: [...ids] } });
  return rows.filter(({ companyId }) => seesCompany(viewer, companyId));
}

async function readInsights(
  tx: Tx,
  viewer: Viewer,
  which: Prisma.LeadInsightWhereInput,
): Promise<LeadInsightRow[]> {
  const rows = await tx.leadInsight.findMany({
    where: { ...which, accountId: viewer.accountId },
    orderBy: { kind: 'asc' },
    include: {
      lead: { select: { companyId: true, company: { select: { name: true } } } },
      claims: {
        orderBy: { position: 'asc' },
        include: {
          reading: true,
          interaction: {
            select: { kind: true, occurredAt: true, leadId: true, companyId: true },
          },
        },
      },
    },
  });
  return rows.flatMap(({ lead, claims: all, parts: _parts, text: typed, ...row }) => {
    // where leads were split, what went with another one is told of that one
    const claims = all.filter(
      ({ interaction }) => interaction.leadId === row.leadId && mayQuote(viewer, interaction),
    );
    const [first] = claims;
    if (!first) return [];
    const { reading } = first;
    const { companyId, company } = lead;
    // who typed them may have read what this viewer may not
    const isWhole = claims.length === all.length;
    const edited = typed !== null && isWhole;
    const drawn = row.kind === 'LEAD_SCORE' ? reading.leadScore : null;
    return [
      {
        ...{ ...row, companyId, reading, claims, typed, isWhole, edited },
        text: edited ? typed : tellClaims(row.kind, claims, reading, company.name),
        leadScore: row.leadScore ?? drawn,
        drawnLeadScore: row.leadScore && drawn,
        correctedScore: row.leadScore,
      },
    ];
  });
}

function tellClaims(
  kind: LeadClaim['kind'],
  claims: readonly LeadClaim[],
  { engine, leadScore }: LeadReading,
  business: string,
): string {
  // the rules of this server say what a sentence is, and leave the rest to the sentence
  if (kind === 'SUMMARY' && engine === RULES_ENGINE) {
    return claims.map(({ text, quote }) => `${text}: “${quote}”`).join(' ');
  }
  const items = claims.map(({ text, score, detail }): StoredItem => {
    return { text, score, ...(detail as object), n: 0, from: 0, length: 0 };
  });
  return tellInsight({ kind, text: null, ...(leadScore && { leadScore }) }, items, business);
}
