// Where a sentence ends: at its last point, and not at one that shortens a word.
import { expect, it } from 'vitest';
import { cutSentences } from '#platform/ai/sentences.ts';

it.each([
  ['a title', 'I will have Dr. Shah call Mrs. Petty. Is that okay?', 2],
  ['a saint', 'It is at St. Mary’s on Friday. Bring it there.', 2],
  ['a street', 'We are on Main St. We close at five.', 2],
  ['an hour within a sentence', 'We call at 2:30 p.m. on Friday, or at 4 p.m. Monday.', 1],
  ['an hour at the end of one', 'We close at 2 p.m. You may come before.', 2],
  ['a verb that looks like an hour', 'Yes I am. We both come.', 2],
  ['an hour that is asked for', 'So 2 p.m.? Yes.', 2],
])('%s', (_what, text, count) => {
  const quotes = cutSentences([{ n: 0, speaker: 'AGENT', startMs: 0, text }]).map(
    ({ quote }) => quote,
  );
  expect(quotes).toHaveLength(count);
  expect(quotes.join(' ')).toBe(text);
});
