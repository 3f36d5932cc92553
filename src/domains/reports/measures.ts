// What reports add up. Pure.

/** The sums of a set of interactions; each channel has those that it can have. */
export const MEASURES = [
  'interactions',
  'answered',
  'missed',
  'abandoned',
  'voicemails',
  'firstTime',
  'leads',
  'goodLeads',
  'durationSeconds',
  'valueCents',
] as const;
export type Measure = (typeof MEASURES)[number];

/** One figure for each measure: whole numbers, which may be above 2^53 where shares of value are summed. */
export type Measures = Record<Measure, bigint>;

export const NOTHING: Readonly<Measures> = Object.fromEntries(
  MEASURES.map((measure) => [measure, 0n]),
) as Measures;

/** a + b × times, measure by measure. */
export function addMeasures(a: Readonly<Measures>, b: Readonly<Measures>, times: bigint): Measures {
  return Object.fromEntries(
    MEASURES.map((measure) => [measure, a[measure] + b[measure] * times]),
  ) as Measures;
}
