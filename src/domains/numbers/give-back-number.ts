// The carrier's side of a release. Always by the carrier's own id, never by the number: a number that was bought anew
// meanwhile has another id, so a late second try cannot take it away.
import type { Platform } from '#platform/platform.ts';
import { isFinal } from './carrier-word.ts';
import type { Inventories } from './inventory.ts';
import { moveNumber, type NumberKey } from './move-number.ts';
import { readPhoneNumber } from './store-numbers.ts';

/**
 * Gives a RELEASING number back and writes down what became of it. One that the carrier no longer has is RELEASED; one
 * that it will not take (a deletion lock) is ACTIVE again, with the reason in `failure`.
 * @throws CarrierUnreachable, or CarrierRefused for a refused key: try again
 */
export async function giveBackNumber(
  platform: Pick<Platform, 'db' | 'events' | 'clock'> & { carriers: Inventories },
  number: NumberKey,
): Promise<'released' | 'refused' | 'settled before'> {
  const row = await readPhoneNumber(platform.db.prisma, number.accountId, number.phoneNumberId);
  if (row?.status !== 'RELEASING') return 'settled before';
  try {
    const line = await platform.carriers.of(number.accountId);
    if (row.carrierNumberId) await line.releaseNumber(row.carrierNumberId);
  } catch (error) {
    if (!isFinal(error)) throw error;
    const status = await moveNumber(platform, number, 'RELEASE_REFUSED', {
      failure: `The carrier would not take it back: ${error.message}`,
      ofVersion: row.version,
    });
    return status ? 'refused' : 'settled before';
  }
  const status = await moveNumber(platform, number, 'RELEASE_DONE');
  return status ? 'released' : 'settled before';
}
