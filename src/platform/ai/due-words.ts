// Until when something is to be done, in the words in which it was said.
import { HOUR, MONTH, ORDINAL } from './time-words.ts';

const WEEKDAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const PART = '(?:morning|afternoon|evening|night)';
const NTH = `(?:${ORDINAL}|first|second|third|\\d{1,2}(?:st|nd|rd|th))`;
// "at 12 Elm Street" is a place
const OF_PLACE =
  '(?! (?:(?-i:(?!I\\b|[AP]\\.?M\\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:East|West)ern|Pacific|Central|Mountain|[ECMP][SD]?T\\b)[A-Z])|(?:\\w+ ){1,2}(?:street|avenue|road|lane|boulevard)\\b))';
const CLOCK = `(?:(?:1[0-2]|0?[1-9])(?::\\d{2})?|${HOUR}(?: (?:thirty|fifteen|forty[- ]five))?)(?: ?[ap]\\.m\\.| ?[ap]m\\b|\\b)${OF_PLACE}`;
// "swing by" tells no time
const BY = '(?<!\\b(?:swing|stop|come|drop|pop|pass) )by(?! on\\b)';
const COUNT = `(?:an?|half an|a couple(?: of)?|a few|${HOUR}|\\w+teen|twenty|thirty|forty|fifty|\\d+)`;
const PIECE = `(?:${[
  `(?:${BY} |on |before |until |this |next ){0,2}(?:(?:today|tonight|tomorrow|${WEEKDAY})(?: ${PART})?|noon)\\b(?: the ${NTH}\\b)?`,
  `(?:${BY} |on |over |after |before |later |sometime |early )?(?:this|next|that|the following|the) (?:week(?: of the ${NTH})?|weekend|month|${PART})\\b`,
  `in the ${PART}\\b`,
  `(?:(?:${BY}|at|before|toward|until) )?(?:the )?(?:end|close|start|beginning) of (?:(?:the|this|next|that) )?(?:business(?: day)?|day|week|month|year|today|tomorrow)\\b`,
  `(?:before|after) (?:dark|lunch|work|school|then|hours)\\b`,
  `(?:${BY} |on )?${MONTH} (?:${NTH}|\\d{1,2})\\b`,
  `(?:${BY}|on|before|around) the ${NTH}\\b(?! (?:one|time|thing|floor|page|street|avenue|option|\\w+er)\\b)`,
  `(?:the )?(?:day|night|morning|week) (?:before|after|of)\\b`,
  `first thing\\b`,
  `(?:with)?in (?:a|the|an) (?:hour|day|week|month)(?: or (?:two|so))?\\b`,
  `(?:with)?in (?:about |around |like |the next )?${COUNT}(?:[- ](?:(?:to|or) )?\\w+){0,2} (?:hours?|minutes|days?|weeks?)\\b`,
  `between ${CLOCK} and ${CLOCK}`,
  `(?:at|${BY}|before|around) ${CLOCK}(?! (?:hundred|thousand|dollars?|bucks|people|percent|of|minutes?|hours?|days?|weeks?|months?|years?)\\b)`,
].join('|')})`;
/** "at 2:30 p.m. on Friday" and "next week Tuesday" are one */
export const DUE = `\\b${PIECE}(?:,? (?:or )?${PIECE}){0,3}`;
const DUE_SAID = new RegExp(DUE, 'i');

/** Until when, as words that tell it stand in `said`; null where none do. */
export function dueIn(said: string): string | null {
  return DUE_SAID.exec(said)?.[0] ?? null;
}
