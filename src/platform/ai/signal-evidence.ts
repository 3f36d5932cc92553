// Whether words can show what came of a talk at all. A model may bring any words of it as its evidence; "my heater is
// leaking" books nothing, and a question sells nothing.
import type { Signal } from './port.ts';
import { SIGNAL_RULES } from './signal-rules.ts';
import { APPOINTMENT_SAID, either, TIME_SAID } from './time-words.ts';

const WHO =
  '(?:i|we|you|he|she|they|it|that|somebody|someone|your \\w+|our \\w+|the \\w+|doctor \\w+)';
/** Something is booked or agreed on, or somebody told to be there. */
const BOOKS = either(
  `(?:(?:re)?book\\w*|(?:re)?schedul\\w*|reserv\\w*|confirm\\w*|pencil\\w*|postpon\\w*|squeez\\w*|all set|set up|good to go|(?:put|got|have|fit|move|moved|moving|switched|pushed|bumped) (?:you|me|us|him|her|it|that|them)|see you|expect(?:ing)? you|be there|on (?:the|my|his|her|their|our|your) (?:way|list|schedule|calend[ae]r|books?))\\b`,
  `${WHO}(?:['’](?:ll|s|re)| will| is| are| can) (?:be |all )?(?:there|here|come|coming|down|in|on|set|out|over|meet|see|stop|moved|changed|arranged|yours)\\b`,
  `(?:that|it|this|which)(?:['’]s| is|['’]ll| will| would)? (?:be |just )?(?:works?|do|good|fine|great|perfect|okay|ideal)\\b`,
  `(?:works? for|suits?) (?:me|us)\\b`,
  `sounds (?:good|great|fine|perfect|like a plan)\\b`,
  `(?:let['’]?s|i['’]ll|we['’]ll) (?:do|take|say) (?:it|that|this)\\b`,
  `(?:mov|chang|switch|push|shift|bump|swap)(?:e|ed|ing)? (?:it|that|to|your|my|the|our|his|her)\\b`,
);
const SENTENCE_END = /(?<=[.?!…]["'”’)\]]*)\s+/u;
const IS_QUESTION = /\?["'”’)\]]*\s*$/u;
/** A clause that asks, supposes or denies. */
const UNTOLD =
  /^(?:(?:and|so|okay|ok|well|but|or|then|now) )*(?:can|could|shall|should|would|will|do|does|did|is|are|am|was|were|have|has|may|might|what|when|where|who|why|how|which)\b|\b(?:if|unless|whether|not|never)\b|n['’]t\b/i;
/** "I'll take it, okay?" and "I'll take it, how much is it?" are taken, "you charged it, right?" is asked. */
const ASKS_WHETHER =
  /^(?:right|correct|if|unless|or|yes or no|is (?:that|it) (?:right|so))\b|n['’]t /i;

/** Between clauses; "and" goes on. */
const CLAUSE_END = /[,;:–—]\s+|\s+but\s+/i;
/** It denies nothing that would be booked. */
const NO_DENIAL =
  /\bwhy (?:don['’]?t|not)\b|\bno problem\b|\bnot a problem\b|\bdon['’]?t (?:worry|forget)\b|\bcan['’]?t wait\b|\bnot (?:only|just)\b/gi;
const CONDITION = /\b(?:if|unless|once|whether)\b.*/i;
/** Nothing is booked where there is no room, or where it is not so. */
const NOT_SO =
  /\b(?:not|never|cannot|nothing|nobody|none|closed|no (?:\w+ )?(?:openings?|slots?|appointments?|availability|time))\b|n['’]t\b|\b(?:are|is|all|completely|we['’]re|totally) (?:\w+ )?full\b|\bbooked (?:up|out|solid)\b/i;
/** It is wished, of any time. */
const WISHED =
  /\b(?:want|need|like|love|hoping|trying|looking|call(?:ed|ing)?) (?:\w+ ){0,4}(?:an?|some) (?:\w+ )?(?:appointment|visit|inspection|estimate|consultation|session|booking|reservation)\b/i;
/** Who buys elsewhere buys nothing. */
const GOES_ELSEWHERE =
  /\b(?:call(?:ing)?|find|try(?:ing)?|use|using|ask(?:ing)?|get|look for|go(?:ing)? (?:to|with)) (?:somebody|someone|anybody|another \w+|a different \w+)(?: else)?\b|\b(?:elsewhere|somewhere else)\b/i;

interface Clause {
  text: string;
  /** the end of a question */
  asks: boolean;
}

/** The clauses of sentences that tell something that is so, as far as they stand in some words. */
function toldIn(sentences: string, words: string): Clause[] {
  const clauses = sentences.split(SENTENCE_END).flatMap((sentence) => {
    const parts = sentence.split(CLAUSE_END);
    const isAsked = IS_QUESTION.test(sentence);
    return parts.map((text, at) => ({ text, asks: isAsked && at === parts.length - 1 }));
  });
  const shown = clauses.filter(({ text }) => words.includes(text) || text.includes(words));
  const asks = clauses.some((one) => one.asks);
  const all = shown.length > 0 ? shown : words.split(CLAUSE_END).map((text) => ({ text, asks }));
  return all
    .map(({ text, asks: isAsked }) => ({
      ...{ text: text.replace(NO_DENIAL, ' ').replace(CONDITION, ' '), asks: isAsked },
    }))
    .filter(({ text }) => !NOT_SO.test(text));
}

/** Whether a clause can book something; one that asks has to speak of it as done. */
function books(signal: Signal, { text, asks }: Clause): boolean {
  if (WISHED.test(text)) return false;
  if (BOOKS.test(text) || isSaidBy(signal, text)) return !asks || !UNTOLD.test(text);
  return !asks && (TIME_SAID.test(text) || APPOINTMENT_SAID.test(text));
}

const isSaidBy = (signal: Signal, words: string) =>
  SIGNAL_RULES.some((rule) => rule.signal === signal && rule.says.test(words));

/** Whether a sentence that ends as a question tells a sale before it asks, in a clause that is shown. */
function sellsBefore(question: string, shown: string): boolean {
  const clauses = question.split(/[,;]\s+/);
  const asked = clauses.pop() ?? '';
  const isPlain =
    !ASKS_WHETHER.test(asked) && !clauses.some((one) => /\b(?:if|unless)\b/i.test(one));
  return (
    isPlain &&
    clauses.some(
      (one) =>
        isSaidBy('SALE_MADE', one) &&
        !UNTOLD.test(one) &&
        (shown.includes(one) || one.includes(shown)),
    )
  );
}

/**
 * Whether words can show a signal: an appointment by a time, a meeting or a word for booking that is neither asked for nor
 * denied; a sale by no mere question, and by nobody who goes elsewhere.
 * @param sentence what the words are of: they may leave its question mark out
 */
export function canShow(signal: Signal, words: string, sentence = words): boolean {
  switch (signal) {
    case 'APPOINTMENT_BOOKED':
    case 'APPOINTMENT_MOVED':
      return toldIn(sentence, words.trim()).some((one) => books(signal, one));
    case 'SALE_MADE':
      return sentence
        .split(SENTENCE_END)
        .some(
          (one) =>
            (!IS_QUESTION.test(one) || sellsBefore(one, words)) &&
            !GOES_ELSEWHERE.test(one) &&
            !isSaidBy('SALE_LOST', one) &&
            toldIn(one, one).some(({ text }) => /\w+\W+\w/.test(text)),
        );
    default:
      return true;
  }
}
