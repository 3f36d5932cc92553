// E-mail addresses as they are spoken: "jane dot hill at mail dot com", and what recognition writes for it: "jane.hill at
// mail.com".
import type { TimedToken } from './redact-runs.ts';
import { smooth } from './redact-smooth.ts';

const TOP_LEVEL = /^(?:com|net|org|edu|gov|io|co|us|info|biz|me|uk|ca)$/;
const WRITTEN_EMAIL = /^\S+@\S+\.\w+$/;
const MAIL_HOST = /^[\w-]+\.(?:com|net|org|edu|gov|io|co|us|info|biz|me|uk|ca)$/;
const MAIL_WORD = /^[\w.+-]+$/;
const JOINS = /^(?:dot|underscore|dash|hyphen|period|plus)$/;
/** What stands before an address, or before the name of a website: "find us at". */
const NO_PART =
  /^(?:is|and|the|a|an|on|it|its|it's|i|not|of|for|with|spelled|in|to|yes|no|okay|um|uh|please|here|at|was|that|that's|this|my|your|our|his|her|send|me|us|you|them|him|so|sure|email|mail|e-mail|address|find|look|looking|see|site|website|online|order|book|visit|up|out|go|all|more|information|well|then|are|be|would|use|or|but|by|from|under|code)$/;
const MOST_PARTS = 3;

/** The tokens of each, of one channel. */
export function findEmails(tokens: readonly TimedToken[]): { first: number; last: number }[] {
  const words = smooth(tokens);
  const bare = (at: number) => words[at]?.bare ?? '';
  const isPart = (at: number) => MAIL_WORD.test(bare(at)) && !NO_PART.test(bare(at));
  return words.flatMap((word, at) => {
    if (WRITTEN_EMAIL.test(word.bare)) return [{ first: word.first, last: word.last }];
    if (word.bare !== 'at' || !isPart(at - 1)) return [];
    let last = at + 1;
    if (!MAIL_HOST.test(bare(last))) {
      while (bare(last + 1) === 'dot' && MAIL_WORD.test(bare(last + 2))) last += 2;
      if (last === at + 1 || !TOP_LEVEL.test(bare(last))) return [];
    }
    let first = at - 1;
    // the parts before "at": joined by a dot, single letters, digits, or said one after the other
    for (let loose = 1; first > 0 && isPart(first - 1); first--) {
      const isJoined = JOINS.test(bare(first)) || JOINS.test(bare(first - 1));
      const isShort = bare(first).length === 1 || /^\d+$/.test(bare(first));
      if (!isJoined && !isShort && ++loose > MOST_PARTS) break;
    }
    return [{ first: words[first]?.first ?? 0, last: words[last]?.last ?? 0 }];
  });
}
