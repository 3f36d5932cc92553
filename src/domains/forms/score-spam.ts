// How much a form looks like spam: 0 to 100, with the reasons. Nothing is dropped for it. Pure.
import type { Field } from './screen-fields.ts';

/** What speaks against a form, with its weight; the weights are ours, and add up to at most 100. */
export const SPAM_WEIGHTS = {
  HONEYPOT_FILLED: 70,
  BOT_USER_AGENT: 50,
  SAME_TEXT: 40,
  FILLED_TOO_FAST: 30,
  MANY_LINKS: 30,
} as const;
export type SpamReason = keyof typeof SPAM_WEIGHTS;

/** from this score on a form may be no person's: it gives no consent, and is no lead in reports */
export const SPAM_SCORE = 50;

/** people take longer to fill a form */
const FASTEST_MS = 2_000;
const MOST_OTHERS = 3;
const LINK = /https?:\/\/|\bwww\.|\[url\b|<a\s/i;
/** a field that asks for an address may hold one */
const ASKS_FOR_LINK = /url|web|site|link|homepage|domain/i;

/** What is known of a form when it is judged. */
export interface SpamSigns {
  fields: readonly Field[];
  /** what stood in the field that people do not see */
  trap: string | null;
  /** from the first touch of the form to its sending; null = not told */
  filledMs: number | null;
  isBot: boolean;
  /** other people who sent the same text within a day */
  othersWithText: number;
}

/** The score and its reasons, the heaviest first. */
export function scoreSpam(signs: SpamSigns): { score: number; reasons: SpamReason[] } {
  const { fields, trap, filledMs, isBot, othersWithText } = signs;
  const links = fields.filter(
    ({ name, value }) =>
      LINK.test(value) && !(ASKS_FOR_LINK.test(name) && !/\s/.test(value.trim())),
  );
  const holds: Record<SpamReason, boolean> = {
    HONEYPOT_FILLED: trap !== null && trap.trim() !== '',
    BOT_USER_AGENT: isBot,
    SAME_TEXT: othersWithText >= MOST_OTHERS,
    FILLED_TOO_FAST: filledMs !== null && filledMs < FASTEST_MS,
    MANY_LINKS: links.length >= 2,
  };
  const reasons = (Object.keys(SPAM_WEIGHTS) as SpamReason[]).filter((reason) => holds[reason]);
  const sum = reasons.reduce((total, reason) => total + SPAM_WEIGHTS[reason], 0);
  return { score: Math.min(100, sum), reasons };
}
