// Finds the moments at which a call turns to a card, its security code, its expiry or a social security number.
// Recognition mishears these words too, so the patterns are wide: a needless mask is cheaper than a leak.

import { readCardTalk } from './redact-card-talk.ts';
import { findMisheardSocial } from './redact-misheard.ts';
import { isOfThing } from './redact-other-things.ts';
import type { TimedToken } from './redact-runs.ts';
import { findSaid } from './redact-said.ts';

type CueKind = 'CARD' | 'CVV' | 'EXPIRY' | 'SSN';

/** Something said that tells which number comes next; times in milliseconds. `opensCardWindow`: it is about a card for sure. */
export interface FoundCue {
  kind: CueKind;
  startMs: number;
  endMs: number;
  opensCardWindow: boolean;
  /** an expiry, said as of anything, or misheard: what answers it has to look so for sure */
  isLoose?: boolean;
  /** it asks for a month and a year: what answers it is no day */
  asksBoth?: boolean;
  /** it may be of a gate or a meter: only the next number of three or four figures answers it (redact-next.ts) */
  isNear?: boolean;
  /** it is of cards in general: by itself it asks for nothing (redact-card-turns.ts) */
  isGeneral?: true;
  /** its words may be of a number, "zero, three, digits, number", so it ends none */
  mayBeInside?: boolean;
}

// Every pattern runs over lower-case words joined by single spaces.
const CUE_PATTERNS: [kind: CueKind, pattern: RegExp][] = [
  [
    'CARD',
    /\b(?:(?:credit|debit|gift|bank)?-?cards?|credit or debit|debit or credit|(?<=\b(?:by|with|us(?:e|ing)) )(?:credit|debit)|visa|mastercard|master ?car[dt]|amex|american express|(?:my|your) discover|(?:car|cart|cord|guard) number|(?:fifteen|sixteen|15|16)[- ]digits?|(?<!\ba )long(?: card)? number|payment details|billing details)\b/g,
  ],
  [
    'CVV',
    /\b(?:cvv2?|cvc2?|csc|c v v|c v c|c-v-v|c-v-c|security code|(?<!social )security number|verification code|(?:security|verification) digits|v[- ]code|pass ?code|pin (?:code|number)|(?:my|your|(?:card|debit)(?:['’]?s)?) pin|one[- ]time (?:code|password|pin)|code (?:that )?(?:i|we) (?:just )?(?:sent|texted)|cid|(?:(?:the|those|last|your) (?:last )?(?:three|four|3|4)|(?:three|four|3|4)(?: little)? (?:digits?|numbers?)) (?:on|at|off(?: of)?) the (?:back|front)(?! (?:of (?:the|my|our|your) (?!card|credit|debit)|door|porch|yard|side|window|wall|seat|desk|office|gate|counter))|(?:three|four|3|4)[- ]digits? (?:(?:security|verification) (?:number|code)|number(?: on the back|(?! (?:on|for|of|at|to) (?:the|your|my|our|that) (?!front|card))))|(?:code|digits|numbers?) (?:on the (?:back|front(?! (?:of (?:the|my|our|your) (?!card)|door|porch|gate|desk)))|by the signature)|code)\b/g,
  ],
  [
    'CVV',
    // only the next number answers these
    /\b(?:(?:the|those|my|your) back (?:three|four|3|4)|(?:last (?:three|four|3|4)(?: digits| numbers)?) on the signature|(?:three|four|3|4) little numbers?|(?<!\bfirst )(?:the|those|these|your|my) (?:three|3) digits?(?! (?:of|for|in|to|area|extension)\b| (?:on|at|off(?: of)?) (?:the|your|my|our|that|this) (?:(?:gate|meter|door|house|mailbox|unit|box|tag|label|sticker|plate|ticket|receipt|invoice|bill|letter|envelope|order|filter|tank|tire|key|keypad|screen|machine)s?\b(?! card)))|(?<=\b(?:what's|what is|and|enter|need) )(?:the|a) pin)\b/g,
  ],
  [
    'EXPIRY',
    /\b(?:expir\w*|exp[ae]ration\w*|exp date|e-?xp|valid (?:through|thru|until)|good (?:through|thru)|good (?:until|till?)|valid till?|runs? out(?! (?:to|there|here|of|and|by|for)\b)|month and year)\b/g,
  ],
  [
    'SSN',
    /\b(?:ssn|s s n|s-s-n|itin|taxpayer id|sosh|(?<=\b(?:my|your|his|her) )so show|last four (?:digits )?(?:to|for) (?:verify|confirm)(?! (?:the|your|my|that|this) (?:phone|telephone|number|cell|mobile|order|address))|identity (?:with|by) the last four|(?:the|your|my|his|her) tin(?! (?:roof|can|cans|box|foil|man|shed|sheet|siding)\b)|tax id|last (?:four|4)(?: digits| numbers)? of (?:my|your|his|her|the) ss|(?<!\banti[- ])social(?! (?:media|network|networks|networking|page|post|posts|event|club|work|worker|workers|distancing|life|services?|studies|anxiety|security (?:office|benefits?|checks?|disability|income|administration|payments?|retirement))\b)(?<!\b(?:on|draws?|drawing|(?<!\blet me )gets?|getting|appointment with)(?: (?:my|his|her|our))? social(?= security(?! (?:numbers?|card|digits)\b)))|(?<!\b(?:our|on|their|the|all|on my|on your) )socials)\b/g,
  ],
];

// "Expires" alone speaks of coupons and warranties as often as of cards, so only the noun opens a window.
const EXPIRY_OF_A_CARD = /^(?:exp[aei]ration|expiry|exp date)/;
/** "The three on the back" is one of a card for sure only where a word more says so. */
const NEAR =
  /^(?!.*(?:security|verification|(?:code|digits|numbers?) on the back)).*(?:\b(?:three|four|3|4)\b|front$|signature$)/;
const NEAR_PIN = /^(?:the|a) pin$/;
/** "We are good until eleven thirty" tells a time. */
const LOOSE = /^(?:good (?:until|till?)|valid till?|runs? out|month and year)$/;
// What is told after these is where somebody is reached.
const PHONE =
  /\b(?:(?:tele)?phone|cell|cellphone|mobile|landline|fax|call ?back|(?:call|reach|text|ring) (?:me|us|you|him|her|them)|best (?:contact |phone )?number|my (?:contact )?number(?:'s| is)|dial|contact number)\b/g;
// A bare "code" opens none (gate code, zip code), but inside a window it names what follows.
const ANY_CODE = 'code';

/**
 * Finds the cues in one channel.
 * @param tokens the channel's tokens in the order of speech
 */
export function findCues(tokens: readonly TimedToken[]): FoundCue[] {
  const found = findSaid(
    tokens,
    CUE_PATTERNS.map(([, pattern]) => pattern),
  );
  const misheard = findMisheardSocial(tokens).map(
    (one): FoundCue => ({
      kind: 'SSN',
      ...one,
      opensCardWindow: false,
      isLoose: true,
      mayBeInside: true,
    }),
  );
  const told = CUE_PATTERNS.flatMap(([kind], n) =>
    (found[n] ?? []).flatMap((one) => {
      const { said, startMs, endMs, mayBeInside } = one;
      if (isOfThing(one)) return [];
      const talk = kind === 'CARD' ? readCardTalk(one) : 'ONE';
      if (talk === 'NO_PAYMENT') return [];
      const isGeneral = talk === 'GENERAL';
      const isNear = NEAR.test(said) || NEAR_PIN.test(said);
      const opensCardWindow =
        (kind === 'CARD' && !isGeneral) ||
        (kind === 'CVV' && said !== ANY_CODE && !isNear) ||
        EXPIRY_OF_A_CARD.test(said);
      const isLoose = LOOSE.test(said);
      const asksBoth = said === 'month and year';
      return [
        {
          ...{ kind, startMs, endMs, opensCardWindow },
          ...(isGeneral && { isGeneral }),
          ...(isLoose && { isLoose }),
          ...(isNear && { isNear }),
          ...(asksBoth && { asksBoth }),
          ...(mayBeInside && { mayBeInside }),
        },
      ];
    }),
  );
  return [...told, ...misheard].sort((a, b) => a.startMs - b.startMs);
}

/** Finds where one channel speaks of a phone; times in milliseconds. */
export function findPhoneCues(
  tokens: readonly TimedToken[],
): Pick<FoundCue, 'startMs' | 'endMs'>[] {
  return findSaid(tokens, [PHONE]).flat();
}
