// A lead that was merged into another becomes one of its own again.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import { misreadSubjects } from '#domains/interactions/index.ts';
import {
  leadSubject,
  leadUpdated,
  readTops,
  readTree,
  refuseErasing,
  takeNames,
  writeMerged,
} from '#domains/leads/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { lockLeads } from './lock-leads.ts';
import { moveLead, settleLead } from './move-lead.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;

const shape = z.object({ leadId: z.uuid() });

/**
 * Takes a merge back: what the lead had, with the leads that were merged into it before, and what came to them since.
 * Tags, notes and other changes of the lead that it was part of stay there. Appends lead.updated of both.
 * @param request.leadId the lead that was merged
 * @returns its id, and that of the lead it was part of. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, WRONG_STATE
 *   (it is not merged).
 */
export async function splitLead(
  platform: Needs,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<{ id: string; fromId: string }> {
  authorize(viewer, 'leads.merge');
  const { leadId } = parseInput(shape, request);
  const { accountId } = viewer;
  return platform.db.transaction(async (tx) => {
    const fromId = await lockWithTop(tx, platform, accountId, leadId);
    const tree = await readTree(tx, accountId, leadId);
    const lead = tree.find(({ id }) => id === leadId);
    if (!lead || !seesCompany(viewer, lead.companyId)) throw notFound('leadId', 'Lead');
    if (lead.mergedIntoId === null) {
      const message = 'This lead is not merged into another: there is nothing to take back.';
      throw policyRefused('WRONG_STATE', message, { field: 'leadId' });
    }
    await split(tx, platform, viewer, {
      ...{ leadId, fromId, companyId: lead.companyId },
      own: tree.map(({ id }) => id),
    });
    return { id: leadId, fromId };
  });
}

/** Locks a lead and the one on top of it. The latter may become another while the locks are waited for. */
async function lockWithTop(
  tx: Tx,
  platform: Needs,
  accountId: string,
  leadId: string,
): Promise<string> {
  const topOf = async () => (await readTops(tx, accountId, [leadId])).get(leadId) ?? leadId;
  for (let top = await topOf(); ; ) {
    await lockLeads(tx, platform, accountId, [leadId, top]);
    const now = await topOf();
    if (now === top) return top;
    top = now;
  }
}

async function split(
  tx: Tx,
  platform: Needs,
  viewer: Viewer,
  parts: { leadId: string; fromId: string; companyId: string; own: readonly string[] },
): Promise<void> {
  const { events, clock } = platform;
  const { accountId } = viewer;
  const { leadId, fromId, companyId, own } = parts;
  const before = await readTree(tx, accountId, fromId);
  const from = before.find(({ id }) => id === fromId);
  if (!from) throw new Error('A lead went though its lock was held.');
  refuseErasing(from, 'leadId');
  const rest = before.map(({ id }) => id).filter((id) => !own.includes(id));
  const groups = [own, rest].map((ownLeadIds) => ({ leadIds: [fromId], ownLeadIds }));
  for (const group of groups) {
    await events.lock(tx, accountId, await misreadSubjects(tx, accountId, group, 'leadId'));
  }
  const at = clock.now(accountId);
  await moveLead(tx, accountId, { from: fromId, to: leadId, own });
  const version = await writeMerged(tx, accountId, leadId, null);
  await takeNames(tx, accountId, own, leadId);
  await settleLead(tx, platform, { accountId, companyId, leadId }, version);
  await settleLead(tx, platform, { accountId, companyId, leadId: fromId }, from.version + 1);
  const told = [
    { id: leadId, subjectVersion: version, changes: ['mergedInto'] },
    { id: fromId, subjectVersion: from.version + 1, changes: ['mergedFrom'] },
  ];
  await events.append(
    tx,
    accountId,
    told.map(({ id, subjectVersion, changes }) => ({
      ...{ definition: leadUpdated, companyId, subjectVersion, occurredAt: at },
      subject: leadSubject(id),
      payload: { leadId: id, changes },
    })),
  );
  await audit(tx, viewer, clock, {
    action: 'splitLead',
    subject: leadSubject(fromId),
    before: { version: from.version },
    after: { version: from.version + 1, split: leadId },
  });
}
