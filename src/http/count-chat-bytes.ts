// How many bytes visitors of a company may send in a day: no address can use up what the company has for all.
import { CollectRefused } from '#domains/visitors/index.ts';
import type { Limits } from '#platform/limits/index.ts';

/** bytes are counted by the unit that is begun: 100 MB a day from an address, 500 MB from all visitors of a company */
const UNIT_BYTES = 100_000;
const BYTES_PER_ADDRESS = { name: 'chat-bytes-address', tries: 1_000, seconds: 86_400 };
const BYTES_PER_COMPANY = { name: 'chat-bytes-company', tries: 5_000, seconds: 86_400 };

/**
 * A visitor's file as it comes, each part of it counted before it is passed on.
 * @param sender.address a hash, of one address at one company
 * @returns the same bytes. Throws CollectRefused RATE_LIMITED, and what the file throws.
 */
export async function* countChatBytes(
  limits: Pick<Limits, 'take'>,
  sender: { address: string; company: string },
  file: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  let counted = 0;
  let come = 0;
  for await (const part of file) {
    for (come += part.byteLength; counted < come; counted += UNIT_BYTES) {
      const refused =
        (await limits.take(BYTES_PER_ADDRESS, sender.address)) ??
        (await limits.take(BYTES_PER_COMPANY, sender.company));
      if (!refused) continue;
      const message = 'No more files are taken here today.';
      throw new CollectRefused('RATE_LIMITED', message, refused);
    }
    yield part;
  }
}
