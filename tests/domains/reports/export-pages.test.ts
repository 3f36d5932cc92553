// An export of many pages: each thing once, in order, also where two began at one moment; cut off between pages it begins
// anew, and it does not come when something of it was erased meanwhile.
import { expect, it } from 'vitest';
import { forgetInteraction } from '#domains/reports/count-interactions.ts';
import { createExport } from '#domains/reports/exports/create-export.ts';
import { writeExport } from '#domains/reports/exports/write-export.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openLedger } from './ledger.ts';

const ledger = await openLedger();
const { platform } = ledger;
const PAGE = 2;
const range = { from: '2026-03-01', to: '2026-03-31' };

/** Five calls, not made in the order in which they began, and an export of them that waits. */
async function begun() {
  const town = await ledger.settle();
  const calls: { id: string; at: string }[] = [];
  for (const day of ['05', '02', '04', '04', '03']) {
    const at = `2026-03-${day}T10:00:00Z`;
    calls.push({ id: await town.call({ at }), at });
  }
  const row = await createExport(platform, town.viewer, { kind: 'CALLS', format: 'JSONL', range });
  const id = { accountId: town.accountId, exportId: row.id };
  calls.sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1));
  return { town, calls, id, key: `exports/${town.accountId}/${row.id}.jsonl` };
}

/** Pages as they are stored; something happens after the first. */
function between(happens: () => Promise<void>): typeof platform {
  const put: typeof platform.storage.put = (key, pages) => {
    const slowly = async function* () {
      let n = 0;
      for await (const page of pages as AsyncIterable<Uint8Array>) {
        yield page;
        n += 1;
        // the header comes first
        if (n === 2) await happens();
      }
    };
    return platform.storage.put(key, slowly());
  };
  return { ...platform, storage: { ...platform.storage, put } };
}

async function stored(key: string): Promise<string[]> {
  const parts = [];
  for await (const part of await platform.storage.read(key)) parts.push(part as Buffer);
  const lines = Buffer.concat(parts).toString().trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line).id);
}

it('has each call once and in order, though it was cut off after a page', async () => {
  const { calls, id, key } = await begun();
  const killing = new AbortController();
  const cut = between(async () => killing.abort(new Error('killed')));
  await expect(writeExport(cut, id, killing.signal, PAGE)).rejects.toThrow('killed');
  await expect(platform.storage.size(key)).rejects.toThrow('Nothing is stored');
  expect(await writeExport(platform, id, new AbortController().signal, PAGE)).toBe('ready');
  expect(await stored(key)).toEqual(calls.map((call) => encodeGlobalId('Call', call.id)));
});

it('does not come when one of its calls was erased between two pages', async () => {
  const { town, calls, id, key } = await begun();
  const [first] = calls;
  const erased = between(() =>
    ledger.db.transaction(async (tx) => {
      const { accountId, companyId } = town;
      const call = first?.id ?? '';
      await tx.interaction.delete({ where: { accountId_id: { accountId, id: call } } });
      await forgetInteraction(tx, platform, accountId, { id: call, companyId, leadId: null });
    }),
  );
  expect(await writeExport(erased, id, new AbortController().signal, PAGE)).toBe('expired');
  await expect(platform.storage.size(key)).rejects.toThrow('Nothing is stored');
});
