// Getting a number from the carrier. Orders are never sent blindly: first it is asked whether we own the number or have
// ordered it already.

import type { Platform } from '#platform/platform.ts';
import { isFinal } from './carrier-word.ts';
import type { Inventories, NumberInventory } from './inventory.ts';
import { moveNumber, type NumberKey } from './move-number.ts';
import { setUpMessaging } from './registration/set-up-messaging.ts';
import { findLiveNumber, isElsewhere, readPhoneNumber } from './store-numbers.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'> & { carriers: Inventories };

export type OrderOutcome = 'active' | 'failed' | 'pending' | 'settled before' | 'unknown number';

/**
 * Looks up what became of an order and writes it down; orders nothing. For the carrier's order webhook, whose
 * customer reference is the phone number's id.
 * @throws CarrierUnreachable, CarrierRefused when the carrier cannot be asked
 */
export function settleNumberOrder(platform: Needs, order: NumberKey): Promise<OrderOutcome> {
  return advance(platform, order, false);
}

/**
 * Orders a number unless it is owned or ordered already, and writes down what became of it.
 * @throws CarrierUnreachable, CarrierRefused when the carrier cannot be asked; try again, nothing is ordered twice
 */
export function placeNumberOrder(platform: Needs, order: NumberKey): Promise<OrderOutcome> {
  return advance(platform, order, true);
}

/** Writes down that a number cannot be had; `isUnsure` when the carrier may have taken the order after all. */
export async function failNumberOrder(
  platform: Omit<Needs, 'carriers'>,
  order: NumberKey,
  failure: string,
  { isUnsure = false } = {},
): Promise<OrderOutcome> {
  const status = await moveNumber(platform, order, 'NOT_FILLED', { failure, isUnsure });
  return status ? 'failed' : 'settled before';
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Order = Awaited<ReturnType<NumberInventory['findOrder']>>;

async function advance(
  platform: Needs,
  order: NumberKey,
  mayOrder: boolean,
): Promise<OrderOutcome> {
  const { accountId, phoneNumberId } = order;
  // an order placed by hand at the carrier may carry any reference
  if (!UUID.test(phoneNumberId)) return 'unknown number';
  const row = await readPhoneNumber(platform.db.prisma, accountId, phoneNumberId);
  if (!row) return 'unknown number';
  if (row.status !== 'ORDERING' && row.status !== 'FAILED') return 'settled before';
  // somebody has ordered the same number anew: what the carrier owns now is that order's
  if (row.status === 'FAILED' && (await findLiveNumber(platform.db.prisma, accountId, row.number)))
    return 'settled before';
  const line = await platform.carriers.of(accountId);
  const activate = async (owned: { id: string }) => {
    await line.configureNumber(owned.id, row);
    // a number is in service when texts to it arrive too
    const messaging = await setUpMessaging(platform, line, accountId, row, owned.id);
    const filled = { carrierNumberId: owned.id, messaging };
    const status = await moveNumber(platform, order, 'FILLED', filled);
    return status ? 'active' : 'settled before';
  };
  const owned = await line.findOwnedNumber(row.number);
  if (!owned && row.status === 'FAILED') return 'settled before';
  let placed = await line.findOrder(phoneNumberId);
  if (owned) {
    const isOurs = placed?.state === 'SUCCESS';
    if (!isOurs && (await isElsewhere(platform.db.prisma, accountId, row.number))) {
      return failNumberOrder(platform, order, 'The number is in use already.');
    }
    return activate(owned);
  }
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
    if (!isFinal(error)) throw error;
    // refused because another try was faster?
    const placed = await line.findOrder(reference);
    return placed ? { placed } : { refused: `The carrier refused the order: ${error.message}` };
  }
}
