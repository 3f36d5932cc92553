// How much goes to the search server in one request.
import { expect, it } from 'vitest';
import { cutToRequest } from '#platform/search/copy/send.ts';

const said = (one: string | null) => one;

it('a request holds as many documents as its bytes allow, and at least one', () => {
  const [long, wide, longest] = [
    'a'.repeat(3_000_000),
    'ä'.repeat(1_500_000),
    'a'.repeat(9_000_000),
  ];
  expect(cutToRequest([long, null, long], said)).toHaveLength(3);
  expect(cutToRequest([long, long, long], said)).toHaveLength(2);
  // letters of two bytes
  expect(cutToRequest([wide, wide, wide], said)).toHaveLength(2);
  expect(cutToRequest([longest, long], said)).toEqual([longest]);
  expect(cutToRequest([], said)).toEqual([]);
});
