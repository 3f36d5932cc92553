// Leads that turned out to be one person become one.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import { misreadSubjects } from '#domains/interactions/index.ts';
import {
  leadMerged,
  leadSubject,
  leadUpdated,
  type MergedLead,
  readTree,
  refuseErasing,
  refuseMerged,
  writeMerged,
} from '#domains/leads/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { NewEvent } from '#platform/events/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput, notFound, policyRefused, versionConflict } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { lockLeads } from './lock-leads.ts';
import { moveLead, settleLead } from './move-lead.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;

/** of one person: more is no person's */
const MOST_MERGED = 100;
const MOST_AT_ONCE = 20;

const shape = z.object({
  leadId: z.uuid(),
  mergedLeadIds: z
    .array(z.uuid())
    .min(1, 'mergedLeadIds takes at least one lead.')
    .max(MOST_AT_ONCE, `mergedLeadIds takes at most ${MOST_AT_ONCE} leads at once.`),
  expectedVersion: z.int().nullish(),
});

/**
 * Merges leads into one: what they are known by, their interactions, touchpoints and browsers are its own from now on, and
 * so is what comes to them. Those that were merged into it before are left as they are, so a repetition changes nothing.
 * Appends lead.merged for each, lead.updated (mergedInto) of each, and the updates of interactions whose status follows.
 * @returns the lead's id. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, WRONG_STATE (one was
 *   merged into another), LIMIT_REACHED.
 */
export async function mergeLeads(
  platform: Needs,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<{ id: string }> {
  authorize(viewer, 'leads.merge');
  const { leadId, expectedVersion, ...rest } = parseInput(shape, request);
  const mergedIds = [...new Set(rest.mergedLeadIds)];
  if (mergedIds.includes(leadId)) {
    throw invalidInput('mergedLeadIds', 'A lead cannot be merged into itself.');
  }
  return platform.db.transaction(async (tx) => {
    await lockLeads(tx, platform, viewer.accountId, [leadId, ...mergedIds]);
    const lead = await readVisible(tx, viewer, leadId, 'leadId');
    refuseMerged(lead.top, 'leadId');
    refuseErasing(lead.top, 'leadId');
    if (expectedVersion != null && expectedVersion !== lead.top.version) {
      throw versionConflict(lead.top.version);
    }
    const others: Tree[] = [];
    for (const id of mergedIds) {
      const other = await readVisible(tx, viewer, id, 'mergedLeadIds');
      if (other.top.mergedIntoId === leadId) continue;
      refuseMerged(other.top, 'mergedLeadIds');
      refuseErasing(other.top, 'mergedLeadIds');
      if (other.top.companyId !== lead.top.companyId) {
        throw invalidInput('mergedLeadIds', 'Only leads of one company can be merged.');
      }
      others.push(other);
    }
    if (others.length > 0) await merge(tx, platform, viewer, lead, others);
    return { id: leadId };
  });
}

interface Tree {
  top: MergedLead;
  all: MergedLead[];
}

async function readVisible(tx: Tx, viewer: Viewer, id: string, field: string): Promise<Tree> {
  const all = await readTree(tx, viewer.accountId, id);
  const top = all.find((one) => one.id === id);
  if (!top || !seesCompany(viewer, top.companyId)) throw notFound(field, 'Lead');
  return { top, all };
}

async function merge(
  tx: Tx,
  platform: Needs,
  viewer: Viewer,
  { top, all }: Tree,
  others: readonly Tree[],
): Promise<void> {
  const { events, clock } = platform;
  const { accountId } = viewer;
  const { id: leadId, companyId } = top;
  const ownLeadIds = [all, ...others.map((one) => one.all)].flat().map(({ id }) => id);
  if (ownLeadIds.length - 1 > MOST_MERGED) {
    const figures = { limit: MOST_MERGED, current: all.length - 1 };
    const message = `At most ${MOST_MERGED} leads can be merged into one.`;
    throw policyRefused('LIMIT_REACHED', message, { field: 'mergedLeadIds', figures });
  }
  const leadIds = [leadId, ...others.map((one) => one.top.id)];
  const following = await misreadSubjects(tx, accountId, { leadIds, ownLeadIds }, 'mergedLeadIds');
  await events.lock(tx, accountId, following);
  const at = clock.now(accountId);
  const told: NewEvent[] = [];
  const version = top.version + others.length;
  for (const [n, other] of others.entries()) {
    const { id: mergedLeadId } = other.top;
    await moveLead(tx, accountId, {
      from: mergedLeadId,
      to: leadId,
      own: other.all.map(({ id }) => id),
    });
    const theirs = await writeMerged(tx, accountId, mergedLeadId, { leadId, at });
    told.push(
      {
        definition: leadUpdated,
        companyId,
        subject: leadSubject(mergedLeadId),
        subjectVersion: theirs,
        occurredAt: at,
        payload: { leadId: mergedLeadId, changes: ['mergedInto'] },
      },
      {
        definition: leadMerged,
        companyId,
        subject: leadSubject(leadId),
        subjectVersion: top.version + n + 1,
        occurredAt: at,
        payload: { leadId, mergedLeadId },
      },
    );
  }
  await settleLead(tx, platform, { accountId, companyId, leadId }, version);
  await events.append(tx, accountId, told);
  await audit(tx, viewer, clock, {
    action: 'mergeLeads',
    subject: leadSubject(leadId),
    before: { version: top.version },
    after: { version, merged: others.map((one) => one.top.id) },
  });
}
