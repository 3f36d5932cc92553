// Where a tracker's calls go: a telephone that can be dialled, that is no emergency number, no tracking number, and, unless
// the account pays by the minute, of the unlimited class.

import type { Tx } from '#platform/db/index.ts';
import { isTollFree, isUsOrCanada, parsePhoneNumber } from '#values/phone-number.ts';
import { invalidInput, policyRefused, refuseAll } from '#values/refusals.ts';
import type { WantedNumber } from './order-number.ts';
import { findDestinations } from './store.ts';
import { findLiveNumber } from './store-numbers.ts';

const EMERGENCY = /^(?:\+?1)?(?:911|112|999|000|933)$/;
const EXTENSION = /(?:ext\.?|extension|x|#)\s*\d+\s*$/i;

/**
 * Reads a destination in any usual spelling.
 * @returns E.164. Throws Refused EMERGENCY_CALL or INVALID_INPUT.
 */
export function readDestination(text: string): string {
  if (EMERGENCY.test(text.replace(/[\s().-]/g, ''))) {
    throw policyRefused(
      'EMERGENCY_CALL',
      'A tracker cannot forward to an emergency number. Give the telephone of the business.',
      { field: 'destination' },
    );
  }
  if (EXTENSION.test(text)) {
    throw invalidInput(
      'destination',
      'An extension cannot be dialled. Give a number that reaches the business directly.',
    );
  }
  const e164 = parsePhoneNumber(text);
  if (e164) return e164;
  throw invalidInput(
    'destination',
    'This is not a telephone number that can be dialled. Write it with its country: +14155550134.',
  );
}

/**
 * Refuses a destination outside the unlimited class unless the account has turned metered calling on (rules.md, L09, L10,
 * L16).
 * @param destination E.164
 * @throws Refused DESTINATION_NOT_US_CA or TOLL_FREE_NOT_ALLOWED
 */
export async function refuseMetered(tx: Tx, accountId: string, destination: string): Promise<void> {
  const outside = !isUsOrCanada(destination);
  if (!outside && !isTollFree(destination)) return;
  const { meteredCalling } = await tx.account.findUniqueOrThrow({
    where: { id: accountId },
    select: { meteredCalling: true },
  });
  if (meteredCalling) return;
  const way = 'or turn metered calling on for the account (updateAccount, meteredCalling: true).';
  throw outside
    ? policyRefused(
        'DESTINATION_NOT_US_CA',
        `Calls are forwarded within the US and Canada. Give a number there, ${way}`,
        { field: 'destination' },
      )
    : policyRefused(
        'TOLL_FREE_NOT_ALLOWED',
        `Calls are not forwarded to toll-free numbers. Give the number behind it, ${way}`,
        { field: 'destination' },
      );
}

/**
 * Refuses a forward between tracking numbers of the account (rules.md, L14). The caller holds the account's numbers.
 * @param ends.destination E.164
 * @param ends.numbers the numbers that are being ordered for the tracker; none when it has its numbers
 * @throws Refused TRUNKING_PROHIBITED
 */
export async function refuseTrunking(
  tx: Tx,
  accountId: string,
  ends: { destination: string; numbers: readonly WantedNumber[] },
): Promise<void> {
  const { destination, numbers } = ends;
  const own = await findLiveNumber(tx, accountId, destination);
  if (own || numbers.some(({ number }) => number === destination)) {
    throw policyRefused(
      'TRUNKING_PROHIBITED',
      'The destination is a tracking number of this account. Forward to the telephone of the business.',
      { field: 'destination' },
    );
  }
  const wanted = numbers.map(({ number }) => number);
  const destinations = new Set(await findDestinations(tx, accountId, wanted));
  refuseAll(
    numbers
      .filter(({ number }) => destinations.has(number))
      .map(({ field }) =>
        policyRefused(
          'TRUNKING_PROHIBITED',
          'Another tracker forwards to this number, so it cannot become a tracking number.',
          { field: [...field, 'phoneNumber'] },
        ),
      ),
  );
}
