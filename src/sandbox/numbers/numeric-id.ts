// Ids of applications and numbers as Telnyx forms them: 19 digits.
import { randomInt } from 'node:crypto';

/** A new id such as "2774993960299398855". */
export function newNumericId(): string {
  const digits = () => String(randomInt(0, 1e9)).padStart(9, '0');
  return `${randomInt(1, 10)}${digits()}${digits()}`;
}
