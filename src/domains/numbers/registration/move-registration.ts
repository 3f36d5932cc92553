// Moves a brand or a campaign by a fact, with the event that tells of it: the one place where its state changes.
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { registrationEvent } from '../events.ts';
import { checkNumberJob } from '../jobs.ts';
import { findActiveNumbers } from '../store-numbers.ts';
import { nextLook, nextState, type RegistrationFact } from './registration-machine.ts';
import {
  type RegistrationKind,
  type RegistrationRow,
  writeRegistration,
} from './store-registrations.ts';

/**
 * Moves it in the caller's transaction, which holds its subject. A campaign that becomes approved has the company's
 * numbers put on it.
 * @param details.reason the registry's words; cleared by every fact that has none
 * @param details.carrierId with TAKEN
 * @returns the row as it then stands; null when the fact changes nothing
 */
export async function moveRegistrationIn(
  tx: Tx,
  { events, clock, jobs }: Pick<Platform, 'events' | 'clock' | 'jobs'>,
  kind: RegistrationKind,
  accountId: string,
  row: RegistrationRow,
  fact: RegistrationFact,
  details: { reason?: string | null; carrierId?: string } = {},
): Promise<RegistrationRow | null> {
  const state = nextState(row.state, fact);
  if (!state) return null;
  const now = clock.now(accountId);
  const fields = {
    state,
    reason: details.reason ?? null,
    carrierId: fact === 'SUBMIT' ? null : (details.carrierId ?? row.carrierId),
    submissions: row.submissions + (fact === 'SUBMIT' ? 1 : 0),
  };
  const checkAt = nextLook(state, now);
  const version = await writeRegistration(tx, kind, accountId, row.id, { ...fields, checkAt });
  const moved = { ...row, ...fields, version };
  await events.append(tx, accountId, [registrationEvent(kind, moved, now)]);
  if (kind === 'campaign' && state === 'APPROVED') {
    const numbers = await findActiveNumbers(tx, accountId, row.companyId);
    await jobs.enqueueAll(
      tx,
      checkNumberJob,
      numbers.map((phoneNumberId) => ({ accountId, phoneNumberId })),
    );
  }
  return moved;
}
