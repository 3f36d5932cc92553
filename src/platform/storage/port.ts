// Where recordings and other large things lie. The port, and the error for what is not there.
import type { Readable } from 'node:stream';

export interface Storage {
  /**
   * Stores a stream under a key, whole or not at all.
   * @returns the number of bytes and their SHA-256
   * @throws what the stream throws; nothing is left behind then
   */
  put(
    key: string,
    content: AsyncIterable<Uint8Array>,
  ): Promise<{ sizeBytes: number; sha256: Buffer }>;
  /** Reads a range, both ends included; the whole without one. Throws StoredThingMissing. */
  read(key: string, range?: { start: number; end: number }): Promise<Readable>;
  /** The size in bytes. Throws StoredThingMissing. */
  size(key: string): Promise<number>;
  /**
   * Removes everything whose key begins so, and what unfinished writes of it left. What is not there is removed already.
   * @param prefix one that ends with / is a folder; without it, the folder around it is read, however full it is
   */
  removeAll(prefix: string): Promise<void>;
  /** A path on this machine's disk that holds the content until `release`, for programs that need a file. */
  localFile(key: string): Promise<{ path: string; release(): Promise<void> }>;
  /** Removes it, and what unfinished writes of it left; nothing happens when it is not there. */
  remove(key: string): Promise<void>;
}

export class StoredThingMissing extends Error {
  constructor(key: string) {
    super(`Nothing is stored under ${key}.`);
    this.name = 'StoredThingMissing';
  }
}
