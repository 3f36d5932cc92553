// Lists of calls by what was said on them: keywords, signals, scores, and where their transcripts stand.
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { openInsightDesk } from './insights/insight-desk.ts';

const library = await openInsightDesk();
const { settle } = library;
const CALLS = `query($filter: CallFilter) { calls(filter: $filter, first: 10) { totalCount nodes { id } } }`;
const NEW_SET = `mutation($input: CreateKeywordSetInput!) { createKeywordSet(input: $input) { keywordSet { id } userErrors { code } } }`;

/** A call that came to an appointment, and one about the weather. */
async function settleCalls() {
  const people = await settle();
  const { data } = await people.run(NEW_SET, {
    input: { name: 'Leaks', keywords: [{ text: 'leak' }] },
  });
  const booked = await people.write();
  library.clock.advance(60_000);
  const weather = await people.write(['C: It rains.', 'A: So it does.']);
  await library.spot(booked);
  await library.spot(weather);
  await library.draw(booked);
  await library.draw(weather);
  const names = new Map([
    [encodeGlobalId('Call', booked.callId), 'booked'],
    [encodeGlobalId('Call', weather.callId), 'weather'],
  ]);
  const find = async (filter: object, as?: Viewer) => {
    const { data, errors } = await people.run(CALLS, { filter }, as);
    if (errors) return errors[0].extensions.code;
    const found = data.calls.nodes.map(({ id }: { id: string }) => names.get(id));
    expect(data.calls.totalCount).toBe(found.length);
    return found;
  };
  return { ...people, booked, weather, find, setId: data.createKeywordSet.keywordSet.id };
}

describe('a list of calls', () => {
  it('is kept to those on which a keyword was said', async () => {
    const { find, setId } = await settleCalls();
    expect(await find({ keywordSetIds: [setId] })).toEqual(['booked']);
    expect(await find({ keywordSetIds: [] })).toEqual([]);
    expect(await find({ keywordSetIds: [setId], leadScores: ['VERY_POOR'] })).toEqual([]);
  });

  it('is kept to what they came to, as long as nobody hides it and the words stand', async () => {
    const { find, read, review, booked, accountId } = await settleCalls();
    expect(await find({ signals: ['APPOINTMENT_BOOKED', 'SALE_LOST'] })).toEqual(['booked']);
    expect(await find({ signals: ['SALE_LOST'] })).toEqual([]);
    const { insights } = await read(booked.callId);
    const { id } = insights.find(({ kind }: { kind: string }) => kind === 'SIGNALS');
    await review({ insightId: id, hidden: true });
    expect(await find({ signals: ['APPOINTMENT_BOOKED'] })).toEqual([]);
    await review({ insightId: id, hidden: false });
    expect(await find({ signals: ['APPOINTMENT_BOOKED'] })).toEqual(['booked']);
    await library.db.prisma.transcript.update({
      where: { accountId_id: { accountId, id: booked.transcriptId } },
      data: { edits: { increment: 1 } },
    });
    expect(await find({ signals: ['APPOINTMENT_BOOKED'] })).toEqual([]);
  });

  it('is kept to leads that are so promising', async () => {
    const { find, booked, accountId } = await settleCalls();
    const run = { transcriptId: booked.transcriptId };
    await library.db.prisma.insight.updateMany({
      where: { accountId, kind: 'SUMMARY', run },
      data: { leadScore: 'GOOD' },
    });
    expect(await find({ leadScores: ['GOOD', 'VERY_GOOD'] })).toEqual(['booked']);
    expect(await find({ leadScores: ['FAIR'] })).toEqual([]);
  });

  it('is kept to where their transcripts stand, to directions and to how long they took', async () => {
    const { find, weather, accountId } = await settleCalls();
    const { prisma } = library.db;
    const at = { accountId_id: { accountId, id: weather.transcriptId } };
    await prisma.transcript.update({ where: at, data: { state: 'FAILED' } });
    expect(await find({ transcriptStates: ['FAILED', 'WAITING'] })).toEqual(['weather']);
    const call = { accountId_id: { accountId, id: weather.callId } };
    const { startedAt } = await prisma.call.findUniqueOrThrow({ where: call });
    const endedAt = new Date(startedAt.getTime() + 30_500);
    await prisma.call.update({ where: call, data: { direction: 'OUTBOUND', endedAt } });
    expect(await find({ directions: ['OUTBOUND'] })).toEqual(['weather']);
    // as durationSeconds tells it: rounded
    expect(await find({ minSeconds: 31, maxSeconds: 31 })).toEqual(['weather']);
    expect(await find({ minSeconds: 32 })).toEqual([]);
    expect(await find({ maxSeconds: 30 })).toEqual([]);
  });

  it('tells nothing of what was said to those who may not read it', async () => {
    const { find, setId, viewer } = await settleCalls();
    const deaf: Viewer = { ...viewer, scopes: ['calls:read'] };
    expect(await find({ directions: ['INBOUND'] }, deaf)).toEqual(['weather', 'booked']);
    for (const filter of [
      { keywordSetIds: [setId] },
      { signals: ['SALE_LOST'] },
      { leadScores: ['FAIR'] },
      { transcriptStates: ['READY'] },
    ]) {
      expect(await find(filter, deaf)).toBe('FORBIDDEN');
    }
    const { run, viewer: stranger } = await settle();
    const { data } = await run(CALLS, { filter: { keywordSetIds: [setId] } }, stranger);
    expect(data.calls.nodes).toEqual([]);
  });
});
