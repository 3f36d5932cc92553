// The bucket of query points, with its clock turned by hand.
import { expect, it } from 'vitest';
import { openThrottle } from '#graphql/throttle.ts';

function atRest() {
  let nowMs = 0;
  const throttle = openThrottle(() => nowMs);
  return { throttle, turn: (ms: number) => (nowMs += ms) };
}

it('holds 2,000 points and restores 100 a second, never more than full', () => {
  const { throttle, turn } = atRest();
  expect(throttle.take('a', 1_000)).toEqual({ taken: true });
  turn(2_500);
  expect(throttle.status('a').currentlyAvailable).toBe(1_250);
  turn(60_000);
  expect(throttle.status('a').currentlyAvailable).toBe(2_000);
});

it('refuses what it does not hold, tells when it will, and keeps its promise', () => {
  const { throttle, turn } = atRest();
  throttle.take('a', 1_900);
  const refused = throttle.take('a', 350);
  expect(refused).toEqual({ taken: false, retryAfterSeconds: 3 });
  expect(throttle.status('a').currentlyAvailable).toBe(100);
  turn(2_000);
  expect(throttle.take('a', 350).taken).toBe(false);
  turn(1_000);
  expect(throttle.take('a', 350).taken).toBe(true);
});

it('keeps one bucket per key', () => {
  const { throttle } = atRest();
  throttle.take('a', 2_000);
  expect(throttle.status('b').currentlyAvailable).toBe(2_000);
});

it('takes a refund, but never above full', () => {
  const { throttle } = atRest();
  throttle.take('a', 500);
  throttle.refund('a', 300);
  expect(throttle.status('a').currentlyAvailable).toBe(1_800);
  throttle.refund('a', 9_999);
  expect(throttle.status('a').currentlyAvailable).toBe(2_000);
});

it('forgets full buckets when there are many', () => {
  const { throttle, turn } = atRest();
  for (let n = 0; n < 10_000; n += 1) throttle.take(`key ${n}`, 1);
  turn(1_000);
  throttle.take('spender', 500);
  expect(throttle.status('spender').currentlyAvailable).toBe(1_500);
  expect(throttle.status('key 1').currentlyAvailable).toBe(2_000);
});
