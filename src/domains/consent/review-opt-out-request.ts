// Somebody has read a text that seemed to ask for no more, and says what it was.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused, versionConflict } from '#values/refusals.ts';
import { nameActor, seesCompany, type Viewer } from '#values/viewer.ts';
import { appendEntry } from './append-entry.ts';
import { consentSubject } from './locks.ts';
import { openRequestOf } from './machine.ts';
import { type ConsentRow, readConsentRow } from './store.ts';

const shape = z.object({
  consentId: z.uuid(),
  decision: z.enum(['OPT_OUT', 'DISMISS']),
  expectedVersion: z.int().nullish(),
});

/**
 * Settles the open request of a number: it was an opt-out, or was none, and what was held may be sent again.
 * @returns what stands. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, WRONG_STATE when nothing
 *   waits to be judged.
 */
export async function reviewOptOutRequest(
  { db, events, clock, secrets }: Pick<Platform, 'db' | 'events' | 'clock' | 'secrets'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<ConsentRow> {
  authorize(viewer, 'consent.review');
  const { consentId, decision, expectedVersion } = parseInput(shape, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    const seen = await readConsentRow(tx, accountId, consentId);
    if (!seen || !seesCompany(viewer, seen.companyId)) throw notFound('consentId', 'Consent');
    const { companyId, number } = seen;
    await events.lock(tx, accountId, [consentSubject(companyId, number)]);
    const row = await readConsentRow(tx, accountId, consentId);
    if (!row) throw notFound('consentId', 'Consent');
    if (expectedVersion != null && expectedVersion !== row.version) {
      throw versionConflict(row.version);
    }
    if (openRequestOf(row) === null) {
      const message = 'No request of this number waits to be judged.';
      throw policyRefused('WRONG_STATE', message, { field: 'consentId' });
    }
    await appendEntry(
      tx,
      { events, clock, secrets },
      { accountId, companyId, number },
      {
        kind: decision === 'OPT_OUT' ? 'OPT_OUT' : 'REQUEST_DISMISSED',
        source: 'REVIEW',
        at: clock.now(accountId),
        recordedBy: nameActor(viewer.actor),
      },
    );
    await audit(tx, viewer, clock, {
      action: 'reviewOptOutRequest',
      subject: `consent:${consentId}`,
      after: { decision },
    });
    return (await readConsentRow(tx, accountId, consentId)) ?? row;
  });
}
