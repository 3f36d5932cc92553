// Wishes to be texted no more in free words (L08: any reasonable means). A rule of thumb that people check: it never
// opts anybody out, but what is clear enough holds all texts until somebody has read it.
import { plainText } from './match-word.ts';

/** HOLDS: nothing is sent until it is judged. SUGGESTS: it is shown to be judged. */
export type OptOutRequest = 'HOLDS' | 'SUGGESTS';

const WORD = 'stop|stopall|cancel|unsubscribe|quit|end|revoke|opt ?out|arret|desabonner';
/** what may stand around a word without changing it, with the signatures that telephones add */
const AROUND =
  'please|pls|plz|now|thanks|thank|thx|you|u|all|it|this|already|ok|okay|hey|hi|hello|sorry|immediately|asap|everything|sent|from|my|iphone|android|me|and|just|i|said|want|to|would|like|[0-9]+';
const TEXTING =
  'text|texts|texting|message|messages|messaging|msg|msgs|sms|contact|contacting|send|sending|spam|spamming|bother|bothering|harass|harassing|call|calling';

const HOLDS = [
  new RegExp(`^(?:(?:${AROUND}) )*(?:${WORD})(?: (?:${AROUND}|${WORD}))*$`),
  new RegExp(
    `(?<!(?:dont|not|never|cant|didnt|wont) )\\b(?:stop|quit|cease) (?:\\w+ )?(?:${TEXTING})\\b`,
  ),
  new RegExp(
    `\\b(?:do not|dont|never) (?:ever )?(?:${TEXTING}) (?:me|us|my|this|again|any ?more)\\b`,
  ),
  /\b(?:remove|delete|drop|take) (?:me|us|my (?:phone )?number|this number|my name) (?:off|from (?:your|the|this|any|all)\b.*\b(?:list|lists|texts|messages|system|database))\b/,
  /\b(?:remove|delete) (?:me|my (?:phone )?number|this number)$/,
  /\bunsubscrib(?:e|ing) (?:me|us|from|this|my)\b|\bto unsubscribe\b/,
  /\bopt(?:ing|ed)? (?:me |us )?out\b/,
  /\b(?:revoke|withdraw) (?:\w+ )?(?:consent|permission)\b/,
  /\bleave (?:me|us) alone\b/,
  /\b(?:no more|dont want (?:any |more |any more |your |these )?) ?(?:texts|messages|msgs|sms)\b/,
  /\blose (?:my|this) number\b/,
];

const SUGGESTS = [
  /\bwrong (?:number|person)\b/,
  /\bnot interested\b/,
  /\b(?:spam|spamming|harass\w*|unsubscrib\w*)\b/,
  // not "a bus stop", "don't stop", "I will stop by"
  /(?<!\b(?:bus|dont|not|never|cant|didnt|wont|the|a|train|next|short|truck|pit) )\bstop\b(?! (?:by|in|at|off|over|sign|light|on|and|for|there|here|where)\b)/,
  /\b(?:do not|dont) (?:contact|text|message)\b/,
];

/**
 * How clearly a message asks for no more texts.
 * @param text a message that is no word of its own (matchWord)
 * @returns null when it does not seem to
 */
export function matchOptOutRequest(text: string): OptOutRequest | null {
  const words = plainText(text)
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  if (HOLDS.some((rule) => rule.test(words))) return 'HOLDS';
  return SUGGESTS.some((rule) => rule.test(words)) ? 'SUGGESTS' : null;
}
