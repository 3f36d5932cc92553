// Words that are expected in a call count for more than what was heard tells of them alone: follows, token by token, which of
// them a text is just saying (child process only).

/** One way of writing an expected word in tokens, and what it adds to the logarithm of a text's likelihood. */
export interface ExpectedWay {
  tokens: readonly number[];
  bonus: number;
}

/** Where a text stands: `ways` are those that it may be saying, of which it has said `done` tokens. */
export interface Saying {
  ways: readonly ExpectedWay[];
  done: number;
  /** what is to be added once the word is known to be said */
  bonus: number;
  /** whether one of them is said to its end, as far as is known before the next token */
  isWhole: boolean;
}

const ENDINGS = new Set(['s', 'es', 'ed', 'ing', 'er', 'ers']);

/** Whether a token goes on with the word before it: "board" behind "key" makes another word, "s" does not. */
function goesOn(piece: string): boolean {
  return /^[a-z]/i.test(piece) && !ENDINGS.has(piece);
}

function said(ways: readonly ExpectedWay[], token: number, done: number): Saying | undefined {
  const left = ways.filter(({ tokens }) => tokens[done] === token);
  const bonus = Math.max(...left.map((way) => way.bonus));
  const isWhole = left.some(({ tokens }) => tokens.length === done + 1);
  return left.length > 0 ? { ways: left, done: done + 1, bonus, isWhole } : undefined;
}

/**
 * What the next token does.
 * @param saying where the text stood
 * @param token the next one
 * @param piece its letters; a word begins with "▁"
 * @returns where it stands now, and what is to be added to its score for a word that is now known to be said
 */
export function sayNext(
  expected: readonly ExpectedWay[],
  saying: Saying | undefined,
  token: number,
  piece: string,
): { saying: Saying | undefined; added: number } {
  const isSaid = saying?.isWhole === true && !goesOn(piece);
  const added = isSaid ? saying.bonus : 0;
  const more = saying && said(saying.ways, token, saying.done);
  // a phrase whose first word was expected by itself has had its bonus
  if (more) return { saying: { ...more, bonus: isSaid ? 0 : saying.bonus }, added };
  return { saying: said(expected, token, 0), added };
}
