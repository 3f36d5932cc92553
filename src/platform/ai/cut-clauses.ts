// A sentence cut into clauses: who promises what until when is told by one of them, not by what stands beside it.
import { DUE } from './due-words.ts';

const NOD = '(?:okay|ok|alright|all right|um|uh|oh|so|and|but|well|yeah|yes|sure|great|perfect|no)';
/** Words that tell a time and nothing besides: "okay, by Friday". */
const ONLY_DUE = new RegExp(`^(?:${NOD}[,.]? )*${DUE}[,;]?\\s*$`, 'i');
const FIRST_DUE = new RegExp(`^(?:or |and |say |like )?${DUE}`, 'i');

/** Somebody who does something. */
const PRONOUN = '(?:i|we|you|he|she|they|it|that|there|somebody|someone|this)';
const AUXILIARY =
  "(?:['’](?:ll|s|re|m|d|ve)| (?:will|should|would|can|could|may|might|is|are|was|were|am|have|has|had|do|does|did|gonna|gotta|need|want|just))\\b";
const JOINS =
  '(?:and|but|so|or|because|cause|if|unless|when|once|until|till|after|before|while|as soon as|whenever)';
/** Where the next clause begins: at a comma, at "and we", at "it should". */
const NEXT = new RegExp(
  `[,;:–—]\\s+|\\s+(?=${JOINS}\\s+(?:then\\s+|also\\s+)?(?:${PRONOUN}|(?:my|our|your|the|his|her|their|doctor|let|tell|please|just)\\s|(?-i:[A-Z])))|(?<!\\b(?:do|does|did|can|could|would|will|should|shall))\\s+(?=${PRONOUN}${AUXILIARY}|(?:can|could|would|will|do|did|shall|should) (?:you|i|we)\\b)`,
  'gi',
);
/** What belongs to the word before it: "what he will", "the day you can", "and we will". */
const LEANS = new RegExp(
  `^then$|\\b(?:${JOINS}(?: then)?|will|just|also|that|what|who|which|where|how|why|think|believe|know|guess|sure|hope|said|says|told \\w+|${NOD})$`,
  'i',
);

const SUBJECT = new RegExp(`\\b${PRONOUN}\\b`, 'i');
const isTail = (piece: string) => FIRST_DUE.test(piece) && !SUBJECT.test(piece);
const leans = (piece: string) => ONLY_DUE.test(piece) || LEANS.test(piece.slice(-LONGEST_LEANING));

/** The longest of what leans on the next word. */
const LONGEST_LEANING = 40;

/**
 * The clauses of a sentence as they stand in it; a time that stands before or behind one belongs to it. Speech as it is
 * recognised has few commas, so that a subject begins one too.
 */
export function cutClauses(quote: string): string[] {
  const ends = [...quote.matchAll(NEXT)].map(({ index, 0: cut }) => [index, index + cut.length]);
  const clauses: { from: number; to: number }[] = [];
  let from = 0;
  for (const [to = 0, next = 0] of [...ends, [quote.length, quote.length]]) {
    const last = clauses.at(-1);
    const piece = quote.slice(from, to);
    if (last && (leans(quote.slice(last.from, last.to)) || isTail(piece))) last.to = to;
    else if (piece.trim() !== '') clauses.push({ from, to });
    from = next;
  }
  return clauses.map((one) => quote.slice(one.from, one.to));
}
