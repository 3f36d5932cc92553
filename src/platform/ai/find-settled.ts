// A time that nobody takes in so many words, and both go on from: the customer says it again or picks one of two, gives a name
// and where they live, and the business takes its leave until then.
import type { Run } from './runs.ts';
import { says, speaks } from './runs.ts';
import type { Sentence } from './sentences.ts';
import { LEAVES_OPEN, REFUSES } from './speech-acts.ts';
import { either, HOUR, MONTH, ORDINAL, WHEN } from './time-words.ts';

const HOURS_TOLD = '(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|\\d{1,2})';
const PIECES = new RegExp(
  `\\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|tomorrow|morning|afternoon|evening|weekend|thirty|fifteen|${MONTH}|${ORDINAL}|first|second|third|${HOURS_TOLD})`,
  'gi',
);
/** The days and hours of which a time is told, each by its word. */
export const piecesOf = (said: string) =>
  [...said.matchAll(PIECES)].map(([one]) => one.toLowerCase());

const NODS =
  "(?:oh|okay|ok|um|uh|uh huh|yeah|yes|yep|sure|well|alright|all right|hmm|so|and|then|great|good|perfect|let['’]?s (?:see|do|say|go with|make it)|(?:i|we)(?:['’]ll| will|['’]d| would|['’]d rather|['’]d prefer)?(?: (?:take|do|say|guess|think|like|have|go with|go for|want))+|probably|either|put (?:me|us|him|her)(?: in| down)?|make it|how about|at|on|by|this|that|the|your|in|around|about|for)";
/** What is said of a time besides that leaves it no more than heard. */
const UNFIT =
  /\b(?:not|no|never|nope|nah|cannot|but|busy|booked|tough|hard|bad|rough|tricky|tight|early|late|hmm|huh|work(?:ing)?|school|away|gone|closed|leave|leaving|until|till|maybe|might|depends|check|ask|see if|if|unless|instead|out of town|(?:is|['’]s) (?:my|our|his|her|when|the only|a long)|(?:have|got|had) (?:an?|to|my|another|the|something)|supposed|wait|or|what about|anything|any other|else|earlier|later|sooner|already|long)\b|n['’]t\b|\?/i;
/** It fits after all: "I work from home", "that works". */
const FITS =
  /\b(?:works|(?:is|['’]s|be|sounds) (?:good|great|fine|perfect|okay|ok|ideal|best|better)|(?:i|we) (?:can|could) do|from home|day off|works for)\b/i;

const leads = new RegExp(
  `^(?:${NODS}[,.]? ){0,12}(${WHEN}|(?:half past |quarter (?:past|to) )?${HOUR}\\b|first|second|third|${ORDINAL}|\\d{1,2})`,
  'i',
);

/** "Thursday around two okay I'm home all day": a time of the offer is said again, and nothing against it. */
function echoing(run: Run | undefined, offer: Sentence): Sentence | undefined {
  const first = run?.[0];
  if (!first || !run || says(run, LEAVES_OPEN)) return undefined;
  const told = leads.exec(first.quote)?.[0];
  if (!told || first.quote.endsWith('?')) return undefined;
  const offered = piecesOf(offer.quote);
  const again = piecesOf(told);
  const rest = first.quote.slice(told.length);
  const isFit =
    !UNFIT.test(rest) || (FITS.test(rest) && !/\b(?:but|or)\b|n['’]t\b|\bnot\b/i.test(rest));
  return again.length > 0 && again.some((one) => offered.includes(one)) && isFit
    ? first
    : undefined;
}

/** "I'd rather have the earlier one." */
const CHOOSES = either(
  `(?:the|that|your) (?:earlier|later|earliest|soonest|latest|first|second|last|latter|former|morning|afternoon|evening|early|late|sooner)(?: (?:one|slot|time|spot|opening|appointment|of (?:those|the two)))?(?=[.,!]|$| (?:please|then|works?|would|is|sounds?|if|for (?:me|us))\\b)`,
  `(?:either(?: (?:one|of (?:those|them|the two)))?|whichever|whatever|any(?: of (?:those|them))?)(?: (?:one|time|day))? (?:works|is (?:fine|good|okay|ok)|(?:is|you|he|she|they|works?) (?:easier|best|have|got|like|want|can))\\b`,
);
/** One of what was offered is picked. */
const choosing = (run: Run | undefined) =>
  !run ||
  says(run, LEAVES_OPEN) ||
  run.some(({ quote }) => /\b(?:earlier|later|sooner) than\b/i.test(quote))
    ? undefined
    : run.find(({ quote, isQuestion }) => !isQuestion && CHOOSES.test(quote));

/** Who it is for, and where: asked of those who are coming or come to. */
const ASKS_WHO = either(
  `(?<=^(?:and |okay |ok |alright |great |your |the |,)*)(?:(?:last |full )?name|address|phone(?: number)?|(?:phone )?number)\\?`,
  `(?:what|what['’]?s|whats|and|your|the|last|first|full|whose|a|get|need|under what|for the) (?:(?:your|the|a|good|best|last|first|full|street|home|phone|cell|callback|contact|service|property) ){0,3}(?:names?|address|phone|number|cell|e-?mail|zip|birth\\w*)\\b`,
  `(?:who am i|who['’]?m i|you(?:['’]re| are) who|who are you|who(?:['’]?s| is) (?:this|it|that)(?: for)?|who (?:is|do) )(?: (?:putting|speaking|talking|i|it|the|this))?\\b`,
  `(?:spell (?:that|it)|where (?:are you|you|y['’]?all) (?:at|located)|where (?:are|is|do) (?:you|we|they|he|she|the \\w+)|reach you|date of birth|how do (?:i|you) (?:spell|get there))\\b`,
);
/** The business takes its leave until they meet. */
const PARTS_UNTIL_THEN = either(
  `(?:see|catch|meet|expect) (?:you|ya|y['’]?all|him|her|them|[A-Z]\\w+) (?:then|there|soon|in (?:a|the)|bright|first thing|(?:on |at |this |next )?(?:the )?(?:${WHEN}|${HOUR}\\b))`,
  `(?:call|ring|text|buzz|phone|holler)(?: (?:you|ya|at you|him|her))?(?: a (?:call|ring|text|buzz|holler|shout))? (?:when (?:they|he|she|i|we)|(?:about |around )?(?:thirty|twenty|fifteen|ten|an hour|half an hour|\\d+)(?: minutes)? (?:out|before|ahead)|before (?:they|he|she|i|we)|on (?:my|his|her|their|our|the) way)\\b`,
  `on (?:my|our|his|her|their) way (?:over|out|now|there|to you)\\b|(?:head(?:ed|ing)|coming|rolling|driving) (?:your way|over now|out now|to you)\\b`,
  `(?:have (?:your|the|his|her) .{0,40}|be (?:home|there|sure)|park|pull|bring|wear|come|arrive|don['’]?t (?:eat|feed|forget|drink)|ask for|ring the|use the|knock|leave (?:the|your)|make sure|give yourself|plan (?:on|for))\\b(?!.*\\b(?:call|phone|if you)\\b)`,
);
/** A time is yet to be found. */
export const NOT_YET =
  /\b(?:(?:call|ring|phone|text|e-?mail|get back to|reach out to|let|contact) (?:you|ya)\b(?: back)?(?! (?:when|once|before|(?:about |around )?(?:thirty|twenty|fifteen|ten|\d+|an hour|half)|on (?:my|his|her|their|our|the) way|from the (?:road|truck|driveway)|in(?:to)? the))|you(?:['’]ll| will) hear|waiting list|wait ?list|cancell?ation list|if (?:something|anything|one) (?:opens|comes)|can['’]?t (?:book|schedule|put|do)|first come)\b/i;

const isOpen = (run: Run) =>
  speaks(run, 'CALLER') ? says(run, LEAVES_OPEN) !== undefined : says(run, NOT_YET) !== undefined;

/** An offer that is not refused, and upon which both go on as who will meet do. */
function goingOn(runs: readonly Run[], i: number, offer: Sentence): Sentence | undefined {
  const [reply, next] = [runs[i + 1], runs[i + 2]];
  if (!reply || !next || !speaks(next, 'AGENT') || says(reply, REFUSES)) return undefined;
  if (runs.slice(i).some(isOpen)) return undefined;
  const turnedDown = reply.some(({ quote }) => /n['’]t\b|\b(?:not|no|but|nah)\b/i.test(quote));
  const isAsking = reply.some(({ quote }) => quote.endsWith('?'));
  if (turnedDown || isAsking) return undefined;
  const isClosed = says(next, PARTS_UNTIL_THEN);
  const isNamed = says(next, ASKS_WHO) && runs[i + 3] !== undefined;
  return isNamed || isClosed ? (reply[0] ?? offer) : undefined;
}

/** What a customer says to a time that is offered, and both go on from, where it takes it in no other words. */
export const settling = (runs: readonly Run[], i: number, offer: Sentence) =>
  echoing(runs[i + 1], offer) ?? choosing(runs[i + 1]) ?? goingOn(runs, i, offer);
