// Files that senders name: an account whose addresses never answer holds its own share, and nobody else's.
import { expect, it } from 'vitest';
import { fetchFiles } from '#domains/messages/fetch-files.ts';
import type { Outbound } from '#platform/outbound/index.ts';

const NOW = new Date('2026-03-02T10:00:00Z');

/** addresses that answer once they are let */
function openSlow() {
  const open: (() => void)[] = [];
  const outbound = {
    refusalOf: () => null,
    get: async () => {
      await new Promise<void>((resolve) => open.push(resolve));
      return { status: 404, body: Buffer.alloc(0) };
    },
  } as unknown as Outbound;
  const asks = (accountId: string, files: number) =>
    fetchFiles(outbound, Array(files).fill('https://files.example/a'), { accountId, now: NOW });
  const drain = async (done: Promise<unknown>) => {
    let isDone = false;
    const end = done.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      for (const answer of open.splice(0)) answer();
      await new Promise(setImmediate);
    }
    return end;
  };
  return { asks, drain, open };
}

const settled = () => new Promise(setImmediate);

it('are fetched two at once and ten wait of an account, and another account is not kept waiting', async () => {
  const { asks, drain, open } = openSlow();
  const six = [asks('files-a', 6), asks('files-a', 6)];
  await settled();
  expect(open).toHaveLength(2);
  await expect(asks('files-a', 1)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  const other = asks('files-b', 1);
  await settled();
  expect(open).toHaveLength(3);
  const all = (await drain(Promise.all([...six, other]))) as { fault: string }[];
  expect(all.map(({ fault }) => fault)).toEqual(
    Array(3).fill('File 1 of mediaUrls cannot be fetched: it answered 404.'),
  );
  // what is done makes room
  const again = asks('files-a', 10);
  await settled();
  expect(open).toHaveLength(2);
  await drain(again);
});
