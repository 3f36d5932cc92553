// How much of an interaction each touchpoint may claim, by model. Pure. Credits are whole millionths that sum to exactly
// one million, so that a report adds up to the number of interactions whatever it is grouped by.

export const WHOLE_CREDIT = 1_000_000;
/** After so long a touchpoint counts half, in TIME_DECAY. */
export const HALF_LIFE_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** The places of a journey that models give weight to: touchpoints by their number, 0 = the first. */
export interface Journey {
  /** when each touchpoint was, in ms; ascending */
  at: readonly number[];
  /** the last touchpoint before the lead was made; null while there was none */
  leadCreated: number | null;
  /** the last touchpoint before the lead was qualified; null while it is not */
  qualified: number | null;
}

/**
 * Weights of a journey's places, 0 to 100 each; what is at none of the named places shares `others` equally. A weight of 0
 * names no place: W_SHAPED spreads its 10 over the last touchpoint, too.
 */
export interface PlaceWeights {
  first: number;
  leadCreated: number;
  qualified: number;
  last: number;
  others: number;
}

export type CreditModel =
  | 'FIRST_TOUCH'
  | 'LAST_TOUCH'
  | 'LEAD_CREATION'
  | 'QUALIFIED'
  | 'FIFTY_FIFTY'
  | 'W_SHAPED'
  | 'POSITION_BASED'
  | 'LINEAR'
  | 'TIME_DECAY';

// The shares of the models as product.md 4.3 has them; W is 30/30/30 and 10 over the others, position 40/20/40.
const PLACES: Record<Exclude<CreditModel, 'LINEAR' | 'TIME_DECAY'>, Partial<PlaceWeights>> = {
  FIRST_TOUCH: { first: 100 },
  LAST_TOUCH: { last: 100 },
  LEAD_CREATION: { leadCreated: 100 },
  QUALIFIED: { qualified: 100 },
  FIFTY_FIFTY: { first: 50, leadCreated: 50 },
  W_SHAPED: { first: 30, leadCreated: 30, qualified: 30, others: 10 },
  POSITION_BASED: { first: 40, last: 40, others: 20 },
};

/**
 * Shares the credit for one interaction.
 * @param model a model, or weights of one's own
 * @returns a credit for each touchpoint, in millionths; all 0 when the model finds nothing to give it to (QUALIFIED
 *   before the lead is qualified, a journey without touchpoints), else their sum is WHOLE_CREDIT
 */
export function shareCredit(model: CreditModel | PlaceWeights, journey: Journey): number[] {
  if (model === 'LINEAR') return portion(journey.at.map(() => 1));
  if (model === 'TIME_DECAY') {
    // only proportions count, so from the last touchpoint: from the interaction, an old journey's weights would all vanish
    const last = journey.at.at(-1) ?? 0;
    return portion(journey.at.map((at) => 0.5 ** ((last - at) / (HALF_LIFE_DAYS * DAY_MS))));
  }
  return portion(weighPlaces(typeof model === 'string' ? PLACES[model] : model, journey));
}

/** A place that is missing gives its weight to nobody, so the others' shares grow in proportion. */
function weighPlaces(
  { first = 0, leadCreated = 0, qualified = 0, last = 0, others = 0 }: Partial<PlaceWeights>,
  journey: Journey,
): number[] {
  const weights = journey.at.map(() => 0);
  const named = new Set<number>();
  const give = (place: number | null, weight: number) => {
    if (place === null || weights[place] === undefined || weight === 0) return;
    weights[place] += weight;
    named.add(place);
  };
  give(0, first);
  give(journey.leadCreated, leadCreated);
  give(journey.qualified, qualified);
  give(journey.at.length - 1, last);
  const rest = journey.at.length - named.size;
  return weights.map((weight, place) => (named.has(place) ? weight : others / rest));
}

/**
 * Divides WHOLE_CREDIT in proportion to weights, by the method of largest remainders; of equal remainders the earlier
 * one is rounded up.
 * @param weights finite, none below 0
 * @returns whole numbers whose sum is WHOLE_CREDIT; all 0 when all weights are
 */
export function portion(weights: readonly number[]): number[] {
  // scaled first: the sum of weights that are all tiny (a journey of years) would lose them
  const largest = Math.max(0, ...weights);
  if (largest === 0) return weights.map(() => 0);
  const scaled = weights.map((weight) => weight / largest);
  const sum = scaled.reduce((before, weight) => before + weight, 0);
  const exact = scaled.map((weight) => (weight / sum) * WHOLE_CREDIT);
  const credits = exact.map(Math.floor);
  const missing = WHOLE_CREDIT - credits.reduce((before, credit) => before + credit, 0);
  const byRemainder = exact
    .map((value, place) => ({ place, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.place - b.place);
  for (const { place } of byRemainder.slice(0, missing)) {
    credits[place] = (credits[place] ?? 0) + 1;
  }
  return credits;
}
