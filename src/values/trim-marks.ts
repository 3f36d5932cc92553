// The marks around a word. By steps from both ends, since an expression for those at the end begins anew at every mark
// within: a word of 4,000 of them, which anybody may write, would hold the process for seconds.

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const isLetterOrDigit = (letter: string) => LETTER_OR_DIGIT.test(letter);

/**
 * Takes off a word's ends what is no letter and no digit. Pure; asks about each letter twice at most.
 * @param isFirst what may begin it, asked letter by letter
 * @param isLast what may end it; the same when absent
 */
export function trimMarks(
  word: string,
  isFirst: (letter: string) => boolean = isLetterOrDigit,
  isLast = isFirst,
): string {
  let from = 0;
  for (const letter of word) {
    if (isFirst(letter)) break;
    from += letter.length;
  }
  let to = word.length;
  while (to > from) {
    // a letter beyond the first plane is two units
    const isPair = to - from > 1 && (word.codePointAt(to - 2) ?? 0) > 0xffff;
    const at = to - (isPair ? 2 : 1);
    if (isLast(word.slice(at, to))) break;
    to = at;
  }
  return word.slice(from, to);
}
