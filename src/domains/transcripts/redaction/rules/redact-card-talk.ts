// Which mentions of a card ask for none: another card than one that pays, and talk of cards in general. Behind these everybody
// goes on with addresses, telephone numbers and prices; who then asks for a number says so.
import type { Said } from './redact-said.ts';

const NO_PAYMENT =
  /\b(?:business|report|greeting|birthday|sim|post|score|library|insurance|green|sd|memory|key|video|graphics|sound|index|playing|membership|id|medicare) $/;
const KIND = '(?: (?:a|an|any|all|most|major|other|the|my|your|his|her|credit|debit|or|and))*';
const BRAND = '(?:visa|mastercard|master card|amex|american express|discover)';
const GENERAL_BEFORE = new RegExp(
  [
    // "do you take", "we only accept"
    `\\b(?:(?:do|does|don't|doesn't) (?:you|y'all|you guys|they)(?: all| guys| also| still)?|(?:we|they|you)(?: only| also| do| don't| do not)*) (?:take|accept)(?: ${BRAND})*${KIND} $`,
    `\\b(?:don't|do not|didn't|won't) (?:need|require|want|have|take|accept)${KIND} $`,
    `\\b(?:check|cheque|cash) or(?: (?:by|with|a))*${KIND} $`,
    `\\b(?:lost|stolen|stole)${KIND} $`,
    `\\b${BRAND} and $`,
  ].join('|'),
);
const GENERAL_AFTER = new RegExp(
  `^ (?:or (?:(?:by|with|a) )*(?:check|cheque|cash)|(?:was |got |were |is )?(?:stolen|lost)|and ${BRAND})\\b`,
);

/** Whether a mention of a card opens no window. */
export function isOtherCard({ before, after }: Pick<Said, 'before' | 'after'>): boolean {
  if (NO_PAYMENT.test(before)) return true;
  if (/^ (?:numbers?|digits)\b/.test(after)) return false;
  return GENERAL_BEFORE.test(before) || GENERAL_AFTER.test(after);
}
