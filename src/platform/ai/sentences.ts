// Turns cut into sentences: pieces of the text exactly as it stands, with what the rules ask of them.
import { stemmer } from 'stemmer';
import type { Turn } from './port.ts';

/** A sentence of one turn. `stems` are those of its content words: without function words, fillers and labels. */
export interface Sentence {
  n: number;
  speaker: Turn['speaker'];
  startMs: number;
  quote: string;
  /** how many words are said in it */
  words: number;
  stems: string[];
  isQuestion: boolean;
}

// "Dr. Shah" and "St. Luke's" go on behind the point, and "2 p.m. on Friday"; "on Main St. We" and "at 2 p.m. We" do not
const TITLE = "\\b(?:Mrs?|Ms|Dr|Prof|Rev|Sgt|Lt|Capt|Mt|Ft)|(?<!\\b[A-Z][a-z'’]+ )\\bSt";
const CLOCK = '\\d ?[ap]m|\\b[ap]\\.m';
const GOES_ON =
  '\\s+(?:(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:East|West)ern|Central|Pacific|Mountain|[ECMP][SD]?T)\\b|[^A-Z\\s])';
const SENTENCE = new RegExp(
  `\\S.*?(?:(?<!${TITLE})(?:(?<!${CLOCK})|(?!\\.${GOES_ON}))[.?!]+(?=\\s|$)|$)`,
  'gs',
);
// What redaction or the recogniser wrote.
const LABEL = /\[[A-Za-z_]+\]/g;
const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu;

const FUNCTION_WORDS = new Set(
  `a about after again all also am an and any are aren't as at back be been before being but by can can't could did didn't
   do does doesn't doing don't down for from get go going got had has have having he her here him his how i i'd i'll i'm
   i've if in into is isn't it it'll it's its just know let like maybe me more my no not now of off oh ok okay on one or
   our out over please really right say see she should so some sure than thank thanks that that's the their them then
   there there's they they're thing think this to too uh um up us very want was wasn't we we'll we're we've well were what
   when where which who why will with won't would yeah yep yes you you'll you're you've your`.split(
    /\s+/,
  ),
);

/** The words that are said in a text, small and with straight apostrophes. */
export function saidWords(text: string): string[] {
  const plain = text.replace(LABEL, ' ').toLowerCase().replaceAll('’', "'");
  return plain.match(WORD) ?? [];
}

// recognition of a telephone hears few question marks
const ASKS =
  /^(?:(?:okay|ok|alright|all right|um|uh|oh|so|and|well|yeah|yes|hey|hi|but|then|now|sure|right)[,.]? )*(?:(?!do (?:it|that|this)\b)(?:do|does|did|can|could|would|will|should|shall|may|is|are|was|were|have|has|am|don't|didn't|isn't|aren't|can't|couldn't|wouldn't) (?:i|you|ya|we|he|she|they|it|that|this|there|the|your|my|our|somebody|someone|anybody|anyone)\b|(?:what|when|where|who|how|why|which)\b(?! (?:i|we|you|he|she|they)\b))/;
/** More words than that are a question with its answer, or several sentences in one. */
const LONGEST_QUESTION = 16;

/** Cuts turns into sentences, in their order. */
export function cutSentences(turns: readonly Turn[]): Sentence[] {
  return turns.flatMap(({ n, speaker, startMs, text }) =>
    [...text.matchAll(SENTENCE)].map(([found]) => {
      const quote = found.trim();
      const words = saidWords(quote);
      return {
        n,
        speaker,
        startMs,
        quote,
        words: words.length,
        stems: words.filter((word) => !FUNCTION_WORDS.has(word)).map((word) => stemmer(word)),
        isQuestion:
          quote.endsWith('?') || (words.length <= LONGEST_QUESTION && ASKS.test(words.join(' '))),
      };
    }),
  );
}
