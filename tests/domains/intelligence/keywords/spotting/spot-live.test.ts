// Spotting while a call goes on: each keyword once for each who says it, nothing that more words could take back, and what
// the transcript makes of it afterwards.
import { describe, expect, it } from 'vitest';
import { momentOf } from '#domains/automation/moments.ts';
import {
  readExpression,
  standsOnceItHolds,
} from '#domains/intelligence/keywords/matching/read-expression.ts';
import { purgeLiveKeywordsHandler } from '#domains/intelligence/keywords/spotting/purge-live-keywords.ts';
import { spotLiveHandler } from '#domains/intelligence/keywords/spotting/spot-live.ts';
import { spotKeywordsLive } from '#domains/intelligence/reactions.ts';
import { openSpottingDesk } from '../spotting-desk.ts';

const library = await openSpottingDesk();
const { settle } = library;
const { prisma } = library.db;
const once = { id: 'try', attempt: 1, signal: new AbortController().signal };
const SPEAKERS = { C: 'CALLER', A: 'AGENT' } as const;

/** A call on which these lines were said so far; `spot` looks them through as the last one came. */
async function goingOn(people: Awaited<ReturnType<typeof settle>>, lines: string[]) {
  // its transcript is there already, and is read when a test wants it read
  const call = await people.write(lines);
  const { accountId, callId } = call;
  let n = 0;
  const say = async (line: string) => {
    const [who, text = ''] = line.split(': ');
    const speaker = SPEAKERS[who as 'C' | 'A'];
    const times = { startMs: n * 1_000, endMs: n * 1_000 + 900, heardAt: new Date() };
    await prisma.liveSegment.create({ data: { accountId, callId, n, speaker, text, ...times } });
    n += 1;
  };
  for (const line of lines) await say(line);
  const spot = (at = n - 1) => spotLiveHandler(library).run({ accountId, callId, n: at }, once);
  const told = async () =>
    (await people.told(`call:${callId}`)).map(({ type, payload }) => ({ type, payload }));
  return { ...call, say, spot, told };
}

describe('a keyword', () => {
  it('is told of once for each who says it', async () => {
    const people = await settle();
    const set = await people.set([{ text: 'leak' }]);
    const { callId, say, spot, told } = await goingOn(people, ['C: There is a leak.']);
    expect(await spot()).toBe('spotted');
    await say('C: It leaks and leaks.');
    expect(await spot()).toBe('nothing-new');
    await say('A: Where does it leak?');
    expect(await spot()).toBe('spotted');
    expect(await spot(0)).toBe('behind');
    const event = (hits: number) => ({
      type: 'keyword.spotted',
      payload: { callId, setIds: [set.id], hits, isLive: true },
    });
    expect(await told()).toEqual([event(1), event(2)]);
  });

  it('of which no transcript came is forgotten after a day', async () => {
    const people = await settle();
    await people.set([{ text: 'leak' }]);
    const { callId, spot } = await goingOn(people, ['C: There is a leak.']);
    await spot();
    const one = await prisma.liveKeyword.findFirstOrThrow({ where: { callId } });
    await prisma.liveKeyword.createMany({
      data: Array.from({ length: 1_500 }, (_, n) => ({ ...one, keyword: `leak ${n}` })),
    });
    const left = async (hours: number) => {
      const clock = { now: () => new Date(one.toldAt.getTime() + hours * 3_600_000) };
      await purgeLiveKeywordsHandler({ ...library, clock } as never).run({}, once);
      return prisma.liveKeyword.count({ where: { callId } });
    };
    expect(await left(23)).toBe(1_501);
    expect(await left(25)).toBe(0);
  });

  it('that more words could take back is not told of', async () => {
    const people = await settle();
    await people.set(
      ['leak AND NOT repair', 'NOT repair', 'leak within:last-30s', 'leak NOT NEAR/3 roof'].map(
        (text) => ({ text, match: 'EXPRESSION' }),
      ),
    );
    const { spot } = await goingOn(people, ['C: There is a leak.']);
    expect(await spot()).toBe('nothing-new');
  });

  it.each([
    ['leak', true],
    ['leak AND "call me" OR plumb*', true],
    ['leak NEAR/5 roof within:first-30s', true],
    ['NOT leak', false],
    ['leak AND (roof OR NOT door)', false],
    ['leak NOT NEAR/5 roof', false],
    ['leak NEAR/5 (roof within:last-30s)', false],
  ])('%s stands once it holds: %s', (text, stands) => {
    expect(standsOnceItHolds(readExpression(text))).toBe(stands);
  });

  it('of a call whose words are gone is left to the transcript', async () => {
    const people = await settle();
    await people.set([{ text: 'leak' }]);
    const { accountId, callId, spot } = await goingOn(people, ['C: There is a leak.']);
    await prisma.liveSegment.deleteMany({ where: { accountId, callId } });
    expect(await spot()).toBe('gone');
  });
});

describe('the transcript', () => {
  it('does not tell again what was told, but that it stands', async () => {
    const people = await settle();
    await people.set([{ text: 'leak' }]);
    const { callId, spot, told, ...call } = await goingOn(people, ['C: A leak.', 'C: A leak!']);
    await spot();
    expect(await library.spot(call)).toBe('spotted');
    expect((await told()).slice(1)).toEqual([
      { type: 'call.updated', payload: { callId, changes: ['keywordHits'] } },
    ]);
    expect((await people.hits(callId)).keywordHits).toHaveLength(2);
    expect(await prisma.liveKeyword.count({ where: { callId } })).toBe(0);
  });

  it('tells of other keywords, of other people, and of none any more', async () => {
    const people = await settle();
    const [more, none, same] = [
      await people.set([{ text: 'leak' }, { text: 'NOT roof', match: 'EXPRESSION' }]),
      await people.set([{ text: 'lake' }]),
      await people.set([{ text: 'leak' }]),
    ];
    const { callId, transcriptId, say, spot, told, ...call } = await goingOn(people, [
      'C: A leak.',
    ]);
    await say('C: A lake.');
    await spot();
    await library.spot({ ...call, transcriptId });
    const [first, ...later] = await told();
    expect(first?.payload).toMatchObject({ isLive: true, hits: 3 });
    expect(later).toEqual([
      { type: 'call.updated', payload: { callId, changes: ['keywordHits'] } },
      {
        type: 'keyword.spotted',
        payload: { callId, transcriptId, setIds: [more?.id, none?.id], hits: 2 },
      },
    ]);
    expect(same?.id).toBeTruthy();
  });
});

it('rules judge the transcript, never what was told live', () => {
  const payload = { callId: 'x', hits: 1 };
  expect(momentOf({ type: 'keyword.spotted', payload: { ...payload, isLive: true } })).toBeNull();
  expect(
    momentOf({ type: 'call.updated', payload: { callId: 'x', changes: ['keywordHits'] } }),
  ).toEqual({ trigger: 'KEYWORD_SPOTTED', interactionId: 'x', messageId: null });
});

it('every piece starts a look', () => {
  const event = { accountId: 'a', payload: { callId: 'c', n: 3 } };
  expect(spotKeywordsLive.payload(event as never)).toEqual({ accountId: 'a', callId: 'c', n: 3 });
  expect(spotKeywordsLive.on).toEqual(['transcript.segment']);
});
