// Getting a number from the carrier. Orders are never sent blindly: first it is asked whether we own the number or have
// ordered it already.

import { CarrierRefused } from '#platform/carrier/index.ts';
import type { Platform } from '#platform/platform.ts';
import { NUMBERS_SUBJECT, numberStatusChanged, numberSubject } from './events.ts';
import type { Inventories, NumberInventory } from './inventory.ts';
import { readPhoneNumber, writeNumberStatus } from './store.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'> & { carriers: Inventories };

/** Which number: the order's reference at the carrier is the phone number's id. */
export interface NumberOrder {
  accountId: string;
  phoneNumberId: string;
}

export type OrderOutcome = 'active' | 'failed' | 'pending' | 'settled before' | 'unknown number';

/**
 * Looks up what became of an order and writes it down; orders nothing. For the carrier's order webhook, whose
 * customer reference is `order.phoneNumberId`.
 * @throws CarrierUnreachable, CarrierRefused when the carrier cannot be asked
 */
export function settleNumberOrder(platform: Needs, order: NumberOrder): Promise<OrderOutcome> {
  return advance(platform, order, false);
}

/**
 * Orders a number unless it is owned or ordered already, and writes down what became of it.
 * @throws CarrierUnreachable, CarrierRefused when the carrier cannot be asked; try again, nothing is ordered twice
 */
export function placeNumberOrder(platform: Needs, order: NumberOrder): Promise<OrderOutcome> {
  return advance(platform, order, true);
}

/** Writes down that a number cannot be had. */
export async function failNumberOrder(
  platform: Omit<Needs, 'carriers'>,
  order: NumberOrder,
  failure: string,
): Promise<OrderOutcome> {
  return settle(platform, order, { status: 'FAILED', failure });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Order = Awaited<ReturnType<NumberInventory['findOrder']>>;

async function advance(
  platform: Needs,
  order: NumberOrder,
  mayOrder: boolean,
): Promise<OrderOutcome> {
  const { accountId, phoneNumberId } = order;
  // an order placed by hand at the carrier may carry any reference
  if (!UUID.test(phoneNumberId)) return 'unknown number';
  const row = await readPhoneNumber(platform.db.prisma, accountId, phoneNumberId);
  if (!row) return 'unknown number';
  if (row.status !== 'ORDERING' && row.status !== 'FAILED') return 'settled before';
  const line = await platform.carriers.of(accountId);
  const activate = async (owned: { id: string }) => {
    await line.assignNumber(owned.id);
    return settle(platform, order, { status: 'ACTIVE', failure: null, carrierNumberId: owned.id });
  };
  const owned = await line.findOwnedNumber(row.number);
  if (owned) return activate(owned);
  if (row.status === 'FAILED') return 'settled before';
  let placed = await line.findOrder(phoneNumberId);
  if (!placed && mayOrder) {
    const tried = await tryOrder(line, row.number, phoneNumberId);
    if ('refused' in tried) return failNumberOrder(platform, order, tried.refused);
    placed = tried.placed;
  }
  if (placed?.state === 'FAILED') {
    return failNumberOrder(platform, order, 'The carrier could not fill the order.');
  }
  if (placed?.state !== 'SUCCESS') return 'pending';
  const bought = await line.findOwnedNumber(row.number);
  return bought ? activate(bought) : 'pending';
}

async function tryOrder(
  line: NumberInventory,
  number: string,
  reference: string,
): Promise<{ placed: Order } | { refused: string }> {
  try {
    return { placed: await line.orderNumber(number, reference) };
  } catch (error) {
    // 4xx of the order itself is the carrier's last word; a refused key or a rate limit is not
    const isFinal = error instanceof CarrierRefused && ![401, 403, 408, 429].includes(error.status);
    if (!isFinal) throw error;
    // refused because another try was faster?
    const placed = await line.findOrder(reference);
    return placed ? { placed } : { refused: `The carrier refused the order: ${error.message}` };
  }
}

async function settle(
  { db, events, clock }: Omit<Needs, 'carriers'>,
  { accountId, phoneNumberId }: NumberOrder,
  result:
    | { status: 'ACTIVE'; failure: null; carrierNumberId: string }
    | { status: 'FAILED'; failure: string },
): Promise<OrderOutcome> {
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [NUMBERS_SUBJECT]);
    const row = await readPhoneNumber(tx, accountId, phoneNumberId);
    if (!row) return 'unknown number';
    const isOpen =
      row.status === 'ORDERING' || (row.status === 'FAILED' && result.status === 'ACTIVE');
    if (!isOpen) return 'settled before';
    const subjectVersion = await writeNumberStatus(tx, accountId, phoneNumberId, result);
    await events.append(tx, accountId, [
      {
        definition: numberStatusChanged,
        companyId: row.companyId,
        subject: numberSubject(phoneNumberId),
        subjectVersion,
        occurredAt: clock.now(accountId),
        payload: { phoneNumberId, trackerId: row.trackerId, status: result.status },
      },
    ]);
    return result.status === 'ACTIVE' ? 'active' : 'failed';
  });
}
