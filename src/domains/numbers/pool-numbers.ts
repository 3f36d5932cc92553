// The numbers in the input of a verb that orders many for a pool.
import { z } from 'zod';
import { invalidInput, refuseAll } from '#values/refusals.ts';
import { readWantedNumber, type WantedNumber, wantedNumberShape } from './order-number.ts';

/** So many are ordered in one go; a pool may have more. The largest pool of CallRail's is as large (product.md 2.4). */
export const MOST_ORDERED = 300;
const error = `numbers takes 1 to ${MOST_ORDERED} numbers at a time.`;

export const poolNumbersShape = z
  .array(wantedNumberShape, { error })
  .min(1, error)
  .max(MOST_ORDERED, `${error} Order the others with addPoolNumbers.`);

/** Reads them, in their order. Throws Refused INVALID_INPUT, also for a number that stands there twice. */
export function readPoolNumbers(given: z.output<typeof poolNumbersShape>): WantedNumber[] {
  const wanted = given.map((number, n) => readWantedNumber(number, ['numbers', String(n)]));
  const first = new Map<string, number>();
  refuseAll(
    wanted.flatMap(({ number, field }, n) => {
      const earlier = first.get(number);
      if (earlier === undefined) first.set(number, n);
      const message = `This number stands in numbers twice, here and at ${earlier}.`;
      return earlier === undefined ? [] : invalidInput([...field, 'phoneNumber'], message);
    }),
  );
  return wanted;
}
