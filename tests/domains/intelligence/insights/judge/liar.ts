// Lies about a talk, each of a kind that a model tells: planted where the talk gives occasion, and told with a quote.
import fc from 'fast-check';
import type { Finding, WrittenInsight } from '#platform/ai/index.ts';
import { smallNumbersBesides, timeOfOtherHalf, timesPutTogether } from './small-lies.ts';

export interface Lie {
  how: string;
  kind: WrittenInsight['kind'];
  finding: Finding;
}
interface Said {
  n: number;
  text: string;
}

const TOLD = ['SUMMARY', 'LEAD_SCORE', 'FOLLOW_UP_EMAIL'] as const;
const LOST = /\b(?:(do|does|has|will|could|can) not|no(?= [a-z]+))\b(?! thank)/;
const GAINED =
  /^(?!.*\b(?:not|no|nothing)\b)(.*?\b(?:can|will|is|are|would|should|have|has))(?= [a-z]{3})/i;
const NUMBER =
  /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|fifty|seventy|eighty|ninety)\b/;

const saidIn = (text: string, quote: string) => text.toLowerCase().includes(quote.toLowerCase());
const sentencesOf = (talk: readonly Said[]) =>
  talk.flatMap(({ n, text }) => text.split(/(?<=[.?!]) /).map((sentence) => ({ n, sentence })));

/** All lies about a talk. `seed` chooses the numbers; `others`: what is said in other talks. */
export function liesAbout(talk: readonly Said[], others: readonly string[], seed: number): Lie[] {
  const lies: Lie[] = [];
  const tell = (
    how: string,
    n: number,
    text: string,
    quote: string,
    kinds: readonly Lie['kind'][] = TOLD,
  ) => {
    for (const kind of kinds) lies.push({ how, kind, finding: { text, n, quote, score: null } });
  };
  const numbers = fc.sample(fc.integer({ min: 2_100, max: 9_999 }), { seed, numRuns: 400 });
  const number = () => numbers.pop() ?? 2_099;
  const textOf = (n: number) => talk.find((one) => one.n === n)?.text ?? '';
  const all = talk.map(({ text }) => text).join('\n');
  const [smalls, times] = [smallNumbersBesides(all), timesPutTogether(all)];
  const oneOf = <T>(some: readonly T[]) => some[number() % some.length];
  for (const { n, sentence } of sentencesOf(talk)) {
    const one = sentence.replace(/[.?!]$/, '');
    tell('a small number that nobody said', n, `It takes ${oneOf(smalls)} minutes.`, one);
    const [time, half] = [oneOf(times), timeOfOtherHalf(one, all)];
    if (time) tell('a time put together of numbers that were said', n, `Be there at ${time}.`, one);
    if (half) tell('the other half of the day', n, `It is at ${half}.`, one);
    tell('a number that nobody said', n, `That is $${number()} in all.`, one);
    tell('a number that nobody said', n, `Pay $${number()}.`, one, ['ACTION_PLAN', 'COACHING']);
    tell('a day that nobody said', n, 'The visit is on the nineteenth.', one);
    tell('a month that nobody said', n, 'The visit is in May.', one, ['FOLLOW_UP_EMAIL']);
    tell('a name that nobody said', n, 'You will see Quentin.', one);
    tell('a name that nobody said, first', n, 'Quentin will see you.', one);
    tell('a name before what they are', n, 'Quentin your technician will see you.', one);
    tell('a name like a deed', n, 'Sterling will see you.', one);
    tell('an address that nobody said', n, 'See pay-here.shop for more.', one);
    if (NUMBER.test(one)) {
      const other = one.replace(NUMBER, String(number()));
      tell('a quote with another number', n, 'They spoke about it.', other);
      tell('told in other numbers', n, other, one);
    }
    const name = /(?<=[a-z,] )(?:Mark|Anna|Maria|Susan|Tom|Carol|Reed|Hill|Maple)\b/;
    if (name.test(one)) tell('a swapped name', n, one.replace(name, 'Quentin'), one);
    const lost = LOST.exec(one);
    if (lost) {
      const [cut, verb = ''] = lost;
      const turned = one.replace(cut, verb).replace(/ {2,}/g, ' ');
      const rest = one.slice(lost.index + cut.length).trim();
      tell('a lost "not", misquoted', n, turned, turned);
      tell('a lost "not", quoted behind it', n, `They ${rest}.`, rest);
      tell('a lost "not", quoted with it', n, turned, one);
      tell('a mood whose "not" is lost', n, 'Caller: positive', rest, ['SENTIMENT', 'SIGNALS']);
    }
    const gained = sentence.endsWith('?') ? null : GAINED.exec(one);
    if (gained) {
      const turned = `${gained[1]} not${one.slice(gained[0].length)}`;
      tell('an additional "not"', n, turned, one);
      tell('an additional "not", misquoted', n, turned, turned);
    }
    const cut = one.slice(1, -1);
    const stands = ` ${textOf(n)} `.toLowerCase().includes(` ${cut.toLowerCase()} `);
    // of longer ones a word may be misheard, and the whole word is shown
    const isShort = one.split(' ').length < 7 && !one.includes('[');
    if (/^\w.*\w$/.test(cut) && !stands && isShort) {
      tell('a quote within words', n, 'They spoke about it.', cut);
    }
    for (const at of one.matchAll(new RegExp(`(?<=${NUMBER.source}[ -])${NUMBER.source}`, 'g'))) {
      tell('a quote within a number', n, 'They spoke about it.', one.slice(at.index));
    }
    const there = talk.filter(({ n: other }) => other !== n && !saidIn(textOf(other), one));
    for (const { n: other } of there.slice(0, 2)) {
      tell('a quote of another turn', other, 'They spoke about it.', one, ['SUMMARY']);
    }
  }
  for (const [at, quote] of others.entries()) {
    if (saidIn(all, quote) || quote.split(' ').length < 3) continue;
    tell('a quote of another call', at % talk.length, 'They spoke about it.', quote, ['SUMMARY']);
  }
  return lies;
}
