// Numbers on offer at the account's carrier.
import { z } from 'zod';
import { authorize } from '#domains/accounts/index.ts';
import { CarrierRefused, CarrierUnreachable, type OfferedNumber } from '#platform/carrier/index.ts';
import { parseInput } from '#values/parse-input.ts';
import { parsePhoneNumber } from '#values/phone-number.ts';
import { policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import type { Inventories } from './inventory.ts';

const shape = z.object({
  areaCode: z
    .string()
    .regex(/^[2-9]\d{2}$/, 'areaCode takes three digits: 415.')
    .nullish(),
  near: z.string().trim().min(1, 'near takes a telephone number or a place.').max(100).nullish(),
  tollFree: z.boolean().nullish(),
});

/**
 * Searches numbers to order (product.md 2.4).
 * @param request.areaCode a hard requirement
 * @param request.near a telephone number (its area code is preferred, others are taken when it has none left) or a place
 * @returns at most 20 numbers. Throws Forbidden; Refused INVALID_INPUT, CARRIER_REFUSED.
 */
export async function searchNumbers(
  { carriers }: { carriers: Inventories },
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<OfferedNumber[]> {
  authorize(viewer, 'numbers.search');
  const { areaCode, near, tollFree } = parseInput(shape, request);
  const line = await carriers.of(viewer.accountId);
  const neighbour = near ? parsePhoneNumber(near) : null;
  const place = near && !neighbour ? { near } : {};
  const kind = tollFree ? { tollFree } : {};
  try {
    if (areaCode) return await line.searchNumbers({ areaCode, ...place, ...kind });
    if (neighbour?.startsWith('+1') && !tollFree) {
      const next = await line.searchNumbers({ areaCode: neighbour.slice(2, 5) });
      if (next.length > 0) return next;
    }
    return await line.searchNumbers({ ...place, ...kind });
  } catch (error) {
    if (!(error instanceof CarrierRefused || error instanceof CarrierUnreachable)) throw error;
    throw policyRefused(
      'CARRIER_REFUSED',
      `The carrier gave no list of numbers: ${error.message} Try again shortly.`,
    );
  }
}
