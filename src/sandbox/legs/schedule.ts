// Timers that belong to a leg: they are gone when the leg ends.
import type { Carrier } from '../carrier.ts';
import type { Timer } from '../clock.ts';
import type { LiveLeg } from './live-leg.ts';

/** Runs `work` after some sandbox seconds, unless the leg has ended or the timer was cancelled by then. */
export function schedule(
  carrier: Carrier,
  live: LiveLeg,
  seconds: number,
  work: () => void,
): Timer {
  const timer = carrier.clock.after(seconds * 1000, () => {
    live.timers.delete(timer);
    work();
  });
  live.timers.add(timer);
  return timer;
}
