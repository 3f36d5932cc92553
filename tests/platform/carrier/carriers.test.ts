// What a process remembers of the accounts' carriers: a change arrives, and what is not there is not kept.
import { expect, it } from 'vitest';
import { type OpenCarrierSettings, openCarriers } from '#platform/carrier/index.ts';

/** Carriers over settings that a test may change, as another process would. */
function openLines() {
  const stored = new Map<string, OpenCarrierSettings>();
  const reads: string[] = [];
  const carriers = openCarriers({
    settings: async (accountId) => {
      reads.push(accountId);
      return stored.get(accountId) ?? null;
    },
    publicUrl: () => 'http://127.0.0.1:9',
  });
  const set = (accountId: string, publicKey: string) =>
    stored.set(accountId, {
      baseUrl: 'http://127.0.0.1:9/v2',
      apiKey: 'key',
      publicKey,
      connectionId: null,
    });
  return { carriers, reads, set };
}

it('a key is remembered, and read anew once told to forget', async () => {
  const { carriers, reads, set } = openLines();
  set('a', 'first');
  expect(await carriers.publicKeyOf('a')).toBe('first');
  set('a', 'second');
  expect(await carriers.publicKeyOf('a')).toBe('first');
  expect(reads).toHaveLength(1);
  carriers.forget('a');
  expect(await carriers.publicKeyOf('a')).toBe('second');
});

it('a key that another process changed is read anew, but not again at once', async () => {
  const { carriers, reads, set } = openLines();
  set('a', 'first');
  await carriers.publicKeyOf('a');
  set('a', 'second');
  expect(await carriers.freshPublicKeyOf('a')).toBe('second');
  expect(await carriers.publicKeyOf('a')).toBe('second');
  expect(await carriers.freshPublicKeyOf('a')).toBeUndefined();
  expect(reads).toHaveLength(2);
});

it('an account that has no carrier is not remembered', async () => {
  const { carriers, reads, set } = openLines();
  expect(await carriers.publicKeyOf('a')).toBeNull();
  set('a', 'first');
  expect(await carriers.publicKeyOf('a')).toBe('first');
  expect(reads).toHaveLength(2);
  await expect(carriers.of('b')).rejects.toThrow('configureCarrier');
});

it('no more than ten thousand accounts are remembered', async () => {
  const { carriers, reads, set } = openLines();
  const names = Array.from({ length: 10_001 }, (_, n) => `account-${n}`);
  for (const name of names) {
    set(name, 'key');
    await carriers.publicKeyOf(name);
  }
  reads.length = 0;
  await carriers.publicKeyOf('account-10000');
  expect(reads).toEqual([]);
  await carriers.publicKeyOf('account-0');
  expect(reads).toEqual(['account-0']);
});
