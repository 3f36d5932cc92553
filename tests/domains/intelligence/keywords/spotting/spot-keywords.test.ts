// Spotting: each transcript once per version of a set, the hits, the tags and the event in one piece.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { forgetReadings } from '#domains/intelligence/index.ts';
import { updateKeywordSet } from '#domains/intelligence/keywords/update-keyword-set.ts';
import { spotKeywordsInTranscripts } from '#domains/intelligence/reactions.ts';
import { LINES, openSpottingDesk } from '../spotting-desk.ts';

const library = await openSpottingDesk();
const { settle } = library;
const { prisma } = library.db;

describe('spotting', () => {
  it('finds the keywords of the company, tells of them, and tags the call', async () => {
    const { otherCompanyId, set, hits, write, told } = await settle();
    const problems = await set([
      { text: 'leak', tag: 'Leak' },
      { text: 'water heat*', match: 'PREFIX', speaker: 'CALLER' },
      { text: 'card number', match: 'EXACT' },
    ]);
    const polite = await set([{ text: 'goodbye', match: 'EXACT', speaker: 'AGENT' }], null);
    await set([{ text: 'quote' }], otherCompanyId);
    const { callId, transcriptId, accountId } = await write();
    expect(await library.spot({ accountId, transcriptId })).toBe('spotted');

    const call = await hits(callId);
    expect(call.tags).toEqual([{ name: 'Leak' }]);
    expect(call.keywordHits).toEqual([
      {
        keyword: 'water heat*',
        speaker: 'CALLER',
        startMs: 8_400,
        quote:
          'I found you through an ad and my water heater is leaking onto the floor of our kitchen',
        set: { name: 'Set' },
        segment: { id: expect.any(String), text: LINES[1]?.slice(3), speaker: 'CALLER' },
      },
      expect.objectContaining({ keyword: 'leak', startMs: 9_600, speaker: 'CALLER' }),
      expect.objectContaining({ keyword: 'leak', speaker: 'AGENT' }),
      expect.objectContaining({
        keyword: 'goodbye',
        quote: 'I am sorry about the leaks. Good-bye to them!',
      }),
    ]);
    const events = await told(`call:${callId}`);
    expect(events).toEqual([
      {
        type: 'keyword.spotted',
        subjectVersion: 2,
        payload: { callId, transcriptId, setIds: [problems.id, polite.id], hits: 4 },
      },
      { type: 'call.updated', subjectVersion: 3, payload: { callId, changes: ['tags'] } },
    ]);
    expect(call.version).toBe(3);
    const [entry] = await prisma.auditEntry.findMany({
      where: { accountId, action: 'tagCall' },
    });
    expect(entry?.actor).toBe('system:keywords');
  });

  it('quotes exactly what stands in the transcript, and names a segment by the same id for ever', async () => {
    const { set, hits, write } = await settle();
    await set([{ text: 'you' }, { text: 'my' }]);
    const one = await write();
    await library.spot(one);
    const { keywordHits } = await hits(one.callId);
    expect(keywordHits.length).toBeGreaterThan(4);
    for (const { quote, segment } of keywordHits) expect(segment.text).toContain(quote);
    const again = await hits(one.callId);
    expect(again).toEqual(await hits(one.callId));
    const ids = keywordHits.map((hit: { segment: { id: string } }) => hit.segment.id);
    expect(new Set(ids).size).toBe(
      new Set(keywordHits.map((h: { segment: { text: string } }) => h.segment.text)).size,
    );
  });

  it('finds nothing where nothing is said, and tells of nothing', async () => {
    const { set, hits, write, told } = await settle();
    expect(await library.spot(await write())).toBe('no-sets');
    await set([{ text: 'elephant' }]);
    const one = await write();
    expect(await library.spot(one)).toBe('nothing-spotted');
    expect((await hits(one.callId)).keywordHits).toEqual([]);
    expect(await told(`call:${one.callId}`)).toEqual([]);
    expect(await library.spot(await write([]))).toBe('nothing-spotted');
  });

  it('keeps the first 500 places of a set, and tells of many sets in portions', async () => {
    const { set, write, told } = await settle();
    for (const text of ['well', 'well', 'so', 'elephant']) await set([{ text }]);
    const one = await write(Array.from({ length: 30 }, () => `C: ${'well so '.repeat(20)}`));
    expect(await library.spot(one)).toBe('spotted');
    const { transcriptId } = one;
    expect(await prisma.keywordHit.count({ where: { transcriptId } })).toBe(1_500);
    expect(await prisma.keywordScan.count({ where: { transcriptId } })).toBe(4);
    const payloads = (await told(`call:${one.callId}`)).map(({ payload }) => payload);
    expect(payloads).toMatchObject([{ hits: 1_000 }, { hits: 500 }]);
    expect(await library.spot(one)).toBe('already-done');
  });

  it.each([
    [50, 50],
    [49, 50],
    [48, 50],
  ])('puts on the tags for which there is room beside %i that stand', async (standing, tags) => {
    const { set, hits, write, change } = await settle();
    await set([
      { text: 'leak', tag: 'Leak' },
      { text: 'leaks', tag: 'Leaks' },
    ]);
    const one = await write();
    const names = Array.from({ length: standing }, (_, n) => `Tag ${n}`);
    await change(one.callId, { tags: { set: names } });
    expect(await library.spot(one)).toBe(standing < 49 ? 'spotted' : 'spotted-not-tagged');
    const call = await hits(one.callId);
    expect(call.keywordHits).toHaveLength(4);
    expect(call.tags).toHaveLength(tags);
    const isOn = call.tags.some(({ name }: { name: string }) => name === 'Leak');
    expect(isOn).toBe(standing < 50);
  });
});

describe('a job that comes again', () => {
  it('does nothing for a version that was looked for, however many come at once', async () => {
    const { set, hits, write, told } = await settle();
    await set([{ text: 'leak', tag: 'Leak' }]);
    const one = await write();
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => library.spot(one)));
    expect(outcomes.sort()).toEqual(['already-done', 'already-done', 'already-done', 'spotted']);
    expect(await library.spot(one)).toBe('already-done');
    expect((await hits(one.callId)).keywordHits).toHaveLength(2);
    expect((await told(`call:${one.callId}`)).map(({ type }) => type)).toEqual([
      'keyword.spotted',
      'call.updated',
    ]);
  });

  it('that died before its commit leaves nothing, and the next try does all of it', async () => {
    const { set, hits, write, told } = await settle();
    await set([{ text: 'leak', tag: 'Leak' }]);
    const one = await write();
    const { db } = library;
    const dying = {
      ...library,
      db: Object.assign(Object.create(db), {
        transaction: (work: Parameters<typeof db.transaction>[0]) =>
          db.transaction(async (tx) => {
            await work(tx);
            throw new Error('killed');
          }),
      }),
    };
    await expect(library.spot(one, dying)).rejects.toThrow('killed');
    expect(await hits(one.callId)).toMatchObject({ version: 1, tags: [], keywordHits: [] });
    expect(await told(`call:${one.callId}`)).toEqual([]);
    expect(await library.spot(one)).toBe('spotted');
    expect((await hits(one.callId)).keywordHits).toHaveLength(2);
  });

  it('looks for a new version of a set in place of the old one, and only for that', async () => {
    const { viewer, set, hits, write, told } = await settle();
    const { id: keywordSetId } = await set([{ text: 'leak' }]);
    const kept = await set([{ text: 'quote' }]);
    const one = await write();
    await library.spot(one);
    await updateKeywordSet(library, viewer, {
      keywordSetId,
      keywords: [{ text: 'leak', speaker: 'AGENT' }],
    });
    expect(await library.spot(one)).toBe('spotted');
    const { keywordHits } = await hits(one.callId);
    expect(
      keywordHits.map((hit: { keyword: string; speaker: string }) => [hit.keyword, hit.speaker]),
    ).toEqual([
      ['leak', 'AGENT'],
      ['quote', 'CALLER'],
    ]);
    const payloads = (await told(`call:${one.callId}`)).map(({ payload }) => payload);
    expect(payloads).toMatchObject([
      { setIds: [keywordSetId, kept.id], hits: 3 },
      { setIds: [keywordSetId], hits: 1 },
    ]);
  });

  it('after more was hidden tells of it as past, and brings back no tag that somebody took off', async () => {
    const { accountId, set, hits, write, told, change } = await settle();
    await set([{ text: 'leak', tag: 'Leak' }]);
    const one = await write();
    await library.spot(one);
    await change(one.callId, { tags: { set: [] } });
    await library.db.transaction((tx) =>
      forgetReadings(tx, library.secrets, accountId, one.transcriptId),
    );
    expect(await library.spot({ ...one, isPast: true })).toBe('spotted');
    expect(await hits(one.callId)).toMatchObject({ tags: [], keywordHits: [{}, {}] });
    const spotted = (await told(`call:${one.callId}`)).filter(
      ({ type }) => type === 'keyword.spotted',
    );
    expect(spotted.map(({ payload }) => (payload as { isPast?: boolean }).isPast)).toEqual([
      undefined,
      true,
    ]);
  });

  it('of a transcript that is gone or not ready has nothing to do', async () => {
    const { accountId, set, write } = await settle();
    await set([{ text: 'leak' }]);
    expect(await library.spot({ accountId, transcriptId: randomUUID() })).toBe('gone');
    const { transcriptId } = await write();
    await prisma.transcript.updateMany({
      where: { id: transcriptId },
      data: { state: 'TRANSCRIBING' },
    });
    expect(await library.spot({ accountId, transcriptId })).toBe('gone');
  });
});

it('hears from the transcript whether it is past', () => {
  const job = (payload: object) =>
    spotKeywordsInTranscripts.payload({ accountId: 'a', payload } as never);
  expect(job({ transcriptId: 't' })).toEqual({ accountId: 'a', transcriptId: 't' });
  expect(job({ transcriptId: 't', isPast: true })).toMatchObject({ isPast: true });
});
