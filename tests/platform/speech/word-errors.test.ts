// The measure of word errors itself: what it levels, and what it does not.
import { expect, it } from 'vitest';
import { countWordErrors } from './word-errors.ts';

it.each([
  ['the same words', 'I have a leak.', 'i have a leak'],
  ['numbers in words and figures', 'forty two dollars', '$42'],
  ['numbers with a hyphen', 'one ninety five', 'One ninety-five.'],
  ['hundreds', 'two hundred and forty five', '245'],
  ['contractions', 'I cannot, and it is late', 'I can’t, and it’s late'],
  ['a word in two', 'bye bye, half past, any more', 'Bye-bye, half-past, anymore'],
  ['two words as one', 'the northside office', 'the north side office'],
  ['a spelled name', 'q u i n', 'Q-U-I-N'],
])('levels %s', (_what, said, heard) => {
  expect(countWordErrors(said, heard).errors).toBe(0);
});

it.each([
  ['a wrong word', 'is there a slot today', 'is there a plot today', 1],
  ['a missing word', 'is there a slot today', 'is there slot today', 1],
  ['a word too many', 'a slot today', 'a slot for today', 1],
  ['nothing heard', 'a slot today', '', 3],
  ['nothing said', '', 'thank you', 2],
  ['another number', 'forty two', 'forty three', 1],
  ['pieces that are no compound', 'a haircut', 'a hare cut', 2],
  ['a compound of other words', 'some thing else', 'something', 1],
])('counts %s', (_what, said, heard, errors) => {
  expect(countWordErrors(said, heard)).toEqual({ errors, words: expect.any(Number) });
});
