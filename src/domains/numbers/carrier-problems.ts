// What can be wrong with a number at the carrier: the comparison of how it stands there with how it is to stand. Pure.
import type { CarrierNumber, CarrierNumberSettings } from '#platform/carrier/index.ts';

/** Codes as rows and events keep them; calls/number-health.ts says what to do about each. */
export const CARRIER_PROBLEMS = [
  'CARRIER_LOST',
  'CARRIER_NOT_ACTIVE',
  'NOT_ON_OUR_CONNECTION',
  'SETTINGS_DIFFER',
] as const;
export type CarrierProblem = (typeof CARRIER_PROBLEMS)[number];

/** the carrier's words for a number that is no longer the account's */
const GONE = new Set(['deleted', 'ported-out']);

/**
 * @param found how the number stands at the carrier; null when it has no such number
 * @param wanted the settings that our row asks for
 * @returns what is wrong; [] when all is as it is to be
 */
export function carrierProblems(
  found: CarrierNumber | null,
  wanted: CarrierNumberSettings,
): CarrierProblem[] {
  if (!found || GONE.has(found.status)) return ['CARRIER_LOST'];
  const differ =
    found.isRerouted ||
    found.isRecorded ||
    found.callerNameLookup !== wanted.callerNameLookup ||
    found.callScreening !== wanted.callScreening;
  const judged: [CarrierProblem, boolean][] = [
    ['CARRIER_NOT_ACTIVE', found.status !== 'active'],
    ['NOT_ON_OUR_CONNECTION', !found.isConnected],
    ['SETTINGS_DIFFER', differ],
  ];
  return judged.filter(([, isSo]) => isSo).map(([problem]) => problem);
}

/** Whether setting the number anew at the carrier can help. */
export function isMendable(problem: CarrierProblem): boolean {
  return problem === 'NOT_ON_OUR_CONNECTION' || problem === 'SETTINGS_DIFFER';
}
