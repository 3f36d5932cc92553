// Where expressions are found in a talk, row by row.
import { describe, expect, it } from 'vitest';
import { scanTalk } from '#domains/intelligence/keywords/spotting/scan-talk.ts';
import { expression, placesOf, talkOf } from '../../talk.ts';

const TALK = talkOf([
  'A: This is Ada, how can I help you?',
  'C: My heater leaks, and the price was too high.',
  'A: I am sorry about that. I will give you a refund today.',
  'C: No refund, cancel it.',
]);

describe('an expression', () => {
  it.each([
    ['leak', ['1:2+1']],
    ['refund', ['2:10+1', '3:1+1']],
    ['leak AND refund', ['1:2+1', '2:10+1', '3:1+1']],
    ['leak AND elephant', []],
    ['elephant OR cancel', ['3:2+1']],
    ['leak AND NOT elephant', ['1:2+1']],
    ['leak AND NOT refund', []],
    ['refund speaker:agent', ['2:10+1']],
    ['(leak OR refund) speaker:caller', ['1:2+1', '3:1+1']],
    ['price NEAR/2 high', ['1:5+1']],
    ['high NEAR/2 price', ['1:8+1']],
    ['price NEAR/1 high', []],
    ['refund NEAR/2 cancel', ['3:1+1']],
    ['refund NOT NEAR/2 cancel', ['2:10+1']],
    ['refund NEAR/100 refund', ['2:10+1', '3:1+1']],
    ['cancel NEAR/100 cancel', []],
    ['today NEAR/1s refund', ['2:11+1']],
    ['leak NEAR/2s refund', []],
    ['"too high" NEAR/8 "am sorry"', ['1:7+2']],
    ['refund within:first-10s', []],
    ['refund within:first-12s', ['2:10+1']],
    ['refund within:last-2s', ['3:1+1']],
    ['refund within:10s-12s', ['2:10+1']],
    // what was not said: the agent's first words, those within the window, those of the caller
    ['NOT "recorded line" speaker:agent within:first-30s', ['0:0+0']],
    ['NOT "recorded line" speaker:agent within:5s-30s', ['2:0+0']],
    ['NOT sorry speaker:caller', ['1:0+0']],
    ['NOT sorry speaker:caller within:first-1s', ['0:0+0']],
    ['NOT sorry', []],
    ['NOT (sorry OR elephant)', []],
    ['NOT sorry within:first-1s AND NOT elephant', ['0:0+0']],
    ['NOT NOT refund', ['0:0+0']],
    ['refund OR NOT elephant', ['2:10+1', '3:1+1']],
    // nobody can have said it an hour into a talk of seconds
    ['NOT sorry within:60m-61m', []],
    // two terms at one word are one hit, the longest
    ['"too high" OR too', ['1:7+2']],
  ])('%s', async (text, places) => {
    expect(await placesOf(expression(text), TALK)).toEqual(places);
  });

  it('looks in the words of its speaker where a term names none', async () => {
    expect(await placesOf(expression('refund', 'CALLER'), TALK)).toEqual(['3:1+1']);
    expect(await placesOf(expression('NOT sorry', 'CALLER'), TALK)).toEqual(['1:0+0']);
  });

  it('misses nothing of a speaker who is not known: one channel, nobody there, no words', async () => {
    const missing = expression('NOT "recorded line" speaker:agent');
    expect(await placesOf(missing, talkOf(['U: Hello there']))).toEqual([]);
    expect(await placesOf(missing, talkOf(['C: Hello there']))).toEqual([]);
    expect(await placesOf(missing, [])).toEqual([]);
    expect(await placesOf(expression('NOT leak'), [])).toEqual([]);
    expect(await placesOf(expression('NOT leak'), talkOf(['U: Hello there']))).toEqual(['0:0+0']);
  });
});

describe('a phrase over several segments', () => {
  const phrase = { text: 'call me back', match: 'EXACT', speaker: 'ANY', tag: null } as const;
  it('is found where one speaker goes on within a second, once, by its words in the first', async () => {
    const said = ['C: Please call me.', 'C: Back at noon, call me back.'];
    expect(await placesOf(phrase, talkOf(said, 1_000))).toEqual(['0:1+2', '1:3+3']);
    expect(await placesOf(phrase, talkOf(said, 1_001))).toEqual(['1:3+3']);
  });
  it('is not made of two speakers; of one channel, where nobody knows who speaks, it is', async () => {
    expect(await placesOf(phrase, talkOf(['C: Please call me', 'A: Back then']))).toEqual([]);
    expect(await placesOf(phrase, talkOf(['U: Please call me', 'U: Back then']))).toEqual([
      '0:1+2',
    ]);
  });
  it('is found over three too, and not where one of the pauses is longer', async () => {
    const said = ['C: Please call', 'C: me', 'C: ', 'C: back.'];
    expect(await placesOf(phrase, talkOf(said, 500))).toEqual(['0:1+1']);
    expect(await placesOf(phrase, talkOf(said, 1_001))).toEqual([]);
  });
});

it('tags by every keyword that was said, also beyond the 500 places that are kept', async () => {
  const talk = talkOf([`C: ${'well '.repeat(600)} leak`]);
  const keywords = [
    { ...expression('well'), tag: 'Well' },
    { ...expression('leak'), tag: 'Leak' },
    { ...expression('elephant'), tag: 'Elephant' },
  ];
  const [scan] = await scanTalk([{ id: 'set', keywords }], talk);
  expect(scan?.hits).toHaveLength(500);
  expect(scan?.tags).toEqual(['Well', 'Leak']);
});

it('hours of the same words are looked through in seconds', { timeout: 20_000 }, async () => {
  const talk = talkOf(
    Array.from({ length: 400 }, (_, n) => `${n % 2 ? 'A' : 'C'}: ${'so well '.repeat(30)}`),
  );
  const other = Array.from({ length: 23 }, (_, n) => `(so OR well) within:${n}s-600m`).slice(0, 11);
  const texts = [
    `so ${other.map((one) => `NEAR/100 ${one}`).join(' ')}`,
    `so ${other.map((one) => `NEAR/600s ${one}`).join(' ')}`,
    'so NEAR/100 (so NEAR/600s (well NOT NEAR/1 elephant))',
  ];
  for (const text of texts) expect((await placesOf(expression(text), talk)).length).toBe(500);
});
