// Moves a number by a fact, with the event that tells of it: the one place where a number's status changes.
import type { PhoneNumberStatus } from '#generated/prisma/enums.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { NUMBERS_SUBJECT, numberEvent } from './events.ts';
import { DAY_MS } from './grace.ts';
import { type NumberFact, nextCheck, nextStatus } from './number-machine.ts';
import { pickMessaging } from './registration/set-up-messaging.ts';
import {
  findLiveNumber,
  type MessagingFields,
  type PhoneNumberRow,
  readPhoneNumber,
  writePhoneNumber,
} from './store-numbers.ts';

type Needs = Pick<Platform, 'events' | 'clock'>;

/** Which number. */
export interface NumberKey {
  accountId: string;
  phoneNumberId: string;
}

/** What goes with a fact. */
export interface FactDetails {
  /** why it could not be had, or not be given back */
  failure?: string;
  /** with FILLED */
  carrierNumberId?: string;
  /** with FILLED: how it stands with texts */
  messaging?: MessagingFields;
  /** with NOT_FILLED: the carrier could not be asked, so it is looked up later */
  isUnsure?: boolean;
  /** the fact is of this version: when the number has moved on since, it says nothing any more */
  ofVersion?: number;
}

/**
 * Moves a number in a transaction of its own.
 * @returns the new status; null when there is no such number or the fact changes nothing
 */
export function moveNumber(
  platform: Needs & Pick<Platform, 'db'>,
  { accountId, phoneNumberId }: NumberKey,
  fact: NumberFact,
  details: FactDetails = {},
): Promise<PhoneNumberStatus | null> {
  const { db, events } = platform;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [NUMBERS_SUBJECT]);
    const row = await readPhoneNumber(tx, accountId, phoneNumberId);
    if (!row) return null;
    const moved = await moveNumberIn(tx, platform, accountId, row, fact, details);
    return moved?.status ?? null;
  });
}

/** The same in the caller's transaction, which holds the account's numbers. Returns the row as it then stands. */
export async function moveNumberIn(
  tx: Tx,
  { events, clock }: Needs,
  accountId: string,
  row: PhoneNumberRow,
  fact: NumberFact,
  details: FactDetails = {},
): Promise<PhoneNumberRow | null> {
  const { failure = null, carrierNumberId = row.carrierNumberId } = details;
  const { ofVersion, isUnsure } = details;
  const status = nextStatus(row.status, fact);
  if (!status || (ofVersion !== undefined && ofVersion !== row.version)) return null;
  // its order was filled after all, but somebody has ordered the same number anew: it is that one's
  if (row.status === 'FAILED' && (await findLiveNumber(tx, accountId, row.number))) return null;
  const now = clock.now(accountId);
  const fields = {
    status,
    failure,
    carrierNumberId,
    ...(details.messaging ?? pickMessaging(row)),
    releaseAt: null,
    // what was wrong at the carrier is no news of a number that is gone
    problems: status === 'RELEASED' ? [] : row.problems,
  };
  const version = await writePhoneNumber(tx, accountId, row.id, {
    ...fields,
    // how it stands at the carrier is looked at soon after it came into service
    checkAt: status === 'ACTIVE' || isUnsure ? now : nextCheck(status, null, now),
  });
  const moved = { ...row, ...fields, version };
  await events.append(tx, accountId, [numberEvent(moved, version, now)]);
  if (fact === 'FILLED') await beginGrace(tx, { events, clock }, accountId, moved);
  return moved;
}

/** The number whose place was taken goes on for its days of grace, then it is given back. */
async function beginGrace(
  tx: Tx,
  { events, clock }: Needs,
  accountId: string,
  { replacesId, graceDays }: PhoneNumberRow,
): Promise<void> {
  const old = replacesId ? await readPhoneNumber(tx, accountId, replacesId) : null;
  if (old?.status !== 'ACTIVE') return;
  const now = clock.now(accountId);
  const releaseAt = new Date(now.getTime() + (graceDays ?? 0) * DAY_MS);
  const checkAt = nextCheck('ACTIVE', releaseAt, now);
  const version = await writePhoneNumber(tx, accountId, old.id, { releaseAt, checkAt });
  await events.append(tx, accountId, [numberEvent(old, version, now)]);
}
