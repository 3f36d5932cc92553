// Where to cut a stretch of speech in two with the least harm to a word.

import { MODEL_RATE } from './model-rate.ts';
import type { SampleWindow } from './sample-window.ts';

/**
 * Finds the quietest tenth of a second around the middle of [from, to), at most 3 s or a quarter of the stretch away from it.
 * @param window samples at 16 kHz that hold the stretch
 * @returns the sample position in the middle of that tenth
 */
export function findQuietestPoint(window: SampleWindow, from: number, to: number): number {
  const middle = (from + to) >> 1;
  const reach = Math.min(3 * MODEL_RATE, (to - from) >> 2);
  const step = MODEL_RATE / 20;
  let quietest = middle;
  let lowestEnergy = Number.POSITIVE_INFINITY;
  for (let at = middle - reach; at < middle + reach; at += step) {
    const energy = window.slice(at, at + 2 * step).reduce((sum, sample) => sum + sample ** 2, 0);
    if (energy < lowestEnergy) {
      lowestEnergy = energy;
      quietest = at + step;
    }
  }
  return quietest;
}
