// What was spotted: who reads it, how long it stays, and that it goes with the words.
import { describe, expect, it } from 'vitest';
import { momentOf } from '#domains/automation/moments.ts';
import { deleteKeywordSet } from '#domains/intelligence/keywords/update-keyword-set.ts';
import { openSpottingDesk } from './spotting-desk.ts';

const library = await openSpottingDesk();
const { settle } = library;
const { prisma } = library.db;

describe('what was spotted', () => {
  it('stays when its set is deleted, and no transcript is looked through for that any more', async () => {
    const { viewer, set, hits, write } = await settle();
    const { id: keywordSetId } = await set([{ text: 'leak' }]);
    const one = await write();
    await library.spot(one);
    await deleteKeywordSet(library, viewer, { keywordSetId });
    const { keywordHits } = await hits(one.callId);
    expect(keywordHits).toMatchObject([{ keyword: 'leak', set: null }, { keyword: 'leak' }]);
    expect(await library.spot(await write())).toBe('no-sets');
  });

  it('of a deleted set goes with words that are edited, and stays in the others', async () => {
    const { viewer, accountId, set, hits, write, told } = await settle();
    const { id: keywordSetId } = await set([{ text: 'leak' }]);
    const one = await write();
    await library.spot(one);
    await deleteKeywordSet(library, viewer, { keywordSetId });
    const { transcriptId } = one;
    const text = 'Hi, my water heater is fine.';
    await prisma.transcriptSegment.update({
      where: { accountId_transcriptId_n: { accountId, transcriptId, n: 1 } },
      data: { text, edited: true },
    });
    await prisma.transcript.update({
      where: { accountId_id: { accountId, id: transcriptId } },
      data: { edits: 1, version: { increment: 1 } },
    });
    expect(await library.spot(one)).toBe('no-sets');
    const { keywordHits } = await hits(one.callId);
    expect(keywordHits.map(({ quote }: { quote: string }) => quote)).toEqual([
      expect.stringContaining('leaks'),
    ]);
    const gone = (await told(`call:${one.callId}`)).at(-1);
    expect(gone).toMatchObject({ type: 'call.updated', payload: { changes: ['keywordHits'] } });
    // no rule takes it for keywords that were spotted
    expect(momentOf(gone as Parameters<typeof momentOf>[0])).toBeNull();
    expect(await prisma.keywordHit.count({ where: { accountId, transcriptId } })).toBe(1);
  });

  it('goes with the words: with the segment, the transcript, the call', async () => {
    const { accountId, set, write } = await settle();
    await set([{ text: 'leak' }]);
    const one = await write();
    await library.spot(one);
    const where = { accountId, transcriptId: one.transcriptId };
    await prisma.transcriptSegment.delete({
      where: { accountId_transcriptId_n: { ...where, n: 1 } },
    });
    expect(await prisma.keywordHit.count({ where })).toBe(1);
    await prisma.interaction.delete({ where: { accountId_id: { accountId, id: one.callId } } });
    expect(await prisma.keywordHit.count({ where })).toBe(0);
    expect(await prisma.keywordScan.count({ where })).toBe(0);
  });

  it('is read by those who may read transcripts, of their companies', async () => {
    const { viewer, otherCompanyId, set, hits, write } = await settle();
    await set([{ text: 'leak' }], null);
    const one = await write();
    await library.spot(one);
    expect((await hits(one.callId, { ...viewer, scopes: ['calls:read'] })).keywordHits).toBeNull();
    expect(await hits(one.callId, { ...viewer, companyIds: [otherCompanyId] })).toBeNull();
    const stranger = await settle();
    expect(await hits(one.callId, stranger.viewer)).toBeNull();
  });
});
