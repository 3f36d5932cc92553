// The address of a running server, as commands in another shell find it.
import { expect, it } from 'vitest';
import { readServerAddress, writeServerAddress } from '#platform/config/index.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

it('is there while the server runs, and is the newest one', () => {
  const dataDir = temporaryFolder();
  expect(readServerAddress(dataDir)).toBeUndefined();
  const stopFirst = writeServerAddress(dataDir, 'http://127.0.0.1:4310');
  expect(readServerAddress(dataDir)).toBe('http://127.0.0.1:4310');
  const stopSecond = writeServerAddress(dataDir, 'https://calls.example.com');
  stopFirst();
  expect(readServerAddress(dataDir)).toBe('https://calls.example.com');
  stopSecond();
  expect(readServerAddress(dataDir)).toBeUndefined();
});
