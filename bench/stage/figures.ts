// Figures: medians, percentiles, ranges, and how they are printed.

/** The value below which this share (0 to 1) of the values lies; nearest rank. NaN when there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length % 2 === 1) return sorted[Math.floor(middle)] as number;
  return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** "0.71 (0.66 to 0.75)": the median of the rounds and their range. */
export function spread(values: readonly number[], digits = 2): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}

/** "4,210" */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** "12.3 ms" */
export function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

/** The verdict of a line, in words. */
export function judge(met: boolean): string {
  return met ? 'meets the aim' : 'misses the aim';
}

/** Runs both sides in turn, the first one changing from round to round, so that a machine that slows down slows both. */
export async function interleave<T>(
  rounds: number,
  ours: (round: number) => Promise<T>,
  bare: (round: number) => Promise<T>,
): Promise<{ ours: T[]; bare: T[] }> {
  const results = { ours: [] as T[], bare: [] as T[] };
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 1) results.bare.push(await bare(round));
    results.ours.push(await ours(round));
    if (round % 2 === 0) results.bare.push(await bare(round));
  }
  return results;
}

/** The ratios of two lists of rounds, round by round. */
export function ratios(above: readonly number[], below: readonly number[]): number[] {
  return above.map((value, round) => value / (below[round] as number));
}
