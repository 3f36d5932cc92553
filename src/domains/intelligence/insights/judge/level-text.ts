// Claims and talks as they are compared: one way of writing for figures, letters and addresses. Pure.
import { foldDigits } from '#values/fold-digits.ts';

const SHARES: Readonly<Record<string, string>> = {
  ...{ '½': ' and a half', '¼': ' and a quarter', '¾': ' and three quarters' },
};
/** "evil[.]example", "evil (dot) example", "evil .example" */
const DOT_HIDDEN = /\s*[[({]\s*(?:\.|dot)\s*[\])}]\s*|(?<=[\p{L}\p{N}])\s+\.(?=[a-z]{2,}\b)/giu;
/** "evil dot example" */
const DOT_SAID = /(?<=[\p{L}\p{N}]) dot (?=[a-z]{2,}\b)/giu;

/** A text as it is compared: figures and letters of full width or of other scripts are plain ones. */
export function levelText(text: string): string {
  const plain = text.replace(/[½¼¾]/g, (one) => SHARES[one] ?? one).normalize('NFKC');
  return foldDigits(plain).replace(DOT_HIDDEN, '.').replace(DOT_SAID, '.');
}
