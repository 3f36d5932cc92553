// The time that an agent lays before a customer.
import { TELLS_PRICE } from './deal-acts.ts';
import type { Run } from './runs.ts';
import type { Sentence } from './sentences.ts';
import { OF_ELSE, OFFERS_TIME } from './speech-acts.ts';
import { HOUR, TIME_SAID } from './time-words.ts';

const PRICED = new RegExp(`\\bfor ${HOUR} \\w+`, 'gi');

/** "Booked up, but I have ten": what is said of the time; and "two thirty" is no hour where it is a price. */
function aboutTime(quote: string): string {
  const last = quote.split(/\bbut\b/i).findLast((part) => TIME_SAID.test(part)) ?? '';
  return TELLS_PRICE.test(last) ? last.replace(PRICED, '') : last;
}

/**
 * The sentence that offers a time.
 * @param isAsked whether a meeting was asked for: any time is one for it then
 */
export function offeredTime(run: Run | undefined, isAsked: boolean): Sentence | undefined {
  return run?.find(({ quote }) => {
    const said = aboutTime(quote);
    return TIME_SAID.test(said) && !OF_ELSE.test(said) && (isAsked || OFFERS_TIME.test(said));
  });
}
