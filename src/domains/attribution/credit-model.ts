// By what model somebody wants credit to be shared: one of ours, or weights of their own.
import { invalidInput } from '#values/refusals.ts';
import type { CreditModel, PlaceWeights } from './share-credit.ts';

export const MOST_WEIGHT = 100;

/**
 * Reads what was asked for.
 * @returns FIRST_TOUCH when nothing was. Throws Refused INVALID_INPUT for both at once and for weights out of bounds.
 */
export function readCreditModel(asked: {
  model?: CreditModel | null | undefined;
  weights?: PlaceWeights | null | undefined;
}): CreditModel | PlaceWeights {
  const { model, weights } = asked;
  if (!weights) return model ?? 'FIRST_TOUCH';
  if (model) throw invalidInput('weights', 'Give model or weights, not both.');
  for (const [name, weight] of Object.entries(weights)) {
    if (weight >= 0 && weight <= MOST_WEIGHT) continue;
    throw invalidInput('weights', `weights.${name} takes 0 to ${MOST_WEIGHT}, not ${weight}.`);
  }
  return weights;
}
