// What two sides come to together: one lays a time, a meeting or a price before the other, who takes it or says no. Told only
// where the speakers are known apart.

import { DECLINED_TOO } from './change-idioms.ts';
import { CALLED_OFF, DECLINED } from './change-rules.ts';
import {
  ASKS_CARD,
  ASKS_TO_BUY,
  ASKS_TO_SELL,
  DROPS_DEAL,
  GIVES_CARD,
  LEAVES_OPEN_DEAL,
  OF_OLD_MONEY,
  TAKES_DEAL,
  TAKES_ORDER,
  TELLS_PRICE,
  TELLS_READY,
  WANTS_THING,
} from './deal-acts.ts';
import type { Signal } from './port.ts';
import { LEAVES } from './sale-idioms.ts';
import { SALE_LOST } from './sale-rules.ts';
import type { Sentence } from './sentences.ts';
import {
  ACCEPTS,
  ECHOES_TIME,
  LEAVES_OPEN,
  NAMES_TIME,
  OF_ELSE,
  OFFERS_MEETING,
  OFFERS_TIME,
  REFUSES,
  TAKES,
  TAKES_FIRMLY,
  WISHES_TIME,
} from './speech-acts.ts';
import { BARE_HOUR, either, HOUR, TIME_SAID } from './time-words.ts';

/** What was agreed on or refused, and the sentence that shows it. */
export interface Agreement {
  signal: Signal;
  shown: Sentence;
  /** the turn in which it was taken, where two were needed */
  takenIn?: number;
}

const HOUR_WISHED = either(BARE_HOUR);
/** What is asked once a time is settled. */
const ASKS_WHO =
  /\b(?:anything else|what else|names?|(?:phone|callback|cell|contact|best) number|reach you|address|e-?mail|spell\w*|birth\w*|birthday|all right|okay|ok|correct|is that right)\b/i;

const PRICED = new RegExp(`\\bfor ${HOUR} \\w+`, 'gi');

type Run = readonly Sentence[];

/** What one side says until the other speaks. */
function cutRuns(sentences: readonly Sentence[]): Run[] {
  const runs: Sentence[][] = [];
  for (const one of sentences) {
    const last = runs.at(-1);
    if (last?.[0]?.speaker === one.speaker) last.push(one);
    else runs.push([one]);
  }
  return runs;
}

const speaks = (run: Run | undefined, speaker: Sentence['speaker']) =>
  run?.[0]?.speaker === speaker;
const says = (run: Run | undefined, pattern: RegExp) =>
  run?.find(({ quote }) => pattern.test(quote));

/** "Perfect, how long does it take?" takes it and asks for more. */
function taking(run: Run | undefined, pattern = TAKES): Sentence | undefined {
  if (!run || says(run, LEAVES_OPEN)) return undefined;
  return run.find(({ quote, isQuestion }) =>
    pattern.test(isQuestion ? quote.slice(0, Math.max(0, quote.lastIndexOf(','))) : quote),
  );
}

/** "Booked up, but I have ten": what is said of the time; and "two thirty" is no hour where it is a price. */
function aboutTime(quote: string): string {
  const last = quote.split(/\bbut\b/i).findLast((part) => TIME_SAID.test(part)) ?? '';
  return TELLS_PRICE.test(last) ? last.replace(PRICED, '') : last;
}

function offeredTime(run: Run | undefined, isAsked: boolean): Sentence | undefined {
  return run?.find(({ quote }) => {
    const said = aboutTime(quote);
    return TIME_SAID.test(said) && !OF_ELSE.test(said) && (isAsked || OFFERS_TIME.test(said));
  });
}

/** One of the times that were offered is named, and no more. */
const naming = (run: Run | undefined) =>
  run && !says(run, LEAVES_OPEN) ? says(run.slice(0, 1), NAMES_TIME) : undefined;

/** A question may come between an offer and its answer, where no other time is offered with what is answered. */
function takenLater(runs: readonly Run[], i: number): Sentence | undefined {
  const [reply, answer, later] = [runs[i + 1], runs[i + 2], runs[i + 3]];
  if (!reply || says(reply, LEAVES_OPEN) || says(reply, REFUSES)) return undefined;
  if (reply.some(({ isQuestion }) => isQuestion)) return taking(later) ?? naming(later);
  return offeredTime(answer, true) ? undefined : taking(later, TAKES_FIRMLY);
}

/** Shown by the one of the two that tells when. */
const booking = (offer: Sentence, taken: Sentence): Agreement => ({
  signal: 'APPOINTMENT_BOOKED',
  shown: TIME_SAID.test(taken.quote) ? taken : offer,
  takenIn: taken.n,
});

/** "Can you cancel my visit on Friday?" wishes no Friday. */
const callsOff = ({ quote }: Sentence) =>
  [DECLINED, CALLED_OFF, DECLINED_TOO].some(
    ({ says: isSaid, except }) => isSaid.test(quote) && !except?.test(quote),
  );

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
    const offer = offeredTime(run, isAsked);
    if (!offer) return undefined;
    const taken = taking(reply) ?? naming(reply) ?? takenLater(runs, i);
    return taken && booking(offer, taken);
  }
  if (!speaks(run, 'CALLER') || !speaks(reply, 'AGENT')) return undefined;
  const wish = run?.find(
    (one) =>
      (TIME_SAID.test(one.quote) || HOUR_WISHED.test(one.quote)) &&
      WISHES_TIME.test(one.quote) &&
      !OF_ELSE.test(one.quote) &&
      !callsOff(one),
  );
  if (!wish || !isAsked || isLeftOpen(runs, i + 2)) return undefined;
  const taken = taking(reply) ?? says(reply?.slice(0, 1), ECHOES_TIME);
  const isFirm =
    taken &&
    !reply?.some(
      ({ quote, isQuestion }) => (isQuestion && !ASKS_WHO.test(quote)) || OF_ELSE.test(quote),
    );
  return isFirm ? booking(wish, taken) : undefined;
}

function refusalAt(runs: readonly Run[], i: number): Agreement | undefined {
  const offer = says(runs[i], OFFERS_MEETING);
  const reply = runs[i + 1];
  const no = reply?.[0];
  if (!offer || !no || !speaks(runs[i], 'AGENT') || !REFUSES.test(no.quote)) return undefined;
  const isOther = /\b(?:resched|another|different|instead|cancel|reminder|confirmation)\w*/i.test(
    offer.quote,
  );
  const isTime = reply.some(({ quote }) => TIME_SAID.test(quote));
  return isOther || isTime ? undefined : { signal: 'APPOINTMENT_DECLINED', shown: no };
}

/** "I'll go ahead and get it over there" takes nothing here. */
const goesElsewhere = (run: Run | undefined) =>
  run?.some(({ quote }) => [SALE_LOST, LEAVES].some(({ says: isSaid }) => isSaid.test(quote)));

function dealAt(runs: readonly Run[], i: number): Agreement | undefined {
  const [run, reply] = [runs[i], runs[i + 1]];
  if (!speaks(run, 'AGENT') || !speaks(reply, 'CALLER') || offeredTime(run, false))
    return undefined;
  const asks = says(run, ASKS_TO_BUY);
  const price = says(run, TELLS_PRICE) ?? says(runs[i - 2], TELLS_PRICE);
  const wanted = runs.slice(0, i).find((one) => speaks(one, 'CALLER') && says(one, ASKS_TO_SELL));
  const isMeeting = says(run, OFFERS_MEETING) && !says(run, TELLS_PRICE);
  if (isMeeting || !(asks || price) || goesElsewhere(reply)) return undefined;
  const dealt = taking(reply, TAKES_DEAL);
  if (dealt && (price || asks)) return { signal: 'SALE_MADE', shown: dealt };
  // "okay, thanks" is enough for who ordered and was told when it is ready
  const isReady = wanted && price && says(run, TELLS_READY);
  if (isReady && taking(reply, ACCEPTS)) return { signal: 'SALE_MADE', shown: price };
  const taken = asks || (wanted && says(run, TELLS_PRICE)) ? taking(reply) : undefined;
  return taken && { signal: 'SALE_MADE', shown: wanted && !asks ? (price ?? taken) : taken };
}

/** A thing is wanted, priced, and its order written down. */
function orderAt(runs: readonly Run[], i: number): Agreement | undefined {
  const shown = speaks(runs[i], 'AGENT') ? says(runs[i], TAKES_ORDER) : undefined;
  if (!shown || goesElsewhere(runs[i + 1])) return undefined;
  const before = runs.slice(0, i + 1);
  const isPriced = before.some((one) => speaks(one, 'AGENT') && says(one, TELLS_PRICE));
  const isWanted = before.some(
    (one) => speaks(one, 'CALLER') && (says(one, WANTS_THING) || says(one, ASKS_TO_SELL)),
  );
  return isPriced && isWanted ? { signal: 'SALE_MADE', shown } : undefined;
}

/** A card is asked for and given, for what has a price. */
function paymentAt(runs: readonly Run[], i: number): Agreement | undefined {
  const [run, reply] = [runs[i], runs[i + 1]];
  const asked = speaks(run, 'AGENT') ? says(run, ASKS_CARD) : undefined;
  if (!asked || !speaks(reply, 'CALLER') || !says(reply, GIVES_CARD)) return undefined;
  const isOfElse = runs.slice(0, i + 4).some((one) => says(one, OF_OLD_MONEY));
  const isSold = runs
    .slice(0, i + 1)
    .some((one) => says(one, TELLS_PRICE) || says(one, ASKS_TO_SELL) || says(one, TAKES_DEAL));
  return isSold && !isOfElse ? { signal: 'SALE_MADE', shown: asked } : undefined;
}

function noDealAt(runs: readonly Run[], i: number): Agreement | undefined {
  const [run, reply] = [runs[i], runs[i + 1]];
  if (!speaks(run, 'AGENT') || !speaks(reply, 'CALLER') || says(reply, LEAVES_OPEN_DEAL)) return;
  const isPriced = says(run, TELLS_PRICE) || says(runs[i - 2], TELLS_PRICE);
  const no = says(run, ASKS_TO_BUY) ? says(reply, REFUSES) : undefined;
  const shown = no ?? (isPriced ? says(reply, DROPS_DEAL) : undefined);
  return shown && { signal: 'SALE_LOST', shown };
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
      refusalAt(runs, i),
      dealAt(runs, i),
      orderAt(runs, i),
      paymentAt(runs, i),
      noDealAt(runs, i),
    ].filter((one) => one !== undefined);
  });
}
