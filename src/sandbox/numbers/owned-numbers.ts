// Numbers in the account: put there, found there.
import type { Carrier } from '../carrier.ts';
import { refusals } from '../refusal.ts';
import type { OwnedNumber } from '../store.ts';
import { newNumericId } from './numeric-id.ts';

/** Puts a number into the account at once, or changes the one that is there. */
export function ownNumber(
  carrier: Carrier,
  phoneNumber: string,
  fields: Partial<
    Pick<
      OwnedNumber,
      'connectionId' | 'customerReference' | 'status' | 'deletionLock' | 'messagingProfileId'
    >
  >,
): OwnedNumber {
  const { state } = carrier.store;
  const nowMs = carrier.clock.now();
  const known = state.numbers.find((number) => number.phoneNumber === phoneNumber);
  if (known) return Object.assign(known, fields, { updatedMs: nowMs });
  const number: OwnedNumber = {
    id: newNumericId(),
    phoneNumber,
    type: isTollFree(phoneNumber) ? 'toll_free' : 'local',
    connectionId: null,
    customerReference: null,
    tags: [],
    status: 'active',
    deletionLock: false,
    callerName: false,
    screening: 'disabled',
    forwardsTo: '',
    forwarding: true,
    recording: false,
    translatedNumber: '',
    messagingProfileId: null,
    campaignId: null,
    assignment: 'none',
    assignmentReason: '',
    ...fields,
    purchasedMs: nowMs,
    updatedMs: nowMs,
  };
  state.numbers.push(number);
  carrier.store.save();
  return number;
}

/** The number with this id, or this number itself. Throws 404. */
export function findNumber({ store: { state } }: Carrier, id: string | undefined): OwnedNumber {
  const found = state.numbers.find((number) => number.id === id || number.phoneNumber === id);
  if (!found) throw refusals.notFound('phone number');
  return found;
}

export function isTollFree(phoneNumber: string): boolean {
  return /^\+18(00|33|44|55|66|77|88)/.test(phoneNumber);
}
