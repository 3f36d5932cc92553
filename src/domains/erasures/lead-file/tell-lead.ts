// The document of all that is kept of a person: the lead itself, and the order of everything else.
import { typenameOf } from '#domains/interactions/index.ts';
import type { MergedLead } from '#domains/leads/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { inOrder } from './in-order.ts';
import type { OfPerson } from './of-person.ts';
import { tellConsents } from './tell-consents.ts';
import { tellInteractions } from './tell-interactions.ts';
import { tellVisits } from './tell-visits.ts';

/** What the file says that it is. The version is raised when a name in it changes or goes. */
export const LEAD_FILE = { format: 'switchboard.lead', version: 1 } as const;

/**
 * Describes a person, with async iterables where there may be many.
 * @param tree the lead and those that were merged into it
 * @param times when it is written, and until when its links are good
 * @param written told of each interaction that was read
 */
export async function tellLead(
  of: OfPerson,
  tree: readonly MergedLead[],
  times: { exportedAt: Date; linksUntil: Date },
  written: (interactions: number) => Promise<void>,
): Promise<object> {
  const { prisma, accountId, companyId, leadId } = of;
  const where = { accountId, leadId };
  const [company, lead, identities, tags, fields, claims, corrected, tasks] = await Promise.all([
    prisma.company.findUniqueOrThrow({
      where: { accountId_id: { accountId, id: companyId } },
      select: { id: true, name: true },
    }),
    prisma.lead.findUniqueOrThrow({
      where: { accountId_id: { accountId, id: leadId } },
      select: { name: true, status: true, qualifiedAt: true, createdAt: true },
    }),
    prisma.leadIdentity.findMany({ where, select: { kind: true, value: true } }),
    prisma.leadTag.findMany({ where, select: { taggedAt: true, tag: { select: { name: true } } } }),
    prisma.leadFieldValue.findMany({
      where,
      select: { value: true, field: { select: { name: true } } },
    }),
    prisma.leadClaim.findMany({
      where: { accountId, interaction: { leadId } },
      orderBy: [{ readingId: 'asc' }, { position: 'asc' }],
      select: {
        ...{ kind: true, text: true, quote: true, score: true, detail: true },
        reading: { select: { engine: true, model: true, at: true, leadScore: true } },
      },
    }),
    prisma.leadInsight.findMany({
      where: {
        ...{ accountId, leadId: { in: tree.map(({ id }) => id) } },
        OR: [{ text: { not: null } }, { leadScore: { not: null } }],
      },
      orderBy: [{ leadId: 'asc' }, { kind: 'asc' }],
      select: { kind: true, text: true, leadScore: true },
    }),
    prisma.actionTask.findMany({
      where: { accountId, interaction: { leadId } },
      orderBy: [{ leadInsightId: 'asc' }, { position: 'asc' }],
      select: { text: true, owner: true, due: true, dueOn: true, doneAt: true },
    }),
  ]);
  return {
    ...LEAD_FILE,
    ...times,
    company: { ...company, id: encodeGlobalId('Company', companyId) },
    lead: { id: encodeGlobalId('Lead', leadId), ...lead },
    mergedLeads: tree
      .filter(({ id }) => id !== leadId)
      .map(({ id, name, ownCreatedAt }) => ({
        ...{ id: encodeGlobalId('Lead', id), name, createdAt: ownCreatedAt },
      })),
    identities,
    tags: tags.map(({ tag, taggedAt }) => ({ name: tag.name, taggedAt })),
    insights: claims.map(({ reading, ...claim }) => ({ ...claim, ...reading })),
    correctedInsights: corrected,
    tasks,
    fields: fields.map(({ field, value }) => ({ name: field.name, value })),
    notes: tellNotes(of),
    consents: tellConsents(of),
    interactions: tellInteractions(of, written),
    touchpoints: tellTouchpoints(of, tree),
    visits: tellVisits(of),
  };
}

async function* tellNotes({ prisma, accountId, leadId, signal }: OfPerson) {
  const notes = inOrder('createdAt', signal, ({ after, ...page }) =>
    prisma.leadNote.findMany({
      where: { AND: [{ accountId, leadId }, after] },
      ...page,
      select: {
        ...{ id: true, text: true, createdAt: true, editedAt: true },
        edits: { select: { text: true, editedAt: true }, orderBy: { version: 'asc' } },
      },
    }),
  );
  for await (const note of notes) yield { ...note, id: encodeGlobalId('LeadNote', note.id) };
}

async function* tellTouchpoints(
  { prisma, accountId, leadId, signal }: OfPerson,
  tree: readonly MergedLead[],
) {
  // ids of touchpoints are each lead's own
  for (const { id: ownLeadId } of tree) {
    const touchpoints = inOrder('at', signal, ({ after, ...page }) =>
      prisma.touchpoint.findMany({
        where: { AND: [{ accountId, leadId, ownLeadId }, after] },
        ...page,
        select: {
          ...{ id: true, at: true },
          source: { select: { name: true, medium: true, campaign: true } },
          interaction: { select: { id: true, kind: true } },
        },
      }),
    );
    for await (const { at, source, interaction } of touchpoints) {
      const { id, kind } = interaction ?? {};
      const interactionId = id && kind ? encodeGlobalId(typenameOf(kind), id) : null;
      yield { at, ...source, interactionId };
    }
  }
}
