// Random calls on the machine: webhooks that come late, twice, out of order or at the second attempt, and commands that
// fail at first, lead to the same ending as an orderly line. More of them in disorder.long.test.ts.
import { it } from 'vitest';
import { expectStormsToEndAsCalm } from './disorder.ts';

it('200 random calls end in a storm as on a calm line', () => {
  expectStormsToEndAsCalm(200, 20_260_304);
});
