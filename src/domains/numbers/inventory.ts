// What this domain needs of an account's carrier: find numbers, order them, make their calls come to us.
import type { Carrier } from '#platform/carrier/index.ts';

/** One account's side of the carrier's number inventory. */
export type NumberInventory = Pick<
  Carrier,
  'searchNumbers' | 'findOwnedNumber' | 'findOrder' | 'orderNumber' | 'assignNumber'
>;

/** The inventories of all accounts; `platform.carriers` is one. */
export interface Inventories {
  of(accountId: string): Promise<NumberInventory>;
}
