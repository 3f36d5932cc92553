// Numbers on offer at the account's carrier.
import { z } from 'zod';
import { authorize } from '#domains/accounts/index.ts';
import { CarrierRefused, CarrierUnreachable, type OfferedNumber } from '#platform/carrier/index.ts';
import { parseInput } from '#values/parse-input.ts';
import { parsePhoneNumber } from '#values/phone-number.ts';
import { policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import type { Inventories } from './inventory.ts';

/** as long as a page of any list */
export const MOST_OFFERED = 100;
export const USUALLY_OFFERED = 20;
const countError = `first takes 1 to ${MOST_OFFERED}.`;

const shape = z.object({
  areaCode: z
    .string()
    .regex(/^[2-9]\d{2}$/, 'areaCode takes three digits: 415.')
    .nullish(),
  near: z.string().trim().min(1, 'near takes a telephone number or a place.').max(100).nullish(),
  tollFree: z.boolean().nullish(),
  first: z.int().min(1, countError).max(MOST_OFFERED, countError).nullish(),
});

/**
 * Searches numbers to order (product.md 2.4).
 * @param request.areaCode a hard requirement
 * @param request.near a telephone number (its area code is preferred, others are taken when it has none left) or a place
 * @param request.first how many at most; 20 when left out
 * @returns the numbers. Throws Forbidden; Refused INVALID_INPUT, CARRIER_REFUSED.
 */
export async function searchNumbers(
  { carriers }: { carriers: Inventories },
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<OfferedNumber[]> {
  authorize(viewer, 'numbers.search');
  const { areaCode, near, tollFree, first } = parseInput(shape, request);
  const line = await carriers.of(viewer.accountId);
  const neighbour = near ? parsePhoneNumber(near) : null;
  const place = near && !neighbour ? { near } : {};
  const kind = tollFree ? { tollFree } : {};
  const limit = first ?? USUALLY_OFFERED;
  try {
    if (areaCode) return await line.searchNumbers({ areaCode, ...place, ...kind, limit });
    if (neighbour?.startsWith('+1') && !tollFree) {
      const next = await line.searchNumbers({ areaCode: neighbour.slice(2, 5), limit });
      if (next.length > 0) return next;
    }
    return await line.searchNumbers({ ...place, ...kind, limit });
  } catch (error) {
    if (!(error instanceof CarrierRefused || error instanceof CarrierUnreachable)) throw error;
    throw policyRefused(
      'CARRIER_REFUSED',
      `The carrier gave no list of numbers: ${error.message} Try again shortly.`,
    );
  }
}
