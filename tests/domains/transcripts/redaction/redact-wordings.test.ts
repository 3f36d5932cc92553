// Ways in which cards, their codes and social security numbers are asked for and told, where nothing else says that one comes.
import { describe, expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { talk } from './redact-support.ts';

const read = (...lines: string[]) =>
  redactTranscript(talk(...lines)).segments.map(({ text }) => text);
const DIGIT = /\d|\b(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|twenty|seventy)\b/;

describe('a card goes', () => {
  const INTERRUPTED = '4532 and then I can hardly see 1188 it looks like it says 2210 then 7709';

  it.each([
    'what are the sixteen digits',
    "what's the long number",
    'go ahead with the numbers on your Discover',
    'what is the long number on the back of the card',
    "what's the long number on the front of it",
    'shall I charge it to your Discover',
  ])('%s', (question) => {
    const [asked, told] = read(`B: ${question}`, `A: ${INTERRUPTED}`);
    expect(asked).toBe(question);
    expect(told).not.toMatch(DIGIT);
  });

  it('that is spelled', () => {
    const said = '4 as in Frank 5 3 2 1 1 as in Mary 8 8 2 2 as in Nancy 1 0 7 7 0 9';
    expect(read('B: Hello?', `A: ${said}`)[1]).not.toMatch(DIGIT);
  });

  it('whose first group was told far before the others', () => {
    const said = '4 7 1 6. My dog is barking sorry. He has been like this all day.';
    const rest = ['A: 2 2 9 0.', 'A: Where was I? 1 1 7 5.', 'A: and 6 3 0 8.'];
    expect(read('B: yes?', `A: ${said}`, ...rest).join(' ')).not.toMatch(DIGIT);
  });
});

describe('a code goes', () => {
  it.each([
    ['And then the three digits off the back?', 'two oh eight'],
    ['and the back three?', 'five one two'],
    ['And the last three on the signature panel?', 'nine one nine'],
    ['the verification digits.', 'three seventy two'],
    ['security digits?', 'nine one nine'],
    ['Flip it over, three little numbers.', 'Six. One. Nine.'],
    ['what are the three digits?', '919'],
    ['And then that V code?', '919'],
    ["What's the PIN?", '4 4 1 9'],
  ])('%s', (question, told) => {
    expect(read(`B: ${question}`, `A: ${told}`)).toEqual([
      question,
      expect.not.stringMatching(DIGIT),
    ]);
  });
});

describe('a code of a card goes that is called a Discover', () => {
  it.each([
    'I want to pay with my discover that ends in four four seven one',
    'It is my discover that ends in four four seven one',
    'Can you put it on my discover they sent me a new one',
    'Just charge it to my discover we always do',
    'I will use my discover there is enough on it',
  ])('%s', (said) => {
    const [told, , code] = read(`A: ${said}`, 'B: ok and the code', 'A: 447');
    expect(told).not.toMatch(/four four seven one/);
    expect(code).not.toMatch(DIGIT);
  });
});

describe('a number of a person goes, and an expiry', () => {
  it.each([
    ['tax ID number please', 'two one nine oh nine nine one one two'],
    ["What's the TIN on file?", 'nine one two, seven oh, one one four five'],
    ['The TIN is what?', 'nine one two, seven oh, one one four five'],
    ['Which tax ID is on the invoice?', 'two one nine oh nine nine one one two'],
    ["What's the TIN?", 'nine one two, seven oh, one one four five'],
    ['What is the last 4 of your SS?', '9112'],
    ["And it's good through?", 'oh eight of twenty seven'],
  ])('%s', (question, told) => {
    expect(read(`B: ${question}`, `A: ${told}`)[1]).not.toMatch(DIGIT);
  });

  it.each([
    'my tax ID number is on the form it is 912345678',
    'my tax id is in my wallet, it is nine one two three four five six seven eight',
    'the tax id is at the top of the form, 912345678',
    'my tin is let me see it is nine one two three four five six seven eight',
    'my tin is right here hold on it is 912345678',
    'my tin is on my w-9 it is 912345678',
    'my tin on the letter is 912345678',
    'my tin is in the safe under the roof, 912345678',
  ])('%s', (told) => {
    expect(read(`A: ${told}`)[0]?.replace(/^.*(?:tin|tax id)/i, '')).not.toMatch(DIGIT);
  });

  it('that stands on a paper, and is read from it', () => {
    const told = 'nine one two three four five six seven eight';
    const question = 'your tax id is on your return could you read it';
    expect(read(`B: ${question}`, `A: ${told}`)[1]).not.toMatch(DIGIT);
    expect(read('B: your tin is on your return?', 'A: the last four are 5678')[1]).not.toMatch(
      DIGIT,
    );
  });
});

it.each([
  ['That is a long number', 'My order is 7712'],
  ['Read me the long number on the meter', 'It is 77120, that was $450 on March 12'],
  ['The long number on the back of your bill', '77120 and 450'],
  ['The tin on the roof is 26 gauge', '1200 square feet'],
  ['The tin is rusted', '1200 square feet'],
  ['To my discover there were 1450', 'of the 1600'],
  ['The tin roof leaks', 'It covers 2400 square feet'],
  ['The area code is the first three digits', '512 is Austin'],
])('%s: what follows stays', (said, more) => {
  expect(read(`B: ${said}`, `A: ${more}`)).toEqual([said, more]);
});
