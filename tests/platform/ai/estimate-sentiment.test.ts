// Moods of talks as they are spoken: small words, thanks and apologies are none, and a complaint is one in plain words too.
import { expect, it } from 'vitest';
import { estimateSentiment } from '#platform/ai/estimate-sentiment.ts';
import type { Turn } from '#platform/ai/index.ts';

const moodsOf = (...lines: string[]) => {
  const turns = lines.map((line, n): Turn => {
    const speaker = line.startsWith('A') ? 'AGENT' : 'CALLER';
    return { n, speaker, startMs: n * 1_000, text: line.slice(3) };
  });
  return estimateSentiment(turns)?.findings.map(({ text }) => text) ?? [];
};

it.each([
  'This is the third time I’m calling and nobody has shown up',
  'I took the day off like an idiot so please get somebody out here',
  'Well I want my money back please',
  'Okay sure but I’ve been on hold for forty five minutes',
  'Great so take it off and don’t ever call me again',
  'Well sorry doesn’t do me any good does it',
])('a complaint, however it is dressed: %s', (said) => {
  expect(moodsOf('A: Harbor billing how can I help', `C: ${said}`)).toEqual(['Caller: negative']);
});

it.each([
  'Yeah I need to know like what size filter I need okay',
  'Okay yeah sixteen by twenty alright well thanks',
  'Hi good morning my name is Joy Goodman with Grace plumbing',
  'Okay great thank you so much have a good one',
])('small words, thanks and names are no mood: %s', (said) => {
  expect(moodsOf('A: Harbor billing how can I help', `C: ${said}`)).toEqual(['Caller: neutral']);
});

it('an apology is not held against who makes it', () => {
  const moods = moodsOf(
    'A: Harbor billing desk here',
    'C: It was forty dollars over what it should be',
    'A: I’m so sorry about that mistake I apologize for the trouble',
    'A: I’m sorry no problem I will fix the error for you',
  );
  expect(moods).toEqual(['Caller: neutral', 'Agent: neutral']);
});

it.each(['Oh my gosh you’re a life saver yes', 'You guys did a great job and it looks beautiful'])(
  'praise is one: %s',
  (said) => {
    expect(moodsOf('A: Harbor billing how can I help', `C: ${said}`)).toEqual(['Caller: positive']);
  },
);
