// The frame of every change that a person makes on a lead: its lock, its version, its event and the audit entry.
import { audit } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { type LeadField, leadUpdated } from './events.ts';
import { leadSubject } from './locks.ts';
import { refuseMerged } from './refuse-merged.ts';
import { type LeadRow, readLead, writeLead } from './store.ts';

/** What a change made of a lead. */
interface Made {
  /** what changed; none = all was so already, and nothing is written */
  changes: LeadField[];
  /** columns of the lead to be written with it */
  columns?: Omit<Parameters<typeof writeLead>[3], 'version'>;
  /** the note that was written */
  noteId?: string;
}

/**
 * Changes a lead inside a transaction that has not written yet, and appends lead.updated. The caller has authorised.
 * @param request.verb the mutation, for the audit log
 * @param work reads and writes under the lead's lock
 * @returns the version that now stands. Throws Refused NOT_FOUND, VERSION_CONFLICT, WRONG_STATE (merged into another), and
 *   what work throws.
 */
export async function changeLead(
  tx: Tx,
  { events, clock }: Pick<Platform, 'events' | 'clock'>,
  viewer: Viewer,
  request: { leadId: string; verb: string; expectedVersion?: number | null | undefined },
  work: (lead: LeadRow, at: Date) => Promise<Made>,
): Promise<number> {
  const { accountId } = viewer;
  const { leadId, verb, expectedVersion } = request;
  const subject = leadSubject(leadId);
  await events.lock(tx, accountId, [subject]);
  const lead = await readLead(tx, accountId, leadId);
  if (!lead || !seesCompany(viewer, lead.companyId)) throw notFound('leadId', 'Lead');
  refuseMerged(lead, 'leadId');
  if (expectedVersion != null && expectedVersion !== lead.version) {
    throw versionConflict(lead.version);
  }
  const at = clock.now(accountId);
  const { changes, columns, noteId } = await work(lead, at);
  if (changes.length === 0) return lead.version;
  const version = lead.version + 1;
  await writeLead(tx, accountId, leadId, { ...columns, version });
  await events.append(tx, accountId, [
    {
      definition: leadUpdated,
      companyId: lead.companyId,
      subject,
      subjectVersion: version,
      occurredAt: at,
      payload: { leadId, changes, ...(noteId && { noteId }) },
    },
  ]);
  // what a person is called or noted on has no place in the audit log, which outlives an erasure
  await audit(tx, viewer, clock, {
    action: verb,
    subject,
    after: { version, changes, ...(noteId && { noteId }) },
  });
  return version;
}
