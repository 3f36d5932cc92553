// Looks after one number whose time has come: an order that nobody told the end of, a return that is stuck, a number
// whose days of grace are over, and, each day, whether it still stands at the carrier as it is to stand.
import { audit } from '#domains/accounts/index.ts';
import type { CarrierNumber } from '#platform/carrier/index.ts';
import type { Platform } from '#platform/platform.ts';
import { type CarrierProblem, carrierProblems, isMendable } from './carrier-problems.ts';
import { isFinal } from './carrier-word.ts';
import { NUMBERS_SUBJECT, numberEvent } from './events.ts';
import { giveBackNumber } from './give-back-number.ts';
import type { Inventories, NumberInventory } from './inventory.ts';
import type { NumberKey } from './move-number.ts';
import { nextCheck } from './number-machine.ts';
import { pickMessaging, setUpMessaging } from './registration/set-up-messaging.ts';
import { beginRelease, isNeeded } from './release-number.ts';
import { placeNumberOrder, settleNumberOrder } from './settle-number-order.ts';
import {
  type MessagingFields,
  noteCheck,
  type PhoneNumberRow,
  readPhoneNumber,
  writePhoneNumber,
} from './store-numbers.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'jobs' | 'log'> & { carriers: Inventories };

/** a number that is changed again and again while it is looked at is looked at again by a later job */
const MOST_ROUNDS = 3;
const LOOK_UP_DAYS = 7;
const DAY_MS = 86_400_000;

/**
 * Does what is due for a number.
 * @returns a named outcome. Throws CarrierUnreachable, or CarrierRefused for a refused key: try again
 */
export async function checkNumber(platform: Needs, number: NumberKey): Promise<string> {
  const { accountId, phoneNumberId } = number;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const row = await readPhoneNumber(platform.db.prisma, accountId, phoneNumberId);
    if (!row) return 'unknown number';
    if (row.status === 'ORDERING') return `order ${await placeNumberOrder(platform, number)}`;
    if (row.status === 'RELEASING') return `return ${await giveBackNumber(platform, number)}`;
    if (row.status === 'FAILED') return lookUpFailure(platform, accountId, row);
    if (row.status === 'RELEASED') return 'nothing to look at';
    if (row.releaseAt && row.releaseAt <= platform.clock.now(accountId)) {
      return endGrace(platform, number);
    }
    const outcome = await lookAtCarrier(platform, accountId, row);
    if (outcome) return outcome;
  }
  return 'changed while it was looked at';
}

/** An order of which the carrier could not be asked may have been filled: looked up each day for a week. */
async function lookUpFailure(
  platform: Needs,
  accountId: string,
  row: PhoneNumberRow,
): Promise<string> {
  const key = { accountId, phoneNumberId: row.id };
  const outcome = await settleNumberOrder(platform, key);
  if (outcome === 'active') return 'order active after all';
  const now = platform.clock.now(accountId);
  const isOld = now.getTime() - row.createdAt.getTime() > LOOK_UP_DAYS * DAY_MS;
  const checkAt = isOld ? null : new Date(now.getTime() + DAY_MS);
  await noteCheck(platform.db.prisma, accountId, row.id, { checkedAt: now, checkAt });
  return 'order failed';
}

async function lookAtCarrier(
  platform: Needs,
  accountId: string,
  row: PhoneNumberRow,
): Promise<string | null> {
  const line = await platform.carriers.of(accountId);
  const seen = await see(line, row);
  const mended: CarrierProblem[] = [];
  let { problems, found } = seen;
  if (seen.carrierNumberId && problems.some(isMendable)) {
    const isDone = await mend(line, seen.carrierNumberId, row);
    if (isDone) ({ problems, found } = await see(line, row));
    mended.push(...seen.problems.filter((problem) => !problems.includes(problem)));
  }
  const isThere = seen.carrierNumberId && found && !problems.includes('CARRIER_LOST');
  const messaging = isThere
    ? await setUpMessaging(platform, line, accountId, row, seen.carrierNumberId as string)
    : pickMessaging(row);
  return writeDown(platform, accountId, row, {
    ...messaging,
    problems,
    mended,
    carrierStatus: found?.status ?? null,
    carrierNumberId: seen.carrierNumberId,
  });
}

interface Seen {
  carrierNumberId: string | null;
  found: CarrierNumber | null;
  problems: CarrierProblem[];
}

async function see(line: NumberInventory, row: PhoneNumberRow): Promise<Seen> {
  const { carrierNumberId } = row;
  const known = carrierNumberId && (await line.readNumber(carrierNumberId));
  if (known) return { carrierNumberId, found: known, problems: carrierProblems(known, row) };
  // taken out and bought back by hand it has another id
  const owned = await line.findOwnedNumber(row.number);
  const found = owned && (await line.readNumber(owned.id));
  return {
    carrierNumberId: owned?.id ?? carrierNumberId,
    found,
    problems: carrierProblems(found, row),
  };
}

/** False when the carrier will not have it so; then the problem stays and is shown. */
async function mend(line: NumberInventory, id: string, row: PhoneNumberRow): Promise<boolean> {
  try {
    await line.configureNumber(id, row);
    return true;
  } catch (error) {
    if (!isFinal(error)) throw error;
    return false;
  }
}

/** Writes what was found; null when the number has been changed meanwhile, so that what was found is of no use. */
function writeDown(
  { db, events, clock, log }: Needs,
  accountId: string,
  seen: PhoneNumberRow,
  found: MessagingFields & {
    problems: CarrierProblem[];
    mended: CarrierProblem[];
    carrierStatus: string | null;
    carrierNumberId: string | null;
  },
): Promise<string | null> {
  const { mended, ...now } = found;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [NUMBERS_SUBJECT]);
    const row = await readPhoneNumber(tx, accountId, seen.id);
    if (!row || row.version !== seen.version) return null;
    const checkedAt = clock.now(accountId);
    const isWaiting = now.assignment === 'PENDING';
    const checkAt = nextCheck(row.status, row.releaseAt, checkedAt, { isWaiting });
    const isNews =
      now.problems.join() !== row.problems.join() ||
      now.carrierStatus !== row.carrierStatus ||
      now.carrierNumberId !== row.carrierNumberId ||
      JSON.stringify(pickMessaging(now)) !== JSON.stringify(pickMessaging(row));
    if (mended.length > 0) {
      log.warn(
        { accountId, trackingNumberId: row.id, mended },
        'a number was set anew at the carrier',
      );
      await audit(tx, { accountId, actor: { kind: 'system', id: 'numbers' } }, clock, {
        action: 'mendPhoneNumber',
        subject: `phoneNumber:${row.id}`,
        before: { problems: [...now.problems, ...mended] },
        after: { problems: now.problems },
      });
    }
    if (isNews) {
      const fields = { ...now, checkedAt, checkAt };
      const version = await writePhoneNumber(tx, accountId, row.id, fields);
      await events.append(tx, accountId, [numberEvent({ ...row, ...now }, version, checkedAt)]);
    } else {
      await noteCheck(tx, accountId, row.id, { checkedAt, checkAt });
    }
    if (mended.length > 0) return `mended ${mended.join(', ')}`;
    return now.problems.length > 0 ? now.problems.join(', ') : 'as it is to be';
  });
}

/** The days of grace are over: given back, unless the tracker has no other number by now; then it stays for good. */
function endGrace(platform: Needs, { accountId, phoneNumberId }: NumberKey): Promise<string> {
  const { db, events, clock, log } = platform;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [NUMBERS_SUBJECT]);
    const row = await readPhoneNumber(tx, accountId, phoneNumberId);
    const now = clock.now(accountId);
    const isDue = row?.status === 'ACTIVE' && row.releaseAt !== null && row.releaseAt <= now;
    if (!row || !isDue) return 'changed meanwhile';
    if (!(await isNeeded(tx, accountId, row))) {
      await beginRelease(tx, platform, accountId, row);
      return 'grace over';
    }
    log.warn(
      { accountId, trackingNumberId: phoneNumberId },
      'a number is not given back: its tracker has no other',
    );
    const fields = { releaseAt: null, checkAt: nextCheck('ACTIVE', null, now) };
    const version = await writePhoneNumber(tx, accountId, row.id, fields);
    await events.append(tx, accountId, [numberEvent(row, version, now)]);
    return 'kept: the tracker has no other number';
  });
}
