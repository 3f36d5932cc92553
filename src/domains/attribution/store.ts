// The tables attribution, lead_visitor and touchpoint: the only place that writes them.
import { type HolderReason, readSession } from '#domains/visitors/index.ts';
import type {
  Attribution,
  AttributionBasis,
  InteractionKind,
  Prisma,
} from '#generated/prisma/client.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';

/** Why a visit is likely to be the caller's; SAVED_NUMBER speaks against it: the caller knew the number before. */
export type CandidateReason = HolderReason | 'SAVED_NUMBER';

/** A visit that an interaction may have come from. */
export interface CandidateRow {
  sessionId: string;
  /** in millionths */
  probability: number;
  reasons: CandidateReason[];
}

/** Writes what an interaction was put down to. */
export async function insertAttribution(
  tx: Tx,
  accountId: string,
  row: {
    id: string;
    basis: AttributionBasis;
    sessionId: string | null;
    confidence: number;
    candidates: readonly CandidateRow[];
  },
): Promise<void> {
  const candidates = row.candidates as unknown as Prisma.InputJsonArray;
  await tx.attribution.create({ data: { accountId, ...row, candidates } });
}

/** What an interaction was put down to before. */
export type FormerAttribution = Pick<Attribution, 'basis' | 'sessionId' | 'confidence'>;

/** Takes back what an interaction was put down to: it is judged again. @returns what that was; null when it was nothing yet */
export async function takeBackAttribution(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<FormerAttribution | null> {
  const former = await tx.attribution.findUnique({
    where: { accountId_id: { accountId, id } },
    select: { basis: true, sessionId: true, confidence: true },
  });
  if (former) await tx.attribution.delete({ where: { accountId_id: { accountId, id } } });
  return former;
}

/** Whether an interaction was judged already. */
export async function isAttributed(tx: Tx, accountId: string, id: string): Promise<boolean> {
  return (await attributedTo(tx, accountId, id)) !== null;
}

/** The visit that an interaction was put down to, if to any; null when it was not judged yet. */
export function attributedTo(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<{ sessionId: string | null } | null> {
  const where = { accountId_id: { accountId, id } };
  return tx.attribution.findUnique({ where, select: { sessionId: true } });
}

/** The visitors that a lead was seen to be. */
export async function visitorsOfLead(
  tx: Tx,
  accountId: string,
  leadId: string,
): Promise<Set<string>> {
  const rows = await tx.leadVisitor.findMany({
    where: { accountId, leadId },
    select: { visitorId: true },
  });
  return new Set(rows.map(({ visitorId }) => visitorId));
}

/** Notes that the lead of an interaction uses a browser. */
export async function linkVisitor(
  tx: Tx,
  accountId: string,
  interactionId: string,
  visitorId: string,
): Promise<void> {
  const lead = await leadOf(tx, accountId, interactionId);
  if (!lead) return;
  await tx.leadVisitor.createMany({
    data: [{ accountId, ...lead, visitorId }],
    skipDuplicates: true,
  });
}

/** Notes the browser that a form or chat came from, where nobody judged that yet. */
export async function linkSender(
  tx: Tx,
  accountId: string,
  { id, kind }: { id: string; kind: InteractionKind },
): Promise<void> {
  const where = { accountId_id: { accountId, id } };
  const select = { sessionId: true };
  const row =
    kind === 'FORM'
      ? await tx.formSubmission.findUnique({ where, select })
      : kind === 'CHAT'
        ? await tx.chat.findUnique({ where, select })
        : null;
  const session = row?.sessionId ? await readSession(tx, accountId, row.sessionId) : null;
  if (session) await linkVisitor(tx, accountId, id, session.visitorId);
}

/** The browsers that a lead was seen to use, and no other lead. */
export async function soleVisitors(tx: Tx, accountId: string, leadId: string): Promise<string[]> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select distinct v.visitor_id as id from lead_visitor v
     where v.account_id = ${sql.account} and v.lead_id = ${leadId}::uuid
       and not exists (select from lead_visitor o
                        where o.account_id = ${sql.account} and o.visitor_id = v.visitor_id
                          and o.lead_id <> v.lead_id)`.rows<{ id: string }>(tx);
  return rows.map(({ id }) => id);
}

/** Writes touchpoints of the lead of an interaction; those that it has stay as they are. @returns how many it had not */
export async function insertTouchpoints(
  tx: Tx,
  accountId: string,
  interactionId: string,
  touchpoints: readonly { id: string; at: Date; sourceId: string; interactionId: string | null }[],
): Promise<number> {
  const lead = await leadOf(tx, accountId, interactionId);
  if (!lead) return 0;
  const { count } = await tx.touchpoint.createMany({
    data: touchpoints.map((one) => ({ accountId, ...lead, ...one })),
    skipDuplicates: true,
  });
  return count;
}

/** The lead that an interaction is of, and the one that it would be of had none been merged. */
async function leadOf(tx: Tx, accountId: string, id: string) {
  const row = await tx.interaction.findUnique({
    where: { accountId_id: { accountId, id } },
    select: { leadId: true, ownLeadId: true },
  });
  if (!row?.leadId) return null;
  return { leadId: row.leadId, ownLeadId: row.ownLeadId ?? row.leadId };
}

/** What some leads of a tree were brought by, and their browsers, belong to another lead from now on. */
export async function moveTouchpoints(
  tx: Tx,
  accountId: string,
  move: { from: string; to: string; own: readonly string[] },
): Promise<void> {
  const which = {
    where: { accountId, leadId: move.from, ownLeadId: { in: [...move.own] } },
    data: { leadId: move.to },
  };
  await tx.touchpoint.updateMany(which);
  await tx.leadVisitor.updateMany(which);
}
