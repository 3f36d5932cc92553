// Figures as people write them elsewhere: full-width ones, Arabic ones, Devanagari. Pure.

const OTHERS = /(?![0-9])\p{Nd}/gu;
const IS_DIGIT = /^\p{Nd}$/u;

/** The figure that a letter is: those of each script stand together, from its zero on. */
function figureOf(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  let before = 0;
  while (IS_DIGIT.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}

/** A text with the figures of all scripts as 0 to 9. */
export function foldDigits(text: string): string {
  return text.replace(OTHERS, figureOf);
}
