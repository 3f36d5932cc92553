// What two sides come to over a price: an order, a payment or nothing.
import {
  ASKS_CARD,
  ASKS_HOW_BROUGHT,
  ASKS_PRICE,
  ASKS_TO_BUY,
  ASKS_TO_SELL,
  ASKS_WHETHER_STILL,
  CHARGES_CARD,
  DROPS_DEAL,
  GIVES_CARD,
  LEAVES_OPEN_DEAL,
  OF_OLD_MONEY,
  ORDERS_THING,
  SPEAKS_OF_CARD,
  TAKES_DEAL,
  TAKES_ORDER,
  TELLS_FIGURE,
  TELLS_PRICE,
  TELLS_READY,
  WANTS_THING,
} from './deal-acts.ts';
import { offeredTime } from './offered-time.ts';
import { type Agreement, type Run, says, speaks, taking } from './runs.ts';
import { LEAVES } from './sale-idioms.ts';
import { SALE_LOST } from './sale-rules.ts';
import { ACCEPTS, OFFERS_MEETING, REFUSES } from './speech-acts.ts';

/** "I'll go ahead and get it over there" takes nothing here. */
const goesElsewhere = (run: Run | undefined) =>
  run?.some(({ quote }) => [SALE_LOST, LEAVES].some(({ says: isSaid }) => isSaid.test(quote)));

const DOES_THAT =
  /^(?!.*\b(?:take|order|buy|card|sign)\b).*\b(?:i|we)(?:['’]ll| will) do (?:it|that)\b/i;

/** Where a run tells a price: by its own words, or since it answers what it costs. */
const priceOf = (runs: readonly Run[], i: number) =>
  says(runs[i], TELLS_PRICE) ??
  (speaks(runs[i - 1], 'CALLER') && says(runs[i - 1], ASKS_PRICE)
    ? says(runs[i], TELLS_FIGURE)
    : undefined);
const isPricedBy = (runs: readonly Run[], i: number) =>
  runs.slice(0, i + 1).some((one, n) => speaks(one, 'AGENT') && priceOf(runs, n));

/** Whether a customer wanted a thing by then. */
const wishes = (runs: readonly Run[], i: number) =>
  runs.slice(0, i + 2).some((one) => speaks(one, 'CALLER') && says(one, WANTS_THING));

/** The price that was told before, where what is ordered is told in so many words: "ten of the layer", "that's what I want". */
const oldPrice = (runs: readonly Run[], i: number, reply: Run | undefined) =>
  says(reply, ORDERS_THING)
    ? runs
        .slice(0, i)
        .filter((one) => speaks(one, 'AGENT'))
        .map((one) => says(one, TELLS_PRICE))
        .findLast((one) => one !== undefined)
    : undefined;

/** A price or an offer is taken. */
export function dealAt(runs: readonly Run[], i: number): Agreement | undefined {
  const [run, reply] = [runs[i], runs[i + 1]];
  if (!speaks(run, 'AGENT') || !speaks(reply, 'CALLER') || offeredTime(run, false))
    return undefined;
  const asks = says(run, ASKS_TO_BUY);
  const price = priceOf(runs, i) ?? priceOf(runs, i - 2) ?? oldPrice(runs, i, reply);
  const wanted = runs.slice(0, i).find((one) => speaks(one, 'CALLER') && says(one, ASKS_TO_SELL));
  const isMeeting = says(run, OFFERS_MEETING) && !says(run, TELLS_PRICE);
  if (isMeeting || !(asks || price) || goesElsewhere(reply)) return undefined;
  const dealt = taking(reply, (said) => TAKES_DEAL.test(said));
  // who only asked for a price and does "that" then, has bought nothing yet
  const isVague = dealt && DOES_THAT.test(dealt.quote) && !asks && !wanted && !wishes(runs, i);
  if (dealt && !isVague) return { signal: 'SALE_MADE', shown: dealt };
  // "okay, thanks" is enough for who ordered and was told when it is ready
  const isReady = wanted && price && says(run, TELLS_READY);
  if (isReady && taking(reply, (said) => ACCEPTS.test(said)))
    return { signal: 'SALE_MADE', shown: price };
  const taken = asks || (wanted && says(run, TELLS_PRICE)) ? taking(reply) : undefined;
  return taken && { signal: 'SALE_MADE', shown: wanted && !asks ? (price ?? taken) : taken };
}

/** A thing is wanted, priced, and its order written down. */
export function orderAt(runs: readonly Run[], i: number): Agreement | undefined {
  const shown = speaks(runs[i], 'AGENT') ? says(runs[i], TAKES_ORDER) : undefined;
  if (!shown || goesElsewhere(runs[i + 1])) return undefined;
  const before = runs.slice(0, i + 1);
  const isPriced = isPricedBy(runs, i);
  const isWanted = before.some(
    (one) => speaks(one, 'CALLER') && (says(one, WANTS_THING) || says(one, ASKS_TO_SELL)),
  );
  return isPriced && isWanted ? { signal: 'SALE_MADE', shown } : undefined;
}

/** A card is asked for and given, for what has a price. */
export function paymentAt(runs: readonly Run[], i: number): Agreement | undefined {
  const [run, reply] = [runs[i], runs[i + 1]];
  const asked = speaks(run, 'AGENT') ? says(run, ASKS_CARD) : undefined;
  if (!asked || !speaks(reply, 'CALLER') || !says(reply, GIVES_CARD)) return undefined;
  const isOfElse = runs.slice(0, i + 4).some((one) => says(one, OF_OLD_MONEY));
  const isSold = runs
    .slice(0, i + 1)
    .some((one) => says(one, TELLS_PRICE) || says(one, ASKS_TO_SELL) || says(one, TAKES_DEAL));
  return isSold && !isOfElse ? { signal: 'SALE_MADE', shown: asked } : undefined;
}

/** How many runs may stand between the card and that it was charged. */
const CARD_RUNS = 6;

/** A card that was spoken of is charged, for what has a price. */
export function chargedAt(runs: readonly Run[], i: number): Agreement | undefined {
  const shown = speaks(runs[i], 'AGENT') ? says(runs[i], CHARGES_CARD) : undefined;
  if (!shown) return undefined;
  const before = runs.slice(0, i + 1);
  const isOfElse = runs.slice(0, i + 4).some((one) => says(one, OF_OLD_MONEY));
  const isPriced = isPricedBy(runs, i);
  const isOfCard = before.slice(-CARD_RUNS).some((one) => says(one, SPEAKS_OF_CARD));
  return isPriced && isOfCard && !isOfElse ? { signal: 'SALE_MADE', shown } : undefined;
}

const MINUTES = /\b(?:\w+[- ]){1,2}minutes\b/i;

/** "Pick up or delivery?", and then what it costs and when it is ready. */
export function broughtAt(runs: readonly Run[], i: number): Agreement | undefined {
  const shown = speaks(runs[i], 'AGENT')
    ? (says(runs[i], TELLS_READY) ?? says(runs[i], MINUTES))
    : undefined;
  const before = runs.slice(0, i + 1);
  const isTakenDown = before.some((one) => speaks(one, 'AGENT') && says(one, ASKS_HOW_BROUGHT));
  const isPriced = isPricedBy(runs, i);
  return shown && isTakenDown && isPriced && !goesElsewhere(runs[i + 1])
    ? { signal: 'SALE_MADE', shown }
    : undefined;
}

/** A price or an offer is turned down. */
export function noDealAt(runs: readonly Run[], i: number): Agreement | undefined {
  const [run, reply] = [runs[i], runs[i + 1]];
  if (!speaks(run, 'AGENT') || !speaks(reply, 'CALLER') || says(reply, LEAVES_OPEN_DEAL)) return;
  const isPriced = priceOf(runs, i) || priceOf(runs, i - 2);
  const no =
    (says(run, ASKS_TO_BUY) ?? says(run, ASKS_WHETHER_STILL)) ? says(reply, REFUSES) : undefined;
  const shown = no ?? (isPriced ? says(reply, DROPS_DEAL) : undefined);
  return shown && { signal: 'SALE_LOST', shown };
}

/** A business sees that another has got it, and takes its leave. */
const CONCEDES =
  /(?<!\b(?:you|they|he|she|nobody|others) (?:just |really )?)\b(?:can['’]?t|cannot|couldn['’]?t|could not|(?:don['’]?t|not) (?:think|sure) (?:i|we) (?:can|could)|no way (?:i|we) (?:can|could)) (?:really |even )?(?:compete|beat|match|touch|come close)\b/i;
const PARTS =
  /\b(?:keep (?:us|me|our (?:number|card|name)) |if (?:anything|something|you) (?:changes?|ever|change your)|(?:in case|if) it (?:falls|doesn['’]?t)|change your mind|(?:you(?:['’]ve)?(?: have)? got|have) (?:my|our) (?:number|card)|good luck|best of luck|next time|down the road|think of us)/i;

/** "I can't compete with that. Well, keep us in mind." */
export function concededAt(runs: readonly Run[], i: number): Agreement | undefined {
  const shown = speaks(runs[i], 'AGENT') ? says(runs[i], CONCEDES) : undefined;
  const isLeft = runs.slice(i).some((one) => speaks(one, 'AGENT') && says(one, PARTS));
  return shown && isLeft ? { signal: 'SALE_LOST', shown } : undefined;
}
