// A person's file while leads are merged and split between its pages: it holds one state of the person, whole, or does not
// come.
import { randomUUID } from 'node:crypto';
import { text as textOf } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { exportLead } from '#domains/erasures/export-lead.ts';
import { writeLeadExport } from '#domains/erasures/lead-file/write-lead-export.ts';
import { mergeLeads, splitLead } from '#domains/merges/index.ts';
import { NotYet } from '#platform/jobs/index.ts';
import { openLedger } from '#tests/domains/reports/ledger.ts';

const ledger = await openLedger();
const { platform } = ledger;
const { prisma } = platform.db;
const [ADA, WORK] = ['+14155550186', '+14155550187'] as const;
const { signal } = new AbortController();

/** A lead with as many notes as make a page of the file, and another that may be the same person. */
async function settle() {
  const town = await ledger.settle();
  const { accountId, companyId, viewer } = town;
  const [a = '', b = ''] = [
    (await town.arrives(ADA, new Date('2026-03-02T15:00:00Z'))).leadId ?? '',
    (await town.arrives(WORK, new Date('2026-03-02T15:01:00Z'))).leadId ?? '',
  ];
  await prisma.leadNote.createMany({
    data: Array.from({ length: 70 }, (_, n) => ({
      ...{ accountId, companyId, id: randomUUID(), leadId: a, author: 'key:none' },
      ...{ text: 'tea '.repeat(250), createdAt: new Date(Date.UTC(2026, 2, 2, 16, n)) },
    })),
  });
  const { id: exportId } = await exportLead(platform, viewer, { leadId: a });
  const merge = () => mergeLeads(platform, viewer, { leadId: a, mergedLeadIds: [b] });
  const split = () => splitLead(platform, viewer, { leadId: b });
  const state = () => prisma.export.findFirstOrThrow({ where: { accountId, id: exportId } });
  return { accountId, exportId, a, b, viewer, merge, split, state };
}

/** Writes the file; behind its pieces, in their order, something happens. What stands in it, once it is there. */
async function write(
  { accountId, exportId }: { accountId: string; exportId: string },
  ...happens: (() => Promise<unknown>)[]
) {
  const waiting = [...happens];
  let key = '';
  const put: typeof platform.storage.put = (as, pages) => {
    key = as;
    async function* between() {
      for await (const page of pages) {
        yield page;
        await waiting.shift()?.();
      }
    }
    return platform.storage.put(as, between());
  };
  const needs = { ...platform, storage: { ...platform.storage, put } };
  const outcome = await writeLeadExport(needs, { accountId, exportId }, signal);
  expect(waiting).toEqual([]);
  const read = async () => JSON.parse(await textOf(await platform.storage.read(key)));
  return { outcome, file: outcome === 'ready' ? await read() : null };
}

const numbersIn = ({ identities }: { identities: { value: string }[] }) =>
  identities.map(({ value }) => value).sort();

it('begins anew when another was merged into it and split from it again between its pages', async () => {
  const town = await settle();
  await expect(write(town, town.merge, town.split)).rejects.toThrow(NotYet);
  expect(await town.state()).toMatchObject({ state: 'RUNNING' });
  const { outcome, file } = await write(town);
  expect(outcome).toBe('ready');
  expect(numbersIn(file)).toEqual([ADA]);
  expect(file).toMatchObject({ mergedLeads: [], interactions: [{}] });
});

it('begins anew when another was merged into it, and then holds both', async () => {
  const town = await settle();
  await expect(write(town, town.merge)).rejects.toThrow(NotYet);
  const { file } = await write(town);
  expect(numbersIn(file)).toEqual([ADA, WORK]);
  expect(file.mergedLeads).toHaveLength(1);
  expect(file.interactions).toHaveLength(2);
  // what was merged before and is split while it is written is no part of it either
  const { id: exportId } = await exportLead(platform, town.viewer, { leadId: town.a });
  const again = { ...town, exportId };
  await expect(write(again, town.split, town.merge)).rejects.toThrow(NotYet);
  expect((await write(again)).file.interactions).toHaveLength(2);
});

it('does not come once the lead is another’s', async () => {
  const town = await settle();
  const { a, b, viewer } = town;
  const into = () => mergeLeads(platform, viewer, { leadId: b, mergedLeadIds: [a] });
  expect(await write(town, into)).toEqual({ outcome: 'lead-gone', file: null });
  expect(await town.state()).toMatchObject({ state: 'FAILED', failure: 'LEAD_GONE' });
});
