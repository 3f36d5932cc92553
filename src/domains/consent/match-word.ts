// The words by which people rule whether they are texted (rules.md, L08): a message that is nothing but such a word, in
// any dress.

/** What a word asks for. */
export type ConsentWord = 'OPT_OUT' | 'OPT_IN' | 'HELP';

/**
 * OPT OUT is there as its letters alone. The carrier blocks STOP, STOPALL, STOP ALL, UNSUBSCRIBE, CANCEL, END and QUIT
 * by itself, unblocks START and UNSTOP, and knows HELP; QUIT to OPT OUT are 47 CFR 64.1200(a)(10). YES is none: it does
 * not unblock at the carrier.
 */
const WORDS = new Map<string, ConsentWord>(
  Object.entries({
    stop: 'OPT_OUT',
    stopall: 'OPT_OUT',
    cancel: 'OPT_OUT',
    unsubscribe: 'OPT_OUT',
    quit: 'OPT_OUT',
    end: 'OPT_OUT',
    revoke: 'OPT_OUT',
    optout: 'OPT_OUT',
    start: 'OPT_IN',
    unstop: 'OPT_IN',
    help: 'HELP',
  }),
);

/** where alphabets begin that Unicode folds into no other: A in a black circle, in a black square, of a flag */
const DRESSED = [0x1f150, 0x1f170, 0x1f1e6];

/**
 * The word that a message is, whatever its case, font, accents, spaces, marks and emoji: "S.T.O.P!!", "ＳＴＯＰ",
 * "Opt-out 🙏".
 * @returns null for any other message, also one in which the word is one of many: see matchOptOutRequest
 */
export function matchWord(text: string): ConsentWord | null {
  return WORDS.get(lettersOf(text)) ?? null;
}

/** Whether a message is nothing but YES: a word only as the answer to our own opt-in prompt. */
export function isYes(text: string): boolean {
  return lettersOf(text) === 'yes';
}

/** The letters and digits of a text: small, without accents, in plain Latin where that is what they look like. */
function lettersOf(text: string): string {
  return plainText(text).replace(/[^\p{L}\p{N}]/gu, '');
}

/** The text in plain small letters, with all that stands between them. */
export function plainText(text: string): string {
  return text
    .replace(/[\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}\u{1f1e6}-\u{1f1ff}]/gu, undress)
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '');
}

function undress(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  const first = DRESSED.findLast((begin) => begin <= code) ?? code;
  return String.fromCharCode(97 + code - first);
}
