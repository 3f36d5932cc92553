// Shares out the words of several stretches that were heard in one go: the recogniser does not tell which it heard where, so
// they are laid beside what was heard of each stretch alone.

const DIGITS = 'zero one two three four five six seven eight nine'.split(' ');
/** Taking one word for another costs less than missing one and adding one, even where they have no letter in common. */
const SWAP = 1.2;

interface Token {
  text: string;
  /** which word, or which stretch, it is of */
  of: number;
}

/** "4242" is four tokens, as it is when it is heard as four words. */
function tokensOf(text: string, of: number): Token[] {
  const parts = text.toLowerCase().match(/\d|[a-z']+/g) ?? [];
  return parts.map((part) => {
    const digit = DIGITS.indexOf(part);
    return { text: digit < 0 ? part : String(digit), of };
  });
}

/** 0 when two words are the same, 1 when no letter of them is. */
function unlikeness(one: string, other: string): number {
  if (one === other) return 0;
  let before = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const swap = (before[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      row.push(Math.min(swap, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    before = row;
  }
  return (before.at(-1) ?? 0) / Math.max(one.length, other.length);
}

/** Lays two rows of tokens side by side with the least cost. Returns the pairs, in order. */
function pair(left: readonly Token[], right: readonly Token[]): [Token, Token][] {
  const costs = Array.from({ length: left.length + 1 }, (_, i) => [i]);
  const swapAt = (i: number, j: number) =>
    (costs[i - 1]?.[j - 1] ?? 0) +
    SWAP * unlikeness(left[i - 1]?.text ?? '', right[j - 1]?.text ?? '');
  for (const [i, row] of costs.entries()) {
    for (let j = 1; j <= right.length; j++) {
      const added = (row[j - 1] ?? 0) + 1;
      row.push(i === 0 ? added : Math.min(added, (costs[i - 1]?.[j] ?? 0) + 1, swapAt(i, j)));
    }
  }
  const pairs: [Token, Token][] = [];
  for (let i = left.length, j = right.length; i > 0 && j > 0; ) {
    const cost = costs[i]?.[j];
    const [one, other] = [left[i - 1], right[j - 1]];
    if (one && other && cost === swapAt(i, j)) {
      pairs.unshift([one, other]);
      i -= 1;
      j -= 1;
    } else if (cost === (costs[i - 1]?.[j] ?? 0) + 1) i -= 1;
    else j -= 1;
  }
  return pairs;
}

/** Whether a text is so much shorter or longer than the other that words must have been lost, or have come from a neighbour. */
function isUneven(one: string, other: string): boolean {
  const [a, b] = [tokensOf(one, 0).length, tokensOf(other, 0).length];
  return Math.min(a, b) * 2 + 1 < Math.max(a, b);
}

/** `own` with the capital and the mark that `alone` begins and ends with: heard in one go, a stretch runs on into the next. */
function withEndsOf(alone: string, own: string): string {
  const [mark] = alone.match(/[.?!]$/) ?? [];
  const ended = mark && !/[.?!]$/.test(own) ? own.replace(/[,;:]*$/, mark) : own;
  return /^[A-Z]/.test(alone) ? ended.charAt(0).toUpperCase() + ended.slice(1) : ended;
}

/**
 * Shares the words of `together` among the stretches that were heard in it.
 * @param together what was heard of all stretches in one go
 * @param alone what was heard of each by itself, in the same order
 * @returns a text for each stretch: its words of `together`, or what was heard of it alone where those cannot be all
 *   or one of them is another stretch's too
 */
export function shareWords(together: string, alone: readonly string[]): string[] {
  const words = together.split(/\s+/).filter(Boolean);
  const owners: (number | undefined)[] = words.map(() => undefined);
  const pairs = pair(
    words.flatMap((word, at) => tokensOf(word, at)),
    alone.flatMap((text, at) => tokensOf(text, at)),
  );
  // "555-0198" may be of two stretches: whichever had it, the other's part of it would stand there twice or not at all.
  const parted = new Set<number>();
  for (const [word, own] of pairs) {
    owners[word.of] ??= own.of;
    const owner = owners[word.of] ?? own.of;
    if (owner !== own.of) parted.add(owner).add(own.of);
  }
  let from = 0;
  return alone.map((text, at) => {
    const known = owners.findLastIndex((owner) => owner !== undefined && owner <= at) + 1;
    const next = owners.findIndex((owner) => owner !== undefined && owner > at);
    const latest = next < 0 ? words.length : next;
    // Words that nobody is known to have said are the end of a sentence that was begun, or begin the next one.
    const ends = words
      .slice(0, latest)
      .findIndex((word, index) => index >= known - 1 && /[.?!]$/.test(word));
    const isLast = at === alone.length - 1;
    const to = isLast ? words.length : Math.max(from, known, ends + 1);
    const own = words.slice(from, to).join(' ');
    from = to;
    const isWhole = own !== '' && !parted.has(at) && !isUneven(own, text);
    return isWhole ? withEndsOf(text, own) : text;
  });
}
