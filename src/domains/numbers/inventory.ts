// What this domain needs of an account's carrier: find numbers, hold and order them, keep them set, have them
// text, give them back.
import type { Carrier, RegistrationLine } from '#platform/carrier/index.ts';

/** One account's side of the carrier's number inventory. */
export type NumberInventory = Pick<
  Carrier,
  | 'searchNumbers'
  | 'findOwnedNumber'
  | 'findOrder'
  | 'orderNumber'
  | 'readNumber'
  | 'configureNumber'
  | 'releaseNumber'
  | 'reserveNumbers'
  | 'findReservation'
  | 'extendReservation'
  | 'ensureMessagingProfile'
  | 'setMessagingProfile'
  | keyof RegistrationLine
>;

/** The inventories of all accounts; `platform.carriers` is one. */
export interface Inventories {
  of(accountId: string): Promise<NumberInventory>;
}
