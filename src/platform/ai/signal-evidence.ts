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
 * Whether words can show a signal: an appointment by a time, a meeting or a word for booking; a sale by no mere question.
 * @param sentence what the words are of: they may leave its question mark out
 */
export function canShow(signal: Signal, words: string, sentence = words): boolean {
  switch (signal) {
    case 'APPOINTMENT_BOOKED':
    case 'APPOINTMENT_MOVED':
      return (
        [TIME_SAID, APPOINTMENT_SAID, BOOKS].some((one) => one.test(words)) ||
        isSaidBy(signal, words)
      );
    case 'SALE_MADE':
      return sentence
        .split(SENTENCE_END)
        .some((one) => !IS_QUESTION.test(one) || sellsBefore(one, words));
    default:
      return true;
  }
}
