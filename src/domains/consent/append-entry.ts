// One more entry of the ledger: written with what stands by it from now on, and told when that changed what may be sent.
import type { ConsentEntryKind, ConsentSource } from '#generated/prisma/enums.ts';
import { type SqlTx, unawaited } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { consentChanged } from './events.ts';
import { applySaid, consentOf, openRequestOf, stateOfConsent } from './machine.ts';
import { insertConsent, readStanding, writeConsent } from './store.ts';
import { deleteSuppression } from './store-suppressions.ts';

/** What is written of an entry besides its number. */
export interface Entry {
  kind: ConsentEntryKind;
  source: ConsentSource;
  at: Date;
  recordedBy: string;
  messageId?: string;
  /** of an OPT_OUT_REQUEST: nothing is sent until it is judged */
  holds?: boolean;
  url?: string | null;
  shownText?: string | null;
  ipAddress?: string | null;
  reference?: string | null;
}

/**
 * Appends an entry and, when the state or the request to judge changed, consent.changed. A message is entered once: its
 * second time changes nothing. The caller holds the lock `consentSubject(companyId, number)`.
 * @param of.number E.164
 */
export async function appendEntry(
  tx: SqlTx,
  { events, clock, secrets }: Pick<Platform, 'events' | 'clock' | 'secrets'>,
  of: { accountId: string; companyId: string; number: string },
  entry: Entry,
): Promise<{ consentId: string; changed: boolean }> {
  const { accountId, companyId, number } = of;
  const { holds = false, ...fields } = entry;
  const now = clock.now(accountId);
  // an opt-out that an erasure left goes on in the ledger, where an opt-in can end it
  const { known, standing } = await readStanding(tx, { secrets }, of);
  const consentId = known?.id ?? newId();
  const entryId = newId();
  const is = applySaid(standing, {
    ...{ kind: entry.kind, at: entry.at, entryId, holds },
    byText: entry.source === 'TEXT',
  });
  const version = (known?.version ?? 0) + 1;
  const row = { id: entryId, ...fields };
  const entered = known
    ? await writeConsent(tx, { accountId, id: consentId, version }, is, row, now)
    : await insertConsent(tx, { accountId, id: consentId, companyId, number }, is, row, now);
  // only an opt-out is ever left by an erasure
  if (!known && standing.optedOutAt) await deleteSuppression(tx, { secrets }, of);
  if (!entered) return { consentId, changed: false };
  const changed =
    stateOfConsent(consentOf(standing), now) !== stateOfConsent(consentOf(is), now) ||
    openRequestOf(standing) !== openRequestOf(is);
  if (changed) {
    const told = {
      definition: consentChanged,
      companyId,
      subject: `consent:${consentId}`,
      subjectVersion: version,
      occurredAt: now,
      payload: { consentId, entryId, kind: entry.kind },
    };
    await unawaited(tx, () => events.append(tx, accountId, [told]));
  }
  return { consentId, changed };
}
