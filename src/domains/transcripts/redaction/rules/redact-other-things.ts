// What sounds as if a card or a tax number were asked for, and is of another thing: the long number on a meter, the tin on a roof,
// a tax id that stands somewhere.
import { NUMBER_WORDS } from '#values/number-words.ts';
import type { Said } from './redact-said.ts';

const THING =
  '(?:meter|bill|invoice|receipt|statement|letter|label|sticker|tag|plate|box|bag|machine|unit|tank|heater|furnace|policy|order|ticket|key)s?';
const NO_CARD = '(?!(?:card|front|credit|debit)s?\\b)';
const NUMBER = `(?:\\d|oh?\\b|(?:${[...NUMBER_WORDS.keys()].join('|')})\\b)`;
/** by what is said, what stands behind it when it is of a thing */
const OF_THINGS: readonly (readonly [said: RegExp, after: RegExp])[] = [
  [
    /^long number$/,
    new RegExp(
      `^ (?:(?:that's|that is|printed|written) )?(?:on|off|from|at|of|for|under)(?: ${NO_CARD}\\S+){0,5} ${THING}\\b(?! card)`,
    ),
  ],
  // "the tin is nine one two …" and "the tin on file" are a number
  [
    / tin$/,
    new RegExp(
      `^ (?:(?:on|in|over|under|at|from)(?! (?:file|record|(?:(?:the|your|my|that) )?(?:account|application|form|loan|return|w(?:-?[29])?))\\b)|(?:is|was)(?! *$| (?:what|again|for)\\b| (?:\\S+ ){0,3}${NUMBER}))\\b`,
    ),
  ],
  [
    / on the (?:back|front)$/,
    new RegExp(`^ of (?:the|your|my|our|that|this)(?: ${NO_CARD}\\S+){0,2} ${THING}\\b(?! card)`),
  ],
  [
    /^tax id$/,
    /^ (?:number )?(?:is|was|will be|should be) (?:(?:also|already|printed|listed|written|right|all) )*(?:on|in|at)\b/,
  ],
];

/** Whether what was said is of such a thing. */
export function isOfThing({ said, before, after }: Said): boolean {
  if (/\b(?:what|which|whose) $/.test(before)) return false;
  return OF_THINGS.some(([one, behind]) => one.test(said) && behind.test(after));
}
