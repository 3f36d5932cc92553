// Lists of numbers that are as long as a card and are none, and cards that look a little like lists.
import { describe, expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { talk } from './redact-support.ts';

const left = (...lines: string[]) =>
  redactTranscript(talk(...lines)).segments.map(({ text }) => text);

describe('a list stays, and what is said behind it', () => {
  it.each([
    // prices
    ['The three packages are 1200, 1500 and 1800.'],
    ['The tune up is 129, the repair is 450, and the new unit runs 5200, 5900 or 6800.'],
    ['1200 dollars for the first, 1500 dollars for the second, and 1800 dollars.'],
    ['I had quotes of 4200, 3950, 4100 and 3800.'],
    ['Twelve hundred, fifteen hundred, twenty two hundred, three thousand, or four thousand.'],
    ['It was 112 in June, 145 in July, 188 in August and 203 in September.'],
    ['It is 1,200, 1,450 or 1,800.'],
    ['Silver is nineteen ninety five, gold twenty four ninety five, and then thirty nine fifty.'],
    // years, and what is of a year
    ['We have a 2015 Honda, a 2018 Ford and a 2021 Kia.'],
    // as a card checks, and none begins so
    ['We have a 2015 Honda, a 2018 Ford, a 2021 Kia and a 2010 Mazda.'],
    ['from 1998 to 2004 and 2006 to 2010'],
    ['It was done in nineteen ninety eight, twenty eleven and twenty twenty one.'],
    // times
    ['Eight fifteen, nine thirty, ten fifteen and eleven thirty.'],
    ['At eight, nine fifteen, ten thirty, eleven forty five, or two thirty.'],
    ['We have 8 15, 9 30, 10 45, 1 15 and 2 30.'],
    ['The windows are 8 to 10, 10 to 12, 12 to 2, and 2 to 4.'],
    // places and sizes
    ['1412 Maple, and the other is 1418 Oak, then 2204 Pine.'],
    ['I am in unit 1204 and the gate code is 4471 and the parking spot is 2210.'],
    ['Units 1201, 1202 and 1204.'],
    ['They are 36 by 48, 24 by 36, 30 by 60 and 28 by 54.'],
    ['We are at 4412 Oak, 60609-1234.'],
    ['32, 34, 36, 38, 40, 42 and 44.'],
    ['We have them in thirty two, thirty four, thirty six, thirty eight, forty and forty four.'],
    ['The readings were 48213, 48377 and 48541.'],
    ['It was four eight two one three, four eight three seven seven, four eight five four one.'],
    // telephone numbers, and what is said twice
    ['It is 415 555 01 – zero one nine eight.'],
    ['1 415 555 0198 1204 Maple, please.'],
    ['It is four one five five five five oh one nine eight twelve oh four Maple Street, please.'],
    ['My numbers are 415 555 0198 and 415 555 0177.'],
    [
      'four one five, five five five, oh one nine eight, or four one five, five five five, oh one two two',
    ],
    ['five five five oh one two three. Yes, five five five oh one two three.'],
    ['four one five, no sorry, four one five, five five five, oh one nine eight'],
    ['60609. 415 555 0198.'],
    ['order 7712443, that is 7712443'],
    // what has a name of its own, or letters
    ['The tracking number is 9400 1118 9956 1234.'],
    ['The parcel is 1Z 999 AA1 01 2345 6784.'],
    ['The VIN is 1HGCM82633A004352.'],
    ['The serial is 9913 0021 7743.'],
  ])('%s', (said) => {
    const behind = 'Call me at 415 555 0198 please, 22 Elm Street.';
    expect(left(`A: ${said}`, `B: ${behind}`)).toEqual([said, behind]);
  });

  it('where each number answers a question of its own', () => {
    const said = ['A: 60614.', 'B: And the best phone number?', 'A: 312 555 0144.'];
    expect(left(...said)).toEqual(['60614.', 'And the best phone number?', '312 555 0144.']);
  });
});

it('a telephone number stays whose last group is begun again in the next turn', () => {
  const said = ['A: My number is 415 555 01', 'B: mhm', 'A: zero one nine eight.'];
  expect(left(...said)).toEqual(['My number is 415 555 01', 'mhm', 'zero one nine eight.']);
});

describe('a card goes', () => {
  it.each([
    // round groups, or such as years are
    ['4500 1200 3300 7800'],
    ['4500, 1200, 3300, 7800'],
    ['5500 0000 0000 0004'],
    ['1995, 1200, 2010 and 4471'],
    ['4012 8888 8888 1881'],
    // grouped as a phone number is
    ['371 555 0146 10005'],
    ['371 555 0146 10005 Thanks'],
    ['4155 5501 0198 22'],
    ['32 34 36 38 40 42 44 31'],
    // what checks to a card, whatever it reads as
    ['3300 Ford, a 1200 Kia, a 1500 Jeep, a 5900 Audi'],
    ['3300, 1200, 1500 and 4200'],
    ['a tracking number, 3300 1200 1500 5900'],
    ['three seven eight, two eight two, two four six three, one oh oh oh five'],
    ['four two four, two four two, four two four, two four two, four two four two'],
    // said twice or in part
    ['4242 4242 and 4242 4242'],
    ['four two four two four two, four two four two four two'],
    ['four one one one, four one one one, four one one one'],
    [
      'four four two zero digits number uh three digits number four four two zero three digits number four two',
    ],
    ['424 2424, 242 4242'],
    ['400, 400, 400, 400'],
    // beside what is none
    ['4242 4242 4242 4242, fifty'],
    ['4242 4242 4242 4242 1200'],
    ['four to four to four to four to four to four to'],
    ['seven and eight, nine and one, two and three, four and five, six and seven, eight and nine'],
  ])('%s', (said) => {
    expect(left(`A: it is ${said}`).join()).not.toMatch(
      /\d|\b(?:two|three|four|seven|eight|nine|fifty)\b/,
    );
  });

  it.each([
    ['4242 then 1200 and 1500 dollars', '12 digits in four groups'],
    ['the order number is 4242 4242 4242 4242', 'what checks to a card'],
    ['my account number is 0091 2234 7781', 'what may be called so'],
    ['4242 4242 4242 4242 and fifty dollars', 'what stands before a price'],
  ])('%s: %s', (said) => {
    expect(left(`A: ${said}`).join()).toContain('[CARD_NUMBER]');
  });
});
