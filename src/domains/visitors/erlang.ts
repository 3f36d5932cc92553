// How many numbers a pool needs: visitors who find none are lost, so it is Erlang's loss system (product.md 4.5). Pure.

/** As large as a pool is ever recommended to be. */
const MOST_NUMBERS = 10_000;

/**
 * The share of arrivals that find no number free: Erlang's B, by the recursion B(n) = a·B(n−1) / (n + a·B(n−1)).
 * @param load arrivals in the time that a number is held, on average
 * @param numbers of the pool
 */
export function lossOf(load: number, numbers: number): number {
  let loss = 1;
  for (let n = 1; n <= numbers; n += 1) loss = (load * loss) / (n + load * loss);
  return loss;
}

/**
 * The smallest pool that loses no more than the given share.
 * @param load as above
 * @param targetLoss above 0, below 1
 */
export function numbersFor(load: number, targetLoss: number): number {
  let loss = 1;
  for (let n = 1; n < MOST_NUMBERS; n += 1) {
    loss = (load * loss) / (n + load * loss);
    if (loss <= targetLoss) return n;
  }
  return MOST_NUMBERS;
}
