// What stands in memory already goes to the storage like everything else: as a stream, of one piece.
import type { Storage } from './port.ts';

/**
 * Stores bytes under a key, whole or not at all.
 * @returns their number and their SHA-256. Throws what the storage throws
 */
export function putWhole(
  storage: Pick<Storage, 'put'>,
  key: string,
  bytes: Uint8Array,
): ReturnType<Storage['put']> {
  async function* once(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  return storage.put(key, once());
}
