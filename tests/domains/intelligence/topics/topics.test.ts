// What calls were about, through the schema: counted over stored transcripts, with quotes that stand in them.
import { describe, expect, it } from 'vitest';
import { forgetReadings } from '#domains/intelligence/index.ts';
import { findTermsHandler, keepTermsHandler } from '#domains/intelligence/topics/find-terms.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openLibrary } from '../library.ts';

const library = await openLibrary();
const { prisma } = library.db;
const TOPICS = `query($range: ReportRangeInput!, $interval: ReportInterval!, $companyIds: [ID!], $first: Int) {
  topics(range: $range, interval: $interval, companyIds: $companyIds, first: $first) {
    calls callsBefore isSampled
    topics { label terms calls share callsBefore shareBefore trend points { start calls }
      quotes { call { id } segment { text startMs } quote startMs } } } }`;
const RANGE = { from: '2026-03-09', to: '2026-03-15', timeZone: 'UTC' };
const HEATER = [
  'A: Harbor Plumbing, drain cleaning and more, this is Sarah.',
  'C: Hi Sarah. My water heater is leaking on the floor.',
];
const DRAIN = ['C: We have a clogged drain. Card [CARD_NUMBER], zip 60601.'];
const once = { id: 'try', attempt: 1, signal: new AbortController().signal };

async function settle() {
  const people = await library.settle();
  const find = (one: { accountId: string; transcriptId: string }) =>
    findTermsHandler(library).run(one, once);
  const write = async (at: string, lines: string[], companyId = people.companyId, in_ = 'en') => {
    library.clock.set(new Date(at));
    const one = await library.write({ ...people, companyId }, lines, in_);
    await find(one);
    return one;
  };
  const ask = async (changes: object = {}, viewer = people.viewer) => {
    const wish = { range: RANGE, interval: 'DAY', ...changes };
    const { data, errors } = await people.run(TOPICS, wish, viewer);
    return errors ? errors[0].extensions.code : data.topics;
  };
  const week = async () => {
    await write('2026-03-03T12:00:00.000Z', DRAIN);
    const calls = [
      await write('2026-03-09T12:00:00.000Z', HEATER),
      await write('2026-03-11T12:00:00.000Z', HEATER),
    ];
    await write('2026-03-11T13:00:00.000Z', DRAIN);
    await write('2026-03-12T12:00:00.000Z', DRAIN);
    await write('2026-03-12T13:00:00.000Z', ['C: Are you hiring?']);
    return calls as [(typeof calls)[0], (typeof calls)[0]];
  };
  return { ...people, find, write, ask, week };
}
const labels = ({ topics }: { topics: { label: string }[] }) => topics.map(({ label }) => label);

describe('topics', () => {
  it('tell what calls of some days were about, before and day by day, each with its quotes', async () => {
    const { ask, week } = await settle();
    const [, last] = await week();
    const found = await ask();
    expect(found).toMatchObject({ calls: 5, callsBefore: 1, isSampled: false });
    expect(labels(found).toSorted()).toEqual(['clogged drain', 'water heater']);
    const heater = found.topics.find(({ label }: { label: string }) => label === 'water heater');
    expect(heater).toMatchObject({ calls: 2, share: 0.4, callsBefore: 0, shareBefore: 0 });
    expect(heater.trend).toBe('STEADY');
    expect(heater.terms.toSorted()).toEqual([
      ...['floor', 'heater', 'leaking', 'water', 'water heater'],
    ]);
    expect(heater.points.map(({ calls }: { calls: number }) => calls)).toEqual([
      ...[1, 0, 1, 0, 0, 0, 0],
    ]);
    expect(heater.points[0].start).toBe('2026-03-09T00:00:00.000Z');
    const [newest] = heater.quotes;
    expect(heater.quotes).toHaveLength(2);
    expect(newest.call.id).toBe(encodeGlobalId('Call', last.callId));
    expect(newest.segment.text).toContain(newest.quote);
    expect(newest.quote).toContain('water heater');
    // "Hi Sarah. My" stand before it
    expect(newest.startMs).toBe(newest.segment.startMs + 3 * 400);
    const drain = found.topics.find(({ label }: { label: string }) => label === 'clogged drain');
    expect(drain).toMatchObject({ calls: 2, callsBefore: 1, shareBefore: 1 });
    expect(JSON.stringify(found.topics.map(({ terms }: { terms: string[] }) => terms))).not.toMatch(
      /sarah|card_number|60601|cleaning/i,
    );
    expect(await ask()).toEqual(found);
    expect(labels(await ask({ first: 1 }))).toHaveLength(1);
  });

  it('are of the viewer’s companies, account and scopes alone', async () => {
    const { ask, week, viewer, companyId, otherCompanyId } = await settle();
    await week();
    const other = encodeGlobalId('Company', otherCompanyId);
    expect(await ask({ companyIds: [other] })).toMatchObject({ calls: 0, topics: [] });
    expect(await ask({}, { ...viewer, companyIds: [otherCompanyId] })).toMatchObject({ calls: 0 });
    expect(await ask({}, { ...viewer, companyIds: [companyId] })).toMatchObject({ calls: 5 });
    expect(await ask({}, { ...viewer, scopes: ['calls:read'] })).toBe('FORBIDDEN');
    expect(await ask({}, (await settle()).viewer)).toMatchObject({ calls: 0, callsBefore: 0 });
  });

  it('refuse what costs too much', async () => {
    const { ask } = await settle();
    expect(await ask({ interval: 'HOUR' })).toBe('BAD_INPUT');
    expect(await ask({ range: { ...RANGE, from: '2024-03-09' }, interval: 'YEAR' })).toBe(
      'BAD_INPUT',
    );
    expect(await ask({ first: 51 })).toBe('BAD_INPUT');
  });

  it('go with their transcripts, and with words that are hidden', async () => {
    const { ask, week, accountId } = await settle();
    const [first, last] = await week();
    await library.db.transaction((tx) =>
      forgetReadings(tx, library.secrets, accountId, first.transcriptId),
    );
    expect(labels(await ask())).toEqual(['clogged drain']);
    await prisma.recording.delete({
      where: { accountId_id: { accountId, id: last.recordingId } },
    });
    const { transcriptId } = last;
    expect(await prisma.topicTerm.count({ where: { accountId, transcriptId } })).toBe(0);
    expect(await prisma.topicReading.count({ where: { accountId, transcriptId } })).toBe(0);
    expect(await ask()).toMatchObject({ calls: 3 });
  });

  it('follow an edit, and quote nothing that stands there no more', async () => {
    const { ask, week, accountId, find } = await settle();
    const [, last] = await week();
    const { transcriptId } = last;
    await prisma.transcriptSegment.update({
      where: { accountId_transcriptId_n: { accountId, transcriptId, n: 1 } },
      data: { text: 'Hi. The clogged drain, and the floor is wet.' },
    });
    const quotesOf = (found: { topics: { label: string; quotes: unknown[] }[] }, name: string) =>
      found.topics.find(({ label }) => label === name)?.quotes.length;
    expect(quotesOf(await ask(), 'water heater')).toBe(1);
    await find(last);
    const found = await ask();
    expect(labels(found)).not.toContain('water heater');
    expect(quotesOf(found, 'clogged drain')).toBe(3);
  });
});

describe('transcripts gone by', () => {
  it('are read once, also where it breaks off, and are in English or have no terms', async () => {
    const { ask, write, accountId } = await settle();
    const german = await write('2026-03-10T12:00:00.000Z', ['C: Die Heizung.'], undefined, 'de');
    const places = [];
    for (let n = 0; n < 3; n++) places.push(await write(`2026-03-1${n}T13:00:00.000Z`, DRAIN));
    expect(await ask()).toMatchObject({ calls: 3 });
    const ids = places.map(({ transcriptId }) => transcriptId);
    await prisma.topicReading.deleteMany({ where: { accountId, transcriptId: { in: ids } } });
    const [first = ''] = ids;
    await prisma.topicReading.updateMany({ where: { accountId }, data: { rules: 0 } });
    expect(await ask()).toMatchObject({ calls: 0, topics: [] });
    const stop = new AbortController();
    stop.abort(new Error('killed'));
    const keep = keepTermsHandler(library);
    await expect(keep.run({}, { ...once, signal: stop.signal })).rejects.toThrow('killed');
    await keep.run({}, once);
    expect(await ask()).toMatchObject({ calls: 3 });
    const where = { accountId, transcriptId: german.transcriptId };
    expect(await prisma.topicReading.findFirst({ where })).toMatchObject({ understood: false });
    expect(await prisma.topicTerm.count({ where })).toBe(0);
    expect(await prisma.topicTerm.count({ where: { accountId, transcriptId: first } })).toBe(5);
    expect(await keep.run({}, once)).toBe('read 0');
    const gone = { accountId, transcriptId: accountId };
    expect(await findTermsHandler(library).run(gone, once)).toBe('gone');
  });
});
