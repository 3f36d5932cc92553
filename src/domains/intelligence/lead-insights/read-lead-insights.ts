// Reads what was drawn from the histories of leads: of each item only what it rests on may be read by whoever reads it.
import { may, type Verb } from '#domains/accounts/index.ts';
import type { InteractionKind, LeadClaim, LeadReading } from '#generated/prisma/client.ts';
import { RULES_ENGINE } from '#platform/ai/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import type { StoredItem } from '../insights/store-insights.ts';
import { tellInsight } from '../insights/tell-insight.ts';

const VERBS: Record<InteractionKind, Verb> = {
  CALL: 'calls.read',
  CONVERSATION: 'conversations.read',
  CHAT: 'chats.read',
  FORM: 'forms.read',
};

export type LeadClaimRow = LeadClaim & {
  interaction: { kind: InteractionKind; occurredAt: Date };
};

/** One kind of what was drawn from a history. */
export interface LeadInsightRow {
  kind: LeadClaim['kind'];
  text: string;
  reading: LeadReading;
  claims: LeadClaimRow[];
}

/** What was drawn last from each of these leads, by kind. The caller has seen that the viewer may see the leads. */
export async function insightsOfLeads(
  { db }: { db: Pick<Db, 'prisma'> },
  viewer: Viewer,
  leadIds: readonly string[],
): Promise<Map<string, LeadInsightRow[]>> {
  const { accountId } = viewer;
  const readings = await db.prisma.leadReading.findMany({
    where: { accountId, leadId: { in: [...leadIds] }, failure: null },
    orderBy: { at: 'asc' },
    include: {
      lead: { select: { company: { select: { name: true } } } },
      claims: {
        orderBy: { position: 'asc' },
        include: {
          interaction: {
            select: { kind: true, occurredAt: true, leadId: true, companyId: true },
          },
        },
      },
    },
  });
  return new Map(
    readings.map(({ claims, lead, ...reading }) => {
      // where leads were split, what went with another one is told of that one
      const seen = claims.filter(
        ({ interaction }) => interaction.leadId === reading.leadId && mayQuote(viewer, interaction),
      );
      const kinds = Map.groupBy(seen, ({ kind }) => kind);
      const rows = [...kinds].map(([kind, some]): LeadInsightRow => {
        const text = tellClaims(kind, some, reading, lead.company.name);
        return { kind, text, reading, claims: some };
      });
      return [reading.leadId, rows];
    }),
  );
}

/** What stands in a form is shown to those alone who may read its fields. */
function mayQuote(
  viewer: Viewer,
  { kind, companyId }: { kind: InteractionKind; companyId: string },
): boolean {
  if (!may(viewer, VERBS[kind])) return false;
  return kind !== 'FORM' || may(viewer, 'personal.read', companyId);
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
