// Topics out of terms: each is a telling term with those that nearly always come with it in the same calls. Pure.

/** A term and the calls in which it was said. */
export interface CountedTerm {
  term: string;
  /** as it is mostly said */
  phrase: string;
  /** calls by their numbers, each once */
  calls: readonly number[];
}

/** What some calls were about. */
export interface JoinedTopic {
  /** its most telling phrase */
  label: CountedTerm;
  /** the first is the one that the others come with */
  terms: CountedTerm[];
  /** calls in which any of the terms was said */
  calls: Set<number>;
}

/** of the calls of the rarer of two terms, how many hold the other one as well */
const MOSTLY = 0.8;
/** and of the calls of the more frequent one, how many hold the rarer one */
const OFTEN = 0.5;
/** how many of a topic's calls must have said a pair of words for it to name the topic */
const NAMES_FROM = 0.5;

/**
 * How telling a term is: −p ln p of the share p of calls that hold it. What every call says tells nothing of a call, and what
 * one call says is no topic.
 * @param count how many of `calls` hold it
 */
export function tellingOf(count: number, calls: number): number {
  const share = calls === 0 ? 0 : count / calls;
  return share <= 0 || share >= 1 ? 0 : -share * Math.log(share);
}

/** Joins terms to topics: the most telling first, of equals by their letters, so the same calls make the same topics. */
export function joinTerms(terms: readonly CountedTerm[], calls: number): JoinedTopic[] {
  const order = terms.toSorted(
    (a, b) =>
      tellingOf(b.calls.length, calls) - tellingOf(a.calls.length, calls) ||
      b.calls.length - a.calls.length ||
      Number(b.term.includes(' ')) - Number(a.term.includes(' ')) ||
      compare(a.term, b.term),
  );
  const topics: { leads: Set<number>; terms: CountedTerm[] }[] = [];
  for (const term of order) {
    const home = topics.find(({ leads }) => comeTogether(leads, term.calls));
    if (home) home.terms.push(term);
    else topics.push({ leads: new Set(term.calls), terms: [term] });
  }
  return topics.map(({ terms: own }) => {
    const all = new Set(own.flatMap((one) => one.calls));
    const pairs = own.filter(
      (one) => one.term.includes(' ') && one.calls.length >= all.size * NAMES_FROM,
    );
    const label = pairs.reduce(
      (best, one) => (one.calls.length > best.calls.length ? one : best),
      pairs[0] ?? (own[0] as CountedTerm),
    );
    return { label, terms: own, calls: all };
  });
}

function comeTogether(leads: ReadonlySet<number>, calls: readonly number[]): boolean {
  const both = calls.filter((call) => leads.has(call)).length;
  const [fewer, more] = [Math.min(leads.size, calls.length), Math.max(leads.size, calls.length)];
  return both >= fewer * MOSTLY && both >= more * OFTEN;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export type Trend = 'RISING' | 'FALLING' | 'STEADY';

/** how many calls the share over both periods weighs as, so that few calls make no trend */
const PRIOR_CALLS = 10;
/** one of twenty topics that did not change would pass for changed */
const SURE = 1.96;

/**
 * Whether a share has changed: the logarithm of the odds in both periods, with their common share as a prior, in standard
 * deviations.
 */
export function trendOf(
  now: { count: number; calls: number },
  before: { count: number; calls: number },
): Trend {
  const all = now.calls + before.calls;
  const share = all === 0 ? 0 : (now.count + before.count) / all;
  if (share <= 0 || share >= 1 || now.calls === 0 || before.calls === 0) return 'STEADY';
  const [said, unsaid] = [PRIOR_CALLS * share, PRIOR_CALLS * (1 - share)];
  const odds = ({ count, calls }: typeof now) =>
    Math.log((count + said) / (calls - count + unsaid));
  const deviation = Math.sqrt(1 / (now.count + said) + 1 / (before.count + said));
  const change = (odds(now) - odds(before)) / deviation;
  if (Math.abs(change) < SURE) return 'STEADY';
  return change > 0 ? 'RISING' : 'FALLING';
}
