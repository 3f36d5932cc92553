// A number of a claim was said as it stands there: with the numbers beside it, and of that half of the day.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasNumbers } from '#domains/intelligence/insights/judge/match-numbers.ts';
import { numbersIn } from '#domains/intelligence/insights/judge/match-said-numbers.ts';

describe('numbers', () => {
  it.each([
    ['at nine thirty', ['9', '30']],
    ['at 9:30', ['9', '30']],
    ['eighty-nine dollars', ['89']],
    ['$1,200.50', ['1200.50']],
    ['$1,200, and', ['1200']],
    ['1,200,5 and 1,2000', ['1', '200', '5', '1', '2000']],
    ['one thousand two hundred and five', ['1205']],
    ['one thousand, two hundred and five', ['1205']],
    ['five hundred dollars', ['500']],
    ['at 9 a.m. or 9 PM', ['9', 'am', '9', 'pm']],
    ['there are 2 of us, I am sure', ['2']],
    ['twenty five, or twenty and six', ['25', '26']],
    ['We need twenty. Five came.', ['20', '5']],
    ['I am here', []],
    ['on the fifth, or the twenty first', ['5', '21']],
    ['on the 5th of May', ['5']],
    ['on the first, or the second of June', ['1', '2']],
    ['one second, that is the first time', ['1']],
    ['at half past four', ['4', '30']],
    ['quarter past nine, or a quarter to one', ['9', '15', '12', '45']],
    ['a hundred and fifty dollars', ['150']],
    ['a thousand, or a hundred', ['1000', '100']],
    ['a few hundred and a couple of thousand', []],
    ['5 thousand, $2.5 million, $3k', ['5000', '2500000', '3000']],
    ['eighty nine dollars and fifty cents', ['89.50']],
    ['$89 and 5 cents', ['89.05']],
    ['$89.00', ['89']],
    ['four one five, five five five, oh one nine eight', ['4155550198']],
    ['(415) 555-0198 or 555-0198', ['4155550198', '5550198']],
    ['at three oh five', ['3', '5']],
    ['I have two, oh wait, three', ['2', '3']],
    ['5,10 and 20', ['5', '10', '20']],
  ])('of %j are %j', (text, numbers) => {
    expect(numbersIn(text)).toEqual(numbers);
  });
});

const PHONE = 'My number is four one five, five five five, zero one nine eight.';

describe('the numbers of a claim', () => {
  it.each([
    ['It costs $89.', 'that is eighty nine dollars', true],
    ['It costs $98.', 'that is eighty nine dollars', false],
    ['It costs $89.50.', 'eighty nine dollars and fifty cents', true],
    ['It costs $89.50.', 'it is eighty nine fifty', true],
    ['It costs $50.89.', 'eighty nine dollars and fifty cents', false],
    ['It costs $50.', 'eighty nine dollars and fifty cents', false],
    ['It costs $150.', 'a hundred and fifty dollars', true],
    ['It costs $50.', 'a hundred and fifty dollars', false],
    ['It costs $1,200.', 'It is $1,200, including parts.', true],
    ['It costs $200.', 'It is $1,200, including parts.', false],
    ['It costs $100.', 'a hundred dollars', true],
    ['It costs $100.', 'a few hundred dollars', false],
    ['They come at 9:30.', 'We come at 8:30, nine of ten jobs take an hour.', false],
    ['They come at 8:30.', 'We come at 8:30, nine of ten jobs take an hour.', true],
    ['They come at 8:30.', 'We come at half past eight.', true],
    ['They come at nine thirty.', 'We come at 9. 30 people wait.', false],
    ['They come at 9:30.', 'We come at nine, uh, thirty of them wait.', false],
    ['They come at 9:30.', 'We come at nine uh thirty.', true],
    ['They come at 9.', 'We come at nine thirty.', false],
    ['It takes 30 minutes.', 'We come at 9:30.', false],
    ['It takes 30 minutes.', 'We come at 9:30 and need thirty minutes.', true],
    ['They come at 9:05.', 'We come at nine oh five.', true],
    ['They come on the 5th at 9:30.', 'We come on the fifth nine thirty.', true],
    ['They come at 9:30.', 'We come at nine.\nThirty people wait.', false],
    ['Call 415-555-0198.', PHONE, true],
    ['Call 415-555-0198.', 'It is 415, 555, zero one ninety eight.', true],
    ['Call 415-555-0189.', PHONE, false],
    ['They come at 1:55.', PHONE, false],
    ['There are 9 rooms.', PHONE, false],
    ['Call 911.', 'I had to call nine one one.', true],
    ['It is at 305 Maple Avenue.', 'We live at three oh five Maple Avenue.', true],
    ['They need 2 50-gallon heaters.', 'We need two of the fifty gallon heaters.', true],
    ['They need 3 50-gallon heaters.', 'We need two of the fifty gallon heaters.', false],
    ['They need 2 50-gallon heaters.', 'We need two fifty gallon heaters.', true],
    ['They need 3 16-inch tires.', 'Three tires, and they are sixteen inch.', true],
    ['Nine thirty suits them.', 'We come at nine thirty.', true],
    ['They come on June 15 9:30.', 'We come at nine thirty, on June fifteenth.', true],
    ['They come on June 15 9:30.', 'Of nine men thirty come, on June fifteenth.', false],
    ['Call 9 1 1.', 'Nine men and one dog, one of each.', false],
  ])('%j of %j: %s', (claim, said, is) => {
    expect(hasNumbers(claim, said)).toBe(is);
  });

  it.each([
    ['Come at 9 pm.', 'come at 9 am', false],
    ['Come at 9 pm.', 'Call before 3 pm, we come at 9 am.', false],
    ['Come at 9 am.', 'Call before 3 pm, we come at 9 am.', true],
    ['Come at 9 AM.', 'We come at nine in the morning.', true],
    ['Come at 9 AM.', 'We come tomorrow morning at nine.', true],
    ['Come at 9 PM.', 'We come at nine in the morning.', false],
    ['Come at 9 PM.', 'We come at nine.', false],
    ['Come at 9:30 AM.', 'We come at nine thirty a.m.', true],
    ['Come at 9:30 PM.', 'We come at nine thirty a.m.', false],
    ['Come at 9 in the morning.', 'We come at nine.', true],
    ['Come at 9 in the evening.', 'We come at 9 am.', false],
    ['Come at 8 AM to 10 AM.', 'We come between eight and ten a.m.', true],
    ['Come at 9 PM.', 'We are here from nine to five pm.', false],
    ['Come at 9 pm.', 'There are nine of us, I am in at 3 pm.', false],
  ])('are of the half of the day that was said: %j of %j: %s', (claim, said, is) => {
    expect(hasNumbers(claim, said)).toBe(is);
  });

  it('are never an hour and minutes that were said apart', () => {
    const hour = fc.integer({ min: 1, max: 12 });
    const minute = fc.integer({ min: 10, max: 59 });
    fc.assert(
      fc.property(hour, minute, hour, minute, (h, m, otherHour, otherMinute) => {
        fc.pre(h !== otherHour || m !== otherMinute);
        const said = `We have ${h} vans and ${m} people, and come at ${otherHour}:${otherMinute}.`;
        expect(hasNumbers(`They come at ${h}:${m}.`, said)).toBe(false);
        expect(hasNumbers(`They have ${h} vans and ${m} people.`, said)).toBe(true);
        expect(hasNumbers(`They come at ${otherHour}:${otherMinute}.`, said)).toBe(true);
      }),
      { seed: 20_261_127, numRuns: 300 },
    );
  });
});

describe('numbers that are said in pieces, with a point, or with a half', () => {
  it.each([
    ['I live at forty two eighteen Maple Drive.', 'at 4218 Maple Drive', true],
    ['I live at one twenty five Maple Drive.', 'at 125 Maple Drive', true],
    ['I live at twelve oh five Maple Drive.', 'at 1205 Maple Drive', true],
    ['The unit is from nineteen ninety eight.', 'from 1998', true],
    ['It is a twenty fifteen Honda.', 'a 2015 Honda', true],
    ['The code is seventy one forty two.', 'code 7142', true],
    ['My zip is seventy eight seven oh four.', 'zip 78704', true],
    ['We come at nine thirty.', '930 of them', false],
    ['The visit is one ninety five.', '195 visits', false],
    ['I live at forty two, eighteen miles away.', 'at 4218 Maple Drive', false],
    ['It is forty two. Eighteen came.', 'at 4218 Maple Drive', false],
    ['About two point five percent.', '2.5%', true],
    ['About two point five percent.', '5%', false],
    ['About two and a half thousand.', '$2,500', true],
    ['One and a half hours.', '1.5 hours', true],
    ['See you at noon.', 'at 12 pm', true],
    ['See you at noon.', 'at 12 am', false],
    ['See you at ten to nine.', 'at 8:50', true],
    ['See you at ten to nine.', 'at 9:10', false],
    ['We are open from ten to nine.', 'from 10 to 9', true],
    ['See you at fifteen past nine.', 'at 9:15', true],
    ['It takes half an hour.', '30 minutes', true],
    ['It takes half an hour.', '50 minutes', false],
  ])('%s tells %s: %s', (said, claim, is) => {
    expect(hasNumbers(`They told ${claim}.`, said)).toBe(is);
  });
});
