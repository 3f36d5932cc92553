// What a mention of a card is of: of one that pays, of cards in general, or of another card than one that pays. Behind talk in
// general most people go on with addresses, telephone numbers and prices; whether a card follows is read in redact-card-turns.ts.
import type { Said } from './redact-said.ts';

type CardTalk = 'ONE' | 'GENERAL' | 'NO_PAYMENT';

const NO_PAYMENT =
  /\b(?:business|report|greeting|birthday|sim|post|score|library|insurance|green|sd|memory|key|video|graphics|sound|index|playing|membership|id|medicare) $/;
const SORT = 'any|all|most|major|other|credit|debit|or|and';
/** "my card" and "a card for the deposit" are one that pays */
const CARDS = `(?: (?:${SORT}))*`;
const A_CARD = `(?: (?:an?|${SORT}))*`;
const KIND = `(?: (?:an?|the|my|your|his|her|${SORT}))*`;
const BRAND = '(?:visa|mastercard|master card|amex|american express|discover)';
const GENERAL_BEFORE = new RegExp(
  [
    // "do you take", "we only accept"
    `\\b(?:(?:do|does|don't|doesn't) (?:you|y'all|you guys|they)(?: all| guys| also| still)?|(?:we|they|you)(?: only| also| do| don't| do not)*) (?:take|accept)(?: ${BRAND})*${CARDS} $`,
    `\\b(?:don't|do not|didn't|won't) (?:take|accept)${CARDS} $`,
    `\\b(?:don't|do not|didn't|won't) (?:need|require|want|have)${A_CARD} $`,
    `\\b(?:check|cheque|cash) or(?: (?:by|with|a))*${KIND} $`,
    `\\b(?:lost|stolen|stole)${KIND} $`,
    `\\b${BRAND} and $`,
  ].join('|'),
);
const GENERAL_AFTER = new RegExp(
  `^ (?:or (?:(?:by|with|a) )*(?:check|cheque|cash)|(?:was |got |were |is )?(?:stolen|lost)|and ${BRAND})\\b`,
);
/** "We don't have a card on file for you": it is asked for. */
const IS_MISSING = /^ (?:on (?:file|record|here)|in here|saved|for you|yet)\b/;
/** "To my discover there were": heard for a discovery. */
const DISCOVERY = /^ (?:there|how|why|we|they|he|she)\b/;
/** "Pay with my discover", "charge it to my discover" */
const PAYS =
  /\b(?:(?:with|us(?:e|ed|ing)|on|by|off|from) $|(?:charg|bill|put|pa(?:y|id)|add|appl|run|post|debit|money|deposit|balance|switch|transfer|card|amount|total))/;

/** What a mention of a card is of. */
export function readCardTalk({ said, before, after }: Said): CardTalk {
  if (NO_PAYMENT.test(before)) return 'NO_PAYMENT';
  if (/^ (?:numbers?|digits)\b/.test(after)) return 'ONE';
  const isHeardSo = / discover$/.test(said) && DISCOVERY.test(after);
  if (isHeardSo && !PAYS.test(before)) return 'GENERAL';
  const isMissing = IS_MISSING.test(after) && /\bhave(?: [a-z]+){0,3} $/.test(before);
  if (GENERAL_BEFORE.test(before) && !isMissing) return 'GENERAL';
  return GENERAL_AFTER.test(after) ? 'GENERAL' : 'ONE';
}
