// How numbers are read that name no country, and which are of the unlimited class: by region, not by the country code that
// they share.
import { describe, expect, it } from 'vitest';
import { isUsOrCanada, parseLocalNumber, ratingClassOf } from '#values/phone-number.ts';

const number = (areaCode: string) => `+1${areaCode}2345678`;
/** NANP area codes outside the US and Canada: the Caribbean, Bermuda, and the US territories (L09). */
const OUTSIDE =
  '242 246 264 268 284 340 345 441 473 649 658 664 670 671 684 721 758 767 784 787 809 829 849 868 869 876 939'.split(
    ' ',
  );
const TOLL_FREE = ['800', '833', '844', '855', '866', '877', '888'];

it.each([
  ['020 7946 0958', 'GB', '442079460958'],
  ['020 7946 0958', '44', '442079460958'],
  ['020 7946 0958', '+44', '442079460958'],
  ['020 7946 0958', 'US', null],
  ['55 1234 5678', 'mx', '525512345678'],
  ['20 12 34 56', 'DK', '4520123456'],
  ['+44 20 7946 0958', 'DK', '442079460958'],
  ['(415) 555-0134', '1', '14155550134'],
  ['(415) 555-0134', '', '14155550134'],
  ['(415) 555-0134', '999', '14155550134'],
  ['(415) 555-0134', 'constructor', '14155550134'],
])('%s on a page of "%s" is %s', (text, country, read) => {
  expect(parseLocalNumber(text, country)).toBe(read && `+${read}`);
});

describe('the unlimited class', () => {
  it.each(['212', '415', '907', '808', '416', '514', '604', '867'])('holds %s', (areaCode) => {
    expect(isUsOrCanada(number(areaCode))).toBe(true);
    expect(ratingClassOf([number(areaCode), number('212')])).toBe('UNLIMITED');
  });

  it.each(OUTSIDE)('does not hold %s', (areaCode) => {
    expect(isUsOrCanada(number(areaCode))).toBe(false);
    expect(ratingClassOf([number('212'), number(areaCode)])).toBe('METERED');
  });

  it.each(TOLL_FREE)('does not hold the toll-free %s, at any end', (areaCode) => {
    expect(ratingClassOf([number(areaCode), number('212'), number('415')])).toBe('METERED');
    expect(ratingClassOf([number('212'), number('415'), number(areaCode)])).toBe('METERED');
  });

  it('is judged by the other numbers when the caller withholds theirs', () => {
    expect(ratingClassOf([null, number('212')])).toBe('UNLIMITED');
  });
});
