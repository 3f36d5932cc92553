// Where a call turns to a number that is neither a card's nor of a person: the answers to two such questions are no number together.
import type { TimedToken } from './redact-runs.ts';
import { findSaid, type Said } from './redact-said.ts';

const OTHER_NUMBER =
  /\b(?:zip|postal code|postcode|(?:house|street|unit|apartment|building|gate|suite|order|invoice|claim|policy|case|meter|model|serial|badge|part|check|confirmation|ticket|reference) (?:number|code)|order's|units?|building|badge|serial|model|invoice|mileage|odometer|square (?:feet|foot|footage)|birth(?:day|date)?|born|(?<!\b(?:last|this|next|every|a|per|each) )year(?:'s)?(?! ago)|how (?:many(?! (?:digits|numbers|more))|much|old|tall)|built|weigh|height|amount|(?:last|next) month|month before|reading|paying|of (?:the|your) (?:vin|phone))\b/g;

/** Where one channel names another number than a secret one. */
export function findOtherNumbers(tokens: readonly TimedToken[]): Pick<Said, 'startMs' | 'endMs'>[] {
  return findSaid(tokens, [OTHER_NUMBER]).flat();
}
