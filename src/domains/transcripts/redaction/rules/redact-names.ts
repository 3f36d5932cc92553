// Names that are told as such: after "my name is", "under", "this is … calling", behind a title, or as the answer to who it is.
// Where recognition writes no capitals, only the plainest of these.
import type { Asked } from './redact-asked.ts';
import type { TimedToken } from './redact-runs.ts';
import { isHesitation } from './redact-smooth.ts';

/** Tokens `first` to `last` of one channel. */
interface NameSpan {
  first: number;
  last: number;
}

const TOLD =
  /\b(?:(?:my|his|her|the|your|first|last|full|middle|maiden) name(?: is|['’]s|:)?|name['’]s|names|name is|called|i am called|last name)$/;
const UNDER = /\b(?:under|under the name|in the name of|under the name of)$/;
const PRESENTED = /\b(?:this is|speaking (?:with|to)|talking (?:with|to))$/;
const CALLS = /^(?:calling|speaking|from|here|again|over|at|with)$/;
const TITLE = /^(?:mr|mrs|ms|miss)$/;
/** What a firm or a place is called, rather than a person. */
const TRADE =
  /^(?:\w{3,}ing|\w+ers|services?|company|co|inc|llc|group|center|centre|shop|store|brothers|sons|dental|clinic|hospital|pharmacy|bank|insurance|law|offices?|team|department|desk|support|restaurant|hotel|school|church|construction|electric|bakery|salon|studio|motors|repair|roofs?|homes?|solutions?|systems?|partners?|associates)$/;
const MOST_NAME_WORDS = 4;
const MOST_LEAD_WORDS = 6;
const ANSWER_REACH_MS = 10_000;
const SAME_BREATH_MS = 50;

const list = (words: string) => new Set(words.trim().split(/\s+/));
/** No name, also where it is written large. */
const NO_NAME = list(`
is and the a an on it i not of for with spelled in to yes no okay ok um uh please here monday tuesday wednesday thursday friday
saturday sunday what why who how when where which this that these those there my your his her our their we you he she they
i'm it's that's i'll we're you're let's don't hold just sure well so but or if as at by from about because yeah yep nope hi
hello hey thanks thank sorry pardon right good great perfect fine correct exactly alright oh one two again speaking
`);
/** What answers begin with before a name comes. */
const LEAD = list(
  "yes yeah yep sure okay ok it's it is this that's that would be my name of course so well hi hello mhm the under i'm i am",
);
/** No name where nothing is written large. */
const COMMON = list(`
going gonna calling wondering looking trying interested having getting been being was were are am be do does did done have has
had can could would will should may might must need want like know think see get got go come call called give take make
send sent wait wait's moment second minute one's question problem appointment account order bill invoice card number address
phone email house home kitchen water all any some much many more most very really too also only back down up out off over
now today tomorrow yesterday still already then than us them me him something nothing everything anything new old first last
next other same long time day week month year morning afternoon evening actually listed written different wrong changed
`);

/**
 * Finds them in one channel.
 * @param texts the words as they are written
 * @param asked where the other side asks for a name
 */
export function findNames(
  tokens: readonly TimedToken[],
  texts: readonly string[],
  asked: readonly Asked[],
): NameSpan[] {
  const isLarge = (at: number) => /^\p{Lu}/u.test(texts[at] ?? '');
  const isUncased = !texts.some((_, at) => isLarge(at));
  const bare = (at: number) => tokens[at]?.bare ?? '';
  const ends = (at: number) => /[.?!]$/.test(texts[at] ?? '') && !TITLE.test(bare(at));
  const before = (at: number) =>
    tokens
      .slice(Math.max(0, at - 4), at)
      .map((token) => token.bare)
      .join(' ');
  const isName = (at: number) =>
    !NO_NAME.has(bare(at) || 'is') &&
    (isUncased ? /^\p{L}[\p{L}'’-]+$/u.test(bare(at)) && !COMMON.has(bare(at)) : isLarge(at));

  /** Where a name that begins here is over, and of how many words it is. */
  const read = (at: number) => {
    let end = at;
    let count = 0;
    while (count < (isUncased ? 2 : MOST_NAME_WORDS)) {
      const next = count > 0 && isHesitation(bare(end)) ? end + 1 : end;
      if (!isName(next)) break;
      end = next + 1;
      if (!TITLE.test(bare(next))) count += 1;
      if (ends(next)) break;
    }
    return { end, count };
  };
  const span = (first: number, end: number): NameSpan[] =>
    end > first ? [{ first, last: end - 1 }] : [];

  const isPresented = (at: number) => {
    const { end, count } = read(at);
    if (count === 0 || count > 3 || TRADE.test(bare(end - 1))) return [];
    const isOver = /[.,?!]$/.test(texts[end - 1] ?? '') || end === tokens.length;
    return CALLS.test(bare(end)) || (isOver && !isUncased) ? span(at, end) : [];
  };
  const isAnswer = (at: number) => {
    const { end, count } = read(at);
    const [last, next] = [tokens[end - 1], tokens[end]];
    const isOver =
      /[.,?!]$/.test(texts[end - 1] ?? '') ||
      !next ||
      (last !== undefined && next.startMs - last.endMs > SAME_BREATH_MS);
    return count > 1 || (count === 1 && isOver) ? span(at, end) : [];
  };

  const told = tokens.flatMap((_, at): NameSpan[] => {
    const words = before(at);
    if (TOLD.test(words) || (UNDER.test(words) && !isUncased)) return span(at, read(at).end);
    if (PRESENTED.test(words)) return isPresented(at);
    return TITLE.test(bare(at)) && !isUncased && isLarge(at + 1) ? span(at, read(at).end) : [];
  });
  const answered = asked.flatMap(({ endMs }): NameSpan[] => {
    let at = tokens.findIndex(({ startMs }) => startMs >= endMs);
    if (at < 0) return [];
    const most = at + MOST_LEAD_WORDS;
    while (at < most && (LEAD.has(bare(at)) || isHesitation(bare(at)))) at += 1;
    const token = tokens[at];
    return token && token.startMs - endMs <= ANSWER_REACH_MS ? isAnswer(at) : [];
  });
  return [...told, ...answered];
}
