// Renaming a lead.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { leadUpdated } from './events.ts';
import { leadSubject } from './locks.ts';
import { refuseMerged } from './refuse-merged.ts';
import { readLead, writeLead } from './store.ts';

const MAX_NAME_CHARACTERS = 200;

const shape = z.object({
  leadId: z.uuid(),
  name: z
    .string()
    .trim()
    .max(MAX_NAME_CHARACTERS, `name takes at most ${MAX_NAME_CHARACTERS} characters.`)
    .nullish(),
  expectedVersion: z.int().nullish(),
});

/**
 * Changes a lead's name and appends lead.updated.
 * @param request.name null or '' clears it, absent keeps it
 * @returns the lead's id and the version that now stands. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND,
 *   VERSION_CONFLICT, WRONG_STATE (merged into another).
 */
export async function updateLead(
  { db, events, clock }: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<{ id: string; version: number }> {
  authorize(viewer, 'leads.update');
  const input = parseInput(shape, request);
  const { accountId } = viewer;
  const { leadId } = input;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [leadSubject(leadId)]);
    const lead = await readLead(tx, accountId, leadId);
    if (!lead || !seesCompany(viewer, lead.companyId)) throw notFound('leadId', 'Lead');
    refuseMerged(lead, 'leadId');
    if (input.expectedVersion != null && input.expectedVersion !== lead.version) {
      throw versionConflict(lead.version);
    }
    const name = input.name === undefined ? lead.name : input.name || null;
    if (name === lead.name) return { id: leadId, version: lead.version };
    const version = lead.version + 1;
    await writeLead(tx, accountId, leadId, { version, name, nameOwnerId: null });
    await events.append(tx, accountId, [
      {
        definition: leadUpdated,
        companyId: lead.companyId,
        subject: leadSubject(leadId),
        subjectVersion: version,
        occurredAt: clock.now(accountId),
        payload: { leadId, changes: ['name'] },
      },
    ]);
    // a person's name has no place in the audit log, which outlives an erasure
    await audit(tx, viewer, clock, {
      action: 'updateLead',
      subject: leadSubject(leadId),
      after: { version, changes: ['name'] },
    });
    return { id: leadId, version };
  });
}
