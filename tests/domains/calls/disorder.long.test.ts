// The random calls of disorder.test.ts, in number.
import { it } from 'vitest';
import { expectStormsToEndAsCalm } from './disorder.ts';

it('2,000 random calls end in a storm as on a calm line', () => {
  expectStormsToEndAsCalm(2_000, 20_260_303);
});
