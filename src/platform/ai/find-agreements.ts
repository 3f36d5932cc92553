// What two sides come to together: one lays a time, a meeting or a price before the other, who takes it or says no. Told only
// where the speakers are known apart.

import { DECLINED_TOO } from './change-idioms.ts';
import { CALLED_OFF, DECLINED } from './change-rules.ts';
import { closedAt } from './find-closing.ts';
import {
  broughtAt,
  chargedAt,
  concededAt,
  dealAt,
  noDealAt,
  orderAt,
  paymentAt,
} from './find-deals.ts';
import { isExisting } from './find-existing.ts';
import { BUSINESS_CALLS } from './find-need.ts';
import { settling } from './find-settled.ts';
import { offeredTime } from './offered-time.ts';
import { type Agreement, cutRuns, type Run, says, speaks, taking } from './runs.ts';
import type { Sentence } from './sentences.ts';
import {
  ECHOES_TIME,
  LEAVES_OPEN,
  NAMES_TIME,
  OF_ELSE,
  OFFERS_MEETING,
  REFUSES,
  takesFirmly,
  WISHES_TIME,
} from './speech-acts.ts';
import { BARE_HOUR, either, MEETING, TIME_SAID, WHEN } from './time-words.ts';

const HOUR_WISHED = either(BARE_HOUR);
/** What is asked once a time is settled. */
const ASKS_WHO =
  /\b(?:anything else|what else|names?|(?:phone|callback|cell|contact|best) number|reach you|address|e-?mail|spell\w*|birth\w*|birthday|all right|okay|ok|correct|is that right)\b/i;

/** What a yes answers. */
const ASKS_YES_NO =
  /\b(?:do|does|did|can|could|would|will|should|shall|may|is|are|was|were|have|has) (?:i|you|we|he|she|they|it|that|this|there|the|your|somebody|someone)\b/i;
/** A question that comes back to what was offered. */
const OF_OFFER = either(
  `(?:${WHEN}|(?:that|this|it|those|either|then|there|works?|suits?|okay|ok|free|available|good|home|around|want|like|come|make)\\b(?! me\\b))`,
);
const OF_CALL = /\b(?:call|ring|phone|text|e-?mail)\b/i;
/** One of the times that were offered is named, and no more. */
const naming = (run: Run | undefined) =>
  run && !says(run, LEAVES_OPEN) ? says(run.slice(0, 1), NAMES_TIME) : undefined;

/** "Can you cancel my visit on Friday?" wishes no Friday. */
const callsOff = ({ quote }: Sentence) =>
  [DECLINED, CALLED_OFF, DECLINED_TOO].some(
    ({ says: isSaid, except }) => isSaid.test(quote) && !except?.test(quote),
  );

const TIMES = new RegExp(TIME_SAID, 'gi');
const timesOf = ({ quote }: Sentence) =>
  [...quote.matchAll(TIMES)].map(([time]) => time.toLowerCase());
const WILL = either(`(?:i|we)(?:['’]ll| will| can)\\b`);
const PERHAPS = /\b(?:but|might|maybe|try|check|call)\b/i;

/** "Next Friday I'll bring it by" takes the Friday that was offered. */
function repeating(run: Run | undefined, offer: Sentence): Sentence | undefined {
  if (!run || says(run, LEAVES_OPEN)) return undefined;
  const offered = timesOf(offer);
  return run.find(
    (one) =>
      !one.isQuestion &&
      WILL.test(one.quote) &&
      !PERHAPS.test(one.quote) &&
      timesOf(one).some((time) => offered.includes(time)),
  );
}

const wishes = (one: Sentence) =>
  (TIME_SAID.test(one.quote) || HOUR_WISHED.test(one.quote)) &&
  WISHES_TIME.test(one.quote) &&
  !OF_ELSE.test(one.quote) &&
  !callsOff(one);

/** "Friday, but after two" "Two thirty": a bare time answers a wish, and is offered by it. */
function answeringWish(run: Run | undefined, before: Run | undefined): Sentence | undefined {
  const isWished = before?.some((one) => !one.isQuestion && wishes(one));
  return isWished && run?.length === 1 ? says(run, NAMES_TIME) : undefined;
}

/** A question may come between an offer and its answer, where no other time is offered with what is answered. */
function takenLater(runs: readonly Run[], i: number): Sentence | undefined {
  const [reply, answer, later] = [runs[i + 1], runs[i + 2], runs[i + 3]];
  if (!reply || says(reply, LEAVES_OPEN) || says(reply, REFUSES)) return undefined;
  if (reply.some(({ isQuestion }) => isQuestion)) return taking(later) ?? naming(later);
  return offeredTime(answer, true) ? undefined : taking(later, takesFirmly);
}

/** "He's in on Monday. Can he ring you?": a yes answers what was asked last. */
function asksElse(run: Run | undefined, offer: Sentence): boolean {
  const last = run?.at(-1);
  if (!last?.isQuestion || last === offer || !ASKS_YES_NO.test(last.quote)) return false;
  return OF_CALL.test(last.quote) || !OF_OFFER.test(last.quote);
}

/** Shown by the one of the two that tells when. */
const booking = (offer: Sentence, taken: Sentence): Agreement => ({
  signal: 'APPOINTMENT_BOOKED',
  shown: TIME_SAID.test(taken.quote) ? taken : offer,
  takenIn: taken.n,
});

function isLeftOpen(runs: readonly Run[], from: number): boolean {
  return [from, from + 2].some((i) => {
    // "anything else?" "no, thanks"
    const isOfElse = ASKS_WHO.test(runs[i - 1]?.at(-1)?.quote ?? '');
    return runs[i]?.some(({ quote }, n) => LEAVES_OPEN.test(quote) && !(isOfElse && n === 0));
  });
}

function meetingAt(runs: readonly Run[], i: number, isAsked: boolean): Agreement | undefined {
  const [run, reply] = [runs[i], runs[i + 1]];
  if (speaks(run, 'AGENT') && speaks(reply, 'CALLER')) {
    const offer = offeredTime(run, isAsked) ?? answeringWish(run, runs[i - 1]);
    if (!offer) return undefined;
    const yes = asksElse(run, offer) ? undefined : taking(reply);
    const taken =
      yes ??
      naming(reply) ??
      repeating(reply, offer) ??
      settling(runs, i, offer) ??
      takenLater(runs, i);
    return taken && booking(offer, taken);
  }
  if (!speaks(run, 'CALLER') || !speaks(reply, 'AGENT')) return undefined;
  const wish = run?.find(wishes);
  if (!wish || !isAsked || isLeftOpen(runs, i + 2)) return undefined;
  const taken = taking(reply) ?? says(reply?.slice(0, 1), ECHOES_TIME);
  const isFirm =
    taken &&
    !reply?.some(
      ({ quote, isQuestion }) => (isQuestion && !ASKS_WHO.test(quote)) || OF_ELSE.test(quote),
    );
  return isFirm ? booking(wish, taken) : undefined;
}

/** A business that calls reminds of what is due. */
const REMINDS = either(
  `(?:you(?:['’]re| are)|it(?:['’]s| is)|(?:he|she|they)(?:['’]s| is|['’]re| are)) (?:over)?due for\\b|(?:it(?:['’]s| is) )?time for (?:your|his|her|another) |(?:got|have)(?: still)? (?:some |a few |an? )?(?:openings?|availability)\\b`,
);

function refusalAt(runs: readonly Run[], i: number, isAsked: boolean): Agreement | undefined {
  const isOutbound = !isAsked && runs.slice(0, 3).some((one) => says(one, BUSINESS_CALLS));
  const offer =
    says(runs[i], OFFERS_MEETING) ??
    (isAsked ? undefined : says(runs[i], REMINDS)) ??
    (isOutbound ? offeredTime(runs[i], false) : undefined);
  const reply = runs[i + 1];
  const no = reply?.[0];
  if (!offer || !no || !speaks(runs[i], 'AGENT') || !REFUSES.test(no.quote)) return undefined;
  const isOther =
    /\b(?:resched|another|different|instead|cancel|list|reminder|confirmation)\w*/i.test(
      offer.quote,
    );
  const isTime = reply.some(({ quote }) => TIME_SAID.test(quote));
  return isOther || isTime ? undefined : { signal: 'APPOINTMENT_DECLINED', shown: no };
}

/** An agent restates what a customer means. */
const NOT_NEEDED = either(
  `you (?:won['’]?t|will not|don['’]?t|do not|no longer|wouldn['’]?t) (?:be )?(?:need(?:ing)?|want(?:ing)?|keep(?:ing)?) (?:us|it|that|this|him|her|them|any(?:one|body)|(?:the|that|your) (?:\\w+ )?(?:${MEETING}))\\b(?! to\\b)|you(?:['’]re| are) not coming\\b|no need for (?:us|him|her|them|me|[A-Z]\\w+|the \\w+)\\b|you (?:won['’]?t|will not) be (?:coming|with us)\\b`,
);
const AFFIRMS =
  /^(?:(?:oh|well|um|uh|yeah|sorry|okay),? )*(?:no|nope|right|correct|exactly|yes|yeah|i guess not|(?:i['’]?m )?afraid|unfortunately|not any ?more)\b(?!.*\b(?:still|actually|wait|but|(?:i|we) (?:do|will|am|are)|why)\b)/i;

/** An agent offers to call off what is there. */
const OFFERS_OFF = either(
  `(?:so|then|okay|ok|alright)(?: you (?:want|need|wanna|wish)(?: me)?(?: to)?| we| i(?:['’]ll)?)? (?:cancel|scratch|drop|scrap|remove|clear) (?:it|that|him|her|them|those|the \\w+|your \\w+)(?=[.,?!]|$| (?:then|off|all))`,
  `(?:should|shall|can|do you (?:want|need)|want|would you like|you want|need|like)(?: me| us| i| we)?(?: to)?(?: go ahead and| just)? (?:cancel|clear|remove|delete|release|scratch|drop|take (?:you|him|her|them|it|that|those|both)|call (?:it|that|them) off)\\b(?!.*\\b(?:order|subscription|membership|policy|plan|account)\\b)`,
);
const SAYS_SO =
  /^(?:(?:oh|well|um|uh|okay|ok),? )*(?:yes|yeah|yep|yup|sure|please|if you (?:would|could|can|will|don['’]?t mind)|that['’]?d be|that would be|go ahead|do that|i(?:['’]m| am) afraid so|i (?:think|guess|suppose) so|probably|absolutely|correct|right|both)\b(?!.*\b(?:but|keep|instead|move|another|other (?:day|time)|resched\w*)\b)/i;

/** "Should I clear both?" "If you would." */
function calledOffAt(runs: readonly Run[], i: number): Agreement | undefined {
  const shown = runs[i + 1]?.[0];
  if (!speaks(runs[i], 'AGENT') || !shown || !says(runs[i], OFFERS_OFF)) return undefined;
  const isThere = runs.slice(0, i + 1).some((one) => one.some(isExisting));
  return isThere && SAYS_SO.test(shown.quote)
    ? { signal: 'APPOINTMENT_DECLINED', shown }
    : undefined;
}

/** "So you won't need us" "No, I'm sorry": one that was there is called off in the agent's words. */
function restatedAt(runs: readonly Run[], i: number): Agreement | undefined {
  const [run, reply] = [runs[i], runs[i + 1]];
  const shown = reply?.[0];
  if (!speaks(run, 'AGENT') || !shown || !says(run, NOT_NEEDED)) return undefined;
  const isThere = runs.slice(0, i).some((one) => speaks(one, 'CALLER') && one.some(isExisting));
  return isThere && AFFIRMS.test(shown.quote)
    ? { signal: 'APPOINTMENT_DECLINED', shown }
    : undefined;
}

/**
 * What was agreed on or refused in turns, in the order of speech.
 * @param requestedAt the turn in which an appointment was first asked for; Infinity when it was not
 */
export function findAgreements(
  sentences: readonly Sentence[],
  requestedAt: number,
): readonly Agreement[] {
  const runs = cutRuns(sentences);
  return runs.flatMap((run, i) => {
    const isAsked = (run.at(-1)?.n ?? 0) >= requestedAt;
    return [
      meetingAt(runs, i, isAsked),
      closedAt(runs, i, isAsked),
      refusalAt(runs, i, isAsked),
      restatedAt(runs, i),
      calledOffAt(runs, i),
      dealAt(runs, i),
      orderAt(runs, i),
      paymentAt(runs, i),
      chargedAt(runs, i),
      broughtAt(runs, i),
      noDealAt(runs, i),
      concededAt(runs, i),
    ].filter((one) => one !== undefined);
  });
}
