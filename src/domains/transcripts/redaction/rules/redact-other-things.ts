// What sounds as if a card or a tax number were asked for, and is of another thing: the long number on a meter, the tin on a roof.
import type { Said } from './redact-said.ts';

const THING =
  '(?:meter|bill|invoice|receipt|statement|letter|label|sticker|tag|plate|box|bag|machine|unit|tank|heater|furnace|policy|order|ticket|key)s?';
const NO_CARD = '(?!(?:card|front|credit|debit)s?\\b)';
const ROOF =
  '(?:roof(?:s|ing|top)?|barn|shed|porch|carport|awning|gutters?|ceiling|chimney|eaves|gable|chicken coop)';
const WHICH =
  "(?:the|that|this|a|my|our|your|his|her|their|front|back|side|old|new|main|whole|barn|shed|porch|house|garage|kitchen|neighbor's)";
const WORN = '(?:rust(?:ed|y|ing)|leak(?:ing|y)|bent|dented|corroded|warped|peeling|buckled)';
/** by what is said, what stands behind it when it is of a thing */
const OF_THINGS: readonly (readonly [said: RegExp, after: RegExp])[] = [
  [
    /^long number$/,
    new RegExp(
      `^ (?:(?:that's|that is|printed|written) )?(?:on|off|from|at|of|for|under)(?: ${NO_CARD}\\S+){0,5} ${THING}\\b(?! card)`,
    ),
  ],
  // whatever else is said of it, "is in my wallet" and "on my form" too, the number may follow
  [
    / tin$/,
    new RegExp(
      `^ (?:(?:on|in|over|under|at|from)(?: ${WHICH}){0,3} ${ROOF}|(?:is|was)(?: (?:all|so|very|really|pretty))? ${WORN})\\b`,
    ),
  ],
  [
    / on the (?:back|front)$/,
    new RegExp(`^ of (?:the|your|my|our|that|this)(?: ${NO_CARD}\\S+){0,2} ${THING}\\b(?! card)`),
  ],
];

/** Whether what was said is of such a thing. */
export function isOfThing({ said, before, after }: Said): boolean {
  if (/\b(?:what|which|whose) $/.test(before)) return false;
  return OF_THINGS.some(([one, behind]) => one.test(said) && behind.test(after));
}
