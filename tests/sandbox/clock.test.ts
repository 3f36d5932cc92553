// The sandbox's clock: turned by hand, or faster than life.
import { afterEach, describe, expect, it } from 'vitest';
import { type Clock, createClock } from '#sandbox/clock.ts';

let clock: Clock;
afterEach(() => clock.stop());

describe('a clock turned by hand', () => {
  it('runs what is due in order of time, each at its own moment, and nothing later', async () => {
    clock = createClock({ speed: 'manual', startMs: 1000 });
    const seen: string[] = [];
    clock.after(300, () => seen.push(`c@${clock.now()}`));
    clock.after(100, () => {
      seen.push(`a@${clock.now()}`);
      clock.after(50, () => seen.push(`b@${clock.now()}`));
    });
    clock.after(301, () => seen.push('late'));
    await clock.advance(300);
    expect(seen).toEqual(['a@1100', 'b@1150', 'c@1300']);
    expect(clock.now()).toBe(1300);
  });

  it('forgets a cancelled timer', async () => {
    clock = createClock({ speed: 'manual' });
    let ran = false;
    clock.after(10, () => (ran = true)).cancel();
    await clock.advance(1000);
    expect(ran).toBe(false);
  });

  it('goes on when one piece of work throws, and reports it', async () => {
    const errors: unknown[] = [];
    clock = createClock({ speed: 'manual', onError: (error) => errors.push(error) });
    let ran = false;
    clock.after(1, () => {
      throw new Error('broken');
    });
    clock.after(2, () => (ran = true));
    await clock.advance(5);
    expect(errors).toHaveLength(1);
    expect(ran).toBe(true);
  });

  it('refuses a speed', () => {
    clock = createClock({ speed: 'manual' });
    expect(() => clock.setSpeed(2)).toThrow(/advance/);
  });
});

describe('a running clock', () => {
  it('at 200 times the speed of life plays a minute long before one has passed', async () => {
    clock = createClock({ speed: 200 });
    const begun = performance.now();
    const startMs = clock.now();
    await new Promise<void>((resolve) => clock.after(60_000, resolve));
    expect(clock.now() - startMs).toBeGreaterThanOrEqual(60_000);
    expect(clock.now() - startMs).toBeGreaterThan(2 * (performance.now() - begun));
  });

  it('all but stands while its process is held up', () => {
    clock = createClock({ speed: 100, startMs: 0 });
    const until = performance.now() + 200;
    while (performance.now() < until);
    expect(clock.now()).toBe(2_500);
  });

  it('keeps its reading when the speed changes', () => {
    clock = createClock({ speed: 1 });
    const before = clock.now();
    clock.setSpeed(10);
    expect(clock.now() - before).toBeLessThan(500);
    expect(clock.speed()).toBe(10);
    expect(() => clock.setSpeed(0)).toThrow(/out of range/);
  });
});
